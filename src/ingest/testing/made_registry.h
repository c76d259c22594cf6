// For tests: a registry without a vault, and all that reading takes. Made-up records only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/stop.h"
#include "ingest/intake.h"

namespace parcours::ingest {

// A practice's package is its number and 100.
class MadeRegistry {
 public:
  explicit MadeRegistry(std::uint64_t most_bad_rows = 1'000'000) : quarantine(most_bad_rows) {}
  MadeRegistry(const MadeRegistry&) = delete;
  MadeRegistry& operator=(const MadeRegistry&) = delete;

  // "icd10:J45.0"; a place without a kind as well.
  std::string code(vocabulary::CodeId id) const {
    return codes.at(id).system + ":" + codes.at(id).code;
  }
  // "a patient without a number 2", most first.
  std::vector<std::string> reasons() const {
    std::vector<std::string> all;
    for (const ReasonCount& count : quarantine.by_reason()) {
      all.push_back(count.reason + " " + std::to_string(count.rows));
    }
    return all;
  }

  vocabulary::CodeBook codes;
  vocabulary::CodeBook practices;  // names under numbers, which is all that is needed here
  records::ProgrammeKey key = records::ProgrammeKey::generate();
  Registry registry{
      .codes = codes,
      .key = key,
      .period = "2024",
      .practice =
          [this](std::string_view name) {
            return practices.intern({std::nullopt, "", std::string(name)});
          },
      .package = [](records::PracticeId practice, std::string_view) { return practice + 100; }};
  Quarantine quarantine;
  std::uint32_t file = quarantine.file("made");
  Stop stop;
  Reading reading{registry, quarantine, stop, nullptr, 1};
};

}  // namespace parcours::ingest
