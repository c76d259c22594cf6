// For tests: what comes of reading a source, in words that a test can compare. Made-up records
// only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "ingest/intake.h"

namespace parcours::ingest {

struct Outcome {
  std::string error;                  // empty: none
  std::vector<std::string> patients;  // "P1 mayo 1980 female 69", in order
  std::vector<std::string> events;    // "P1 mayo 412 lab nafld-lab:hdl 75", in order
  std::vector<std::string> bad_rows;  // "events.csv:3: not a date in column 'day'"
  std::vector<std::string> left_out;  // "only consulted elsewhere (...): 3", most first
  std::uint64_t rows = 0;

  // Drops the name of a folder from the error and the places.
  void shorten(const std::filesystem::path& folder);
};

struct OutcomeOptions {
  std::vector<std::string> patients;  // the identifiers that pseudonyms are told by
  std::uint64_t most_bad_rows = 1000;
  int threads = 1;
  bool provenance = false;  // events end with it: "P1 mayo 412 lab nafld-lab:hdl 75 received"
};

Outcome outcome_of(Intake& intake, const OutcomeOptions& options);

}  // namespace parcours::ingest
