// For tests: files in a scratch folder, a mapping, and what comes of them, in words that a test can
// compare. Made-up records only.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/files.h"
#include "ingest/source.h"

namespace parcours::ingest {

struct Outcome {
  std::string error;                  // empty: none
  std::vector<std::string> patients;  // "P1 mayo 1980 female 69", in order
  std::vector<std::string> events;    // "P1 mayo 412 lab nafld-lab:hdl 75", in order
  std::vector<std::string> bad_rows;  // "events.csv:3: not a date in column 'day'"
  std::uint64_t rows = 0;
};

class Trial {
 public:
  Trial();

  // The identifiers that pseudonyms are told by in the outcome.
  Trial& knowing(std::vector<std::string> patients);
  Trial& file(const std::string& name, const std::string& text);
  Trial& most_bad_rows(std::uint64_t most);
  Trial& blocks_of(std::size_t bytes);

  Outcome run(const std::string& text, int threads = 1) const;

 private:
  std::string shortened(std::string text) const;
  Outcome run(const Plan& plan, int threads) const;
  std::vector<std::string> bad_rows(const Quarantine& quarantine) const;

  ScratchFolder folder_;
  std::vector<std::string> ids_ = {"P1", "P2", "P3"};
  std::uint64_t most_ = 1000;
  CsvOptions options_;
};

}  // namespace parcours::ingest
