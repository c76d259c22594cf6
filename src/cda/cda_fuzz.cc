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
using namespace parcours::cda;

class MemoryBytes : public cda::Bytes {
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

const records::ProgrammeKey& programme_key() {
  static const records::ProgrammeKey key = records::ProgrammeKey::generate();
  return key;
}

// Every item must be counted once.
void read_whole(cda::Bytes& bytes) {
  cda::TreeReader reader;
  const auto at = reader.read(bytes, cda::TreeReader::Part::whole);
  if (!at || !at->good()) {
    return;
  }
  const cda::Header header = cda::read_header(reader.document(), "1.2.3");
  vocabulary::CodeBook codes;
  const ingest::Registry registry{
      .codes = codes,
      .key = programme_key(),
      .period = "2024",
      .practice = [](std::string_view) { return records::PracticeId{1}; },
      .package = [](records::PracticeId, std::string_view) { return rows::PackageId{1}; }};
  ingest::Quarantine quarantine(std::uint64_t{1} << 40);
  const Stop stop;
  const ingest::Reading reading{registry, quarantine, stop};
  const ingest::Choices choices;
  ingest::Ledger ledger;
  ingest::People people(reading, choices, ledger);
  const cda::Names names(ledger, quarantine);
  const ingest::Person person{.reference = "0",
                              .number = header.number,
                              .practice = header.practice,
                              .born = header.born,
                              .sex = header.sex,
                              .place_system = "fr-department",
                              .place = header.department};
  ingest::FactRows rows(people, reading);
  if (!people.add(person, {ledger.section("documents"), 0, 1}) ||
      !cda::put_statements(reader.document(), header, {.reference = "0", .choices = &choices},
                           names, rows)) {
    std::abort();
  }
  rows.flush();
  std::uint64_t events = 0;
  for (const ingest::SectionCount& section : ledger.sections()) {
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
  auto opened = cda::Archive::open(*sized);
  if (!opened || opened->archive == nullptr) {
    return;
  }
  cda::XmlReader xml;
  const auto members = opened->archive->documents(xml);
  if (!members) {
    return;
  }
  for (const cda::Member& member : *members) {
    if (member.defect == cda::Defect::none) {
      const std::unique_ptr<cda::Bytes> bytes = opened->archive->read(member);
      read_whole(*bytes);
    }
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  cda::looks_like_cda(text);
  if (cda::looks_like_zip(text)) {
    read_archive(text);
    return 0;
  }
  cda::TreeReader header;
  MemoryBytes first(text);
  if (!header.read(first, cda::TreeReader::Part::header)) {
    std::abort();
  }
  MemoryBytes second(text);
  read_whole(second);
  return 0;
}
