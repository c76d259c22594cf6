// For tests: FHIR files in a scratch folder, choices, and what comes of them. Made-up records only.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "base/files.h"
#include "fhir/fhir.h"
#include "ingest/testing/outcome.h"

namespace parcours::fhir {

struct FhirOutcome : ingest::Outcome {
  std::vector<std::string> sections;  // "Condition 3 = 0 + 1 + 1 + 1": patients, events, refused,
                                      // left out
  std::vector<std::string> left_out;  // "2 refuted"
};

class FhirTrial {
 public:
  FhirTrial();

  // The numbers that pseudonyms are told by in the outcome.
  FhirTrial& knowing(std::vector<std::string> patients);
  FhirTrial& file(const std::string& name, const std::string& text);
  FhirTrial& existing(const std::filesystem::path& path);
  FhirTrial& choices(const std::string& toml);
  FhirTrial& cut(const CutOptions& options);
  FhirTrial& most_bad_rows(std::uint64_t most);

  FhirOutcome run(int threads = 1) const;

 private:
  ScratchFolder folder_;
  std::vector<std::filesystem::path> paths_;
  std::vector<std::string> ids_ = {"1", "2", "3"};
  std::string choices_;
  CutOptions options_;
  std::uint64_t most_ = 1'000'000;
};

}  // namespace parcours::fhir
