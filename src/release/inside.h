// What the data team may see of a verdict, and nobody else: which rule hid how many cells, how many
// cells each attack found before protection, and what the gate counted. It never leaves.
//
// Each of these numbers is a sum over hidden cells, so it says something of their counts. Of a
// table of two rows and two columns all cells are hidden and all margins are 20: "4 cells have
// fewer than 11 patients" says that each has 10. So files of a release hold only what anybody can
// count again from the published tables (release/figures.h).
#pragma once

#include <cstdint>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "release/verdict.h"

namespace parcours::release {

// What was hidden and by which rules, for all tables together, in the order in which the rules are
// tried.
struct HiddenBy {
  // As the rules file writes it; "secondary" for what was hidden to protect others.
  std::string rule;
  std::uint64_t cells = 0;
};
std::vector<HiddenBy> hidden_by(const Verdict& verdict);

nlohmann::ordered_json inside(const Verdict& verdict);

}  // namespace parcours::release
