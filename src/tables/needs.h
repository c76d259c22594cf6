// The cells that a study needs most. Suppression hides other cells first.
//
// A need is not a rule: it only decides which cells are hidden if there is a choice, and it never
// makes an unsafe cell published. So, unlike a rule, it may be left out.
//
//   Needs needs;
//   needs.kept = {{{"age"}, {}}};        // of the first table: each age by itself, and the grand total
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tables/table.h"

namespace parcours {

// The cells in which these dimensions stand at a category, and every other at its total. None: the
// grand total.
using Margin = std::vector<std::string>;

// What is held small among patterns of hidden cells that are equally safe.
enum class HidingCost : std::uint8_t {
  margins,   // totals are dearer than inner cells, totals of totals dearer still; then patients
  cells,     // each cell costs one, whatever it counts; among their like those of fewer patients go
  patients,  // each cell costs as many as it counts
};

struct Needs {
  HidingCost cost = HidingCost::margins;
  std::vector<std::vector<Margin>> kept;  // by table; of tables that are not named here, none
};

// Whether the cell at these places (one a dimension) is of this margin.
bool of_margin(const std::vector<Dimension>& dimensions, const std::vector<std::size_t>& places,
               const Margin& margin);

}  // namespace parcours
