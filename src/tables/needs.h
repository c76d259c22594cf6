// The cells that a study needs most. Suppression hides other cells first.
//
// A need is not a rule: it only decides which cells are hidden if there is a choice, and it never
// makes an unsafe cell published. So, unlike a rule, it may be left out.
//
//   Needs needs;
//   // of the first table: each age by itself, and the grand total
//   needs.kept = {{{"age"}, {}}};
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "tables/table.h"

namespace parcours::tables {

// The cells that have a category in these dimensions and the total in every other. No dimension:
// the grand total.
using Margin = std::vector<std::string>;

// The cost that suppression keeps low when several patterns of hidden cells are safe.
enum class HidingCost : std::uint8_t {
  margins,   // totals cost more than inner cells, totals of totals still more; then patients
  cells,     // each cell costs one; among equals, cells with fewer patients are hidden first
  patients,  // each cell costs as many as it counts
};

struct Needs {
  HidingCost cost = HidingCost::margins;
  std::vector<std::vector<Margin>> kept;  // by table; of tables that are not named here, none
};

// Whether the cell at these places (one a dimension) is of this margin.
bool of_margin(const std::vector<Dimension>& dimensions, const std::vector<std::size_t>& places,
               const Margin& margin);

}  // namespace parcours::tables
