// Measures how narrowly an outsider can bound each hidden count. The gate uses the published tables
// and the audit for this, and no code of protection. What protection says of widths it checks by
// adding (witnesses.h); what nobody has proved it bounds itself.
//
// Cells without patients are published, so everybody knows that a hidden count is at least 1.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "crowds/crowd_table.h"
#include "protect/rules.h"
#include "protect/witness.h"
#include "tables/table.h"

namespace parcours::release {

struct Closeness {
  std::uint64_t asked = 0;  // hidden sets of people that break a rule
  // Of them, those for which fewer numbers are left than width_min asks, and fewer than releases
  // before left by themselves.
  std::uint64_t narrow = 0;
  // Those that releases before left so narrow by themselves, and did not remember.
  std::vector<crowds::NarrowBefore> narrow_before;
  // The tables in which these stand, or with which they share a sum, by their ids.
  std::vector<std::string> tables;
  std::uint64_t proved = 0;  // of them, those of which whole tables were found that far apart
  // Groups in which an insider alone in a hidden cell learns another one from it, and cells that a
  // practice learns from all hidden ones that it is alone in.
  std::uint64_t taught = 0;
};

// `tables` has the shape of counted.tables. Looks at what the rules ask for alone. Errors: figures
// that do not add up.
Result<Closeness> closeness(const crowds::Counted& counted,
                            const std::vector<tables::Table>& tables, const protect::Rules& rules,
                            std::span<const protect::Witness> witnesses = {});

}  // namespace parcours::release
