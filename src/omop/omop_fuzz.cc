// Reads whatever bytes as small CSV tables of an OMOP database. A line "== person.csv" begins a
// table. What is read on one thread and on two must be the same, and every row is counted once.
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/check.h"
#include "omop/csv_table.h"
#include "omop/omop.h"

namespace {

using namespace parcours;

struct Texts {
  std::vector<omop::TablePart> parts;
  std::vector<std::string> texts;  // by part
};

Texts texts_of(std::string_view input) {
  constexpr std::string_view mark = "== ";
  Texts made;
  std::string* text = nullptr;
  while (!input.empty()) {
    const std::size_t end = std::min(input.find('\n'), input.size() - 1) + 1;
    const std::string_view line = input.substr(0, end);
    input.remove_prefix(end);
    if (line.starts_with(mark)) {
      std::string name(line.substr(mark.size(), line.find_last_not_of("\r\n") + 1 - mark.size()));
      const std::string table = omop::table_of_file(name);
      text = table.empty() ? nullptr : &made.texts.emplace_back();
      if (text != nullptr) {
        made.parts.push_back({table, std::move(name), 0});
      }
    } else if (text != nullptr) {
      *text += line;
    }
  }
  return made;
}

class MemoryTables : public omop::Tables {
 public:
  MemoryTables(const Texts& texts, std::size_t block_bytes)
      : texts_(texts), block_bytes_(block_bytes) {}

  const std::vector<omop::TablePart>& parts() const override { return texts_.parts; }
  Result<std::unique_ptr<omop::TableRows>> open(const omop::TablePart& part,
                                                const std::vector<std::string>& columns,
                                                std::size_t needed,
                                                const ingest::Reading& reading) const override {
    const std::string& text = texts_.texts[static_cast<std::size_t>(&part - texts_.parts.data())];
    return omop::open_csv_table([&] { return ByteStream::of(text, part.place); }, part.place, part,
                                columns, needed, reading, block_bytes_);
  }

 private:
  const Texts& texts_;
  const std::size_t block_bytes_;
};

std::vector<std::uint64_t> counts_of(const Texts& texts, std::size_t block_bytes, int threads) {
  const auto intake = omop::make_intake(std::make_unique<MemoryTables>(texts, block_bytes), {});
  if (!intake) {
    return {};
  }
  ingest::Quarantine quarantine(1'000'000);
  const Stop stop;
  const auto counts = ingest::check(**intake, quarantine, stop, nullptr, threads);
  if (!counts) {
    return {static_cast<std::uint64_t>(!counts.error().sentence().empty())};
  }
  std::vector<std::uint64_t> all = {counts->patients, counts->events, quarantine.rows()};
  std::uint64_t events = 0;
  for (const ingest::SectionCount& section : (*intake)->sections()) {
    all.insert(all.end(), {section.items, section.patients, section.events, section.refused,
                           section.left_out});
    events += section.events;
  }
  if (events != counts->events) {
    std::abort();
  }
  return all;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Texts texts = texts_of({reinterpret_cast<const char*>(data), size});
  // Whether the first line is one of names is judged by the rows of the first block, so that blocks
  // of another size may give another answer.
  constexpr std::size_t block_bytes = std::size_t{1} << 12;
  if (counts_of(texts, block_bytes, 1) != counts_of(texts, block_bytes, 2)) {
    std::abort();
  }
  return 0;
}
