// Reads whatever bytes as a document or an archive of documents, twice, as an import does.
#include <fcntl.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/input_file.h"
#include "cda/archive.h"
#include "cda/cda.h"
#include "cda/header.h"
#include "cda/statements.h"
#include "cda/tree.h"

namespace {

using namespace parcours;
using namespace parcours::ingest;

class MemoryBytes : public Bytes {
 public:
  explicit MemoryBytes(std::string_view text) : text_(text) {}
  Result<std::size_t> read(std::span<char> to) override {
    const std::size_t got = text_.copy(to.data(), to.size());
    text_.remove_prefix(got);
    return got;
  }

 private:
  std::string_view text_;
};

const ProgrammeKey& programme_key() {
  static const ProgrammeKey key = ProgrammeKey::generate();
  return key;
}

// Every item must be counted once.
void read_whole(Bytes& bytes) {
  TreeReader reader;
  const auto at = reader.read(bytes, TreeReader::Part::whole);
  if (!at || !at->good()) {
    return;
  }
  const Header header = read_header(reader.document(), "1.2.3");
  CodeBook codes;
  const Registry registry{.codes = codes,
                          .key = programme_key(),
                          .period = "2024",
                          .practice = [](std::string_view) { return PracticeId{1}; },
                          .package = [](PracticeId, std::string_view) { return PackageId{1}; }};
  Quarantine quarantine(std::uint64_t{1} << 40);
  const Stop stop;
  const Reading reading{registry, quarantine, stop};
  const Choices choices;
  Ledger ledger;
  People people(reading, choices, ledger);
  const Names names(ledger, quarantine);
  const Person person{.reference = "0",
                      .number = header.number,
                      .practice = header.practice,
                      .born = header.born,
                      .sex = header.sex,
                      .place_system = "fr-department",
                      .place = header.department};
  FactRows rows(people, reading);
  if (!people.add(person, {ledger.section("documents"), 0, 1}) ||
      !put_statements(reader.document(), header, {.reference = "0", .choices = &choices}, names,
                      rows)) {
    std::abort();
  }
  rows.flush();
  std::uint64_t events = 0;
  for (const SectionCount& section : ledger.sections()) {
    events += section.events;
  }
  if (events != rows.events().size()) {
    std::abort();
  }
}

void read_archive(std::string_view text) {
  const auto file = InputFile::in_memory("fuzz.zip");
  if (!file || ::pwrite(file->descriptor(), text.data(), text.size(), 0) !=
                   static_cast<ssize_t>(text.size())) {
    return;
  }
  const auto sized = InputFile::open("/proc/self/fd/" + std::to_string(file->descriptor()));
  if (!sized) {
    return;
  }
  auto opened = Archive::open(*sized);
  if (!opened || opened->archive == nullptr) {
    return;
  }
  XmlReader xml;
  const auto members = opened->archive->documents(xml);
  if (!members) {
    return;
  }
  for (const Member& member : *members) {
    if (member.defect == Defect::none) {
      const std::unique_ptr<Bytes> bytes = opened->archive->read(member);
      read_whole(*bytes);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  looks_like_cda(text);
  if (looks_like_zip(text)) {
    read_archive(text);
    return 0;
  }
  TreeReader header;
  MemoryBytes first(text);
  if (!header.read(first, TreeReader::Part::header)) {
    std::abort();
  }
  MemoryBytes second(text);
  read_whole(second);
  return 0;
}
