#include "ingest/testing/trial.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <map>

#include "records/record.h"

namespace parcours::ingest {
namespace {

std::map<PatientId, std::string> names_of(const std::vector<std::string>& ids,
                                          const ProgrammeKey& key) {
  std::map<PatientId, std::string> names;
  for (const std::string& id : ids) {
    names[pseudonym(pseudonym_hash(key), id)] = id;
  }
  return names;
}

template <class Take>
void drain(duck::Source& source, std::string& error, Take take) {
  duck::Chunk chunk(source.columns());
  const std::unique_ptr<duck::Source::Reader> reader = source.reader();
  while (true) {
    const Result<std::size_t> rows = chunk.fill(*reader);
    if (!rows) {
      error = rows.error().sentence();
      return;
    }
    if (*rows == 0) {
      return;
    }
    for (std::size_t row = 0; row < *rows; ++row) {
      take(chunk, row);
    }
  }
}

// Rows of the contract's columns in words.
struct Words {
  const CodeBook& codes;
  const CodeBook& practices;
  std::map<PatientId, std::string> names;

  static bool null(const duck::Chunk& chunk, std::size_t column, std::size_t row) {
    const std::uint64_t* validity = chunk.validity(column);
    return validity != nullptr && (validity[row / 64] >> (row % 64) & 1) == 0;
  }
  std::string who(const duck::Chunk& chunk, std::size_t row) const {
    const duck::Wide id = chunk.column<duck::Wide>(0)[row];
    const auto name = names.find({duck::uuid_high(id), duck::uuid_low(id)});
    return fmt::format("{} {}", name == names.end() ? "?" : name->second,
                       practices.at(chunk.column<PracticeId>(1)[row]).code);
  }
  std::string patient(const duck::Chunk& chunk, std::size_t row) const {
    const char* sexes[] = {"unknown", "female", "male"};
    return fmt::format(
        "{} {} {} {}", who(chunk, row),
        null(chunk, 2, row) ? "-" : std::to_string(chunk.column<std::int32_t>(2)[row]),
        sexes[chunk.column<std::uint8_t>(3)[row]],
        null(chunk, 4, row) ? "-" : codes.at(chunk.column<CodeId>(4)[row]).code);
  }
  std::string event(const duck::Chunk& chunk, std::size_t row) const {
    const Code& code = codes.at(chunk.column<CodeId>(4)[row]);
    const KindId kind = chunk.column<KindId>(3)[row];
    const bool sound = code.kind == kind && chunk.column<std::uint32_t>(6)[row] ==
                                                chunk.column<PracticeId>(1)[row] + 100;
    return fmt::format("{} {} {} {}:{} {}{}", who(chunk, row), chunk.column<std::int32_t>(2)[row],
                       kinds()[kind], code.system, code.code,
                       null(chunk, 5, row) ? "-" : fmt::format("{}", chunk.column<double>(5)[row]),
                       sound ? "" : " inconsistent");
  }
};

}  // namespace

Trial::Trial() : folder_(*ScratchFolder::make(std::filesystem::temp_directory_path(), "trial-")) {}

Trial& Trial::knowing(std::vector<std::string> patients) {
  ids_ = std::move(patients);
  return *this;
}

Trial& Trial::file(const std::string& name, const std::string& text) {
  if (!write_file(folder_.path() / name, text)) {
    std::abort();
  }
  return *this;
}

Trial& Trial::most_bad_rows(std::uint64_t most) {
  most_ = most;
  return *this;
}

Trial& Trial::blocks_of(std::size_t bytes) {
  options_.block_bytes = bytes;
  return *this;
}

Outcome Trial::run(const std::string& text, int threads) const {
  Result<Mapping> mapping = parse_mapping(text, "m.toml");
  if (!mapping) {
    return {.error = mapping.error().sentence()};
  }
  const Result<Plan> plan = make_plan(*std::move(mapping), folder_.path(), options_);
  return plan ? run(*plan, threads) : Outcome{.error = shortened(plan.error().sentence())};
}

// Without the scratch folder's name.
std::string Trial::shortened(std::string text) const {
  const std::string folder = folder_.path().string() + "/";
  for (std::size_t at = text.find(folder); at != std::string::npos; at = text.find(folder)) {
    text.erase(at, folder.size());
  }
  return text;
}

Outcome Trial::run(const Plan& plan, int threads) const {
  CodeBook codes;
  CodeBook practices;  // names under numbers, which is all that is needed here
  const ProgrammeKey key = ProgrammeKey::generate();
  const Registry registry{
      .codes = codes,
      .key = key,
      .period = plan.mapping->period,
      .practice =
          [&](std::string_view name) {
            return practices.intern({std::nullopt, "", std::string(name)});
          },
      .package = [](PracticeId practice, std::string_view) { return practice + 100; }};
  Quarantine quarantine(most_);
  const Stop stop;
  const Words words{codes, practices, names_of(ids_, key)};
  Outcome outcome;
  if (plan.mapping->patients) {
    PatientSource source(plan, registry, quarantine, stop, nullptr);
    drain(source, outcome.error, [&](const duck::Chunk& chunk, std::size_t row) {
      outcome.patients.push_back(words.patient(chunk, row));
    });
    outcome.rows += source.rows();
  }
  EventSource source(plan, registry, quarantine, stop, nullptr, threads);
  for (int i = 0; outcome.error.empty() && i < threads; ++i) {
    drain(source, outcome.error, [&](const duck::Chunk& chunk, std::size_t row) {
      outcome.events.push_back(words.event(chunk, row));
    });
  }
  outcome.rows += source.rows();
  outcome.error = shortened(outcome.error);
  std::ranges::sort(outcome.patients);
  std::ranges::sort(outcome.events);
  outcome.bad_rows = bad_rows(quarantine);
  return outcome;
}

std::vector<std::string> Trial::bad_rows(const Quarantine& quarantine) const {
  const std::filesystem::path path = folder_.path() / "quarantine.out";
  std::vector<std::string> rows;
  if (!quarantine.write(path)) {
    std::abort();
  }
  CsvFile file = *CsvFile::open(path);
  CsvRows csv(',', 3);
  csv.take(*file.next());
  while (csv.next()) {
    rows.push_back(shortened(fmt::format("{}:{}: {}", csv.field(0), csv.field(1), csv.field(2))));
  }
  return rows;
}

}  // namespace parcours::ingest
