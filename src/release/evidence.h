// The evidence of a release for programs: evidence.json. docs/evidence.md describes its keys; they
// do not change within a format number.
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "release/release.h"

namespace parcours {

// A file of the release folder, already made.
struct Made {
  std::string path;  // inside the folder: "tables/controller.csv"
  std::string sha256;
  std::uint64_t bytes = 0;
};

nlohmann::ordered_json evidence(const Release& release, const std::vector<Made>& files);

// What was hidden and by which rules, for all tables together, in the order in which the rules are
// tried.
struct HiddenBy {
  // As the rules file writes it; "secondary" for what was hidden to protect others.
  std::string rule;
  Label what;
  std::uint64_t cells = 0;
};
std::vector<HiddenBy> hidden_by(const ProtectionSummary& summary, const Rules& rules);

}  // namespace parcours
