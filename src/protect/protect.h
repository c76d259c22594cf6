// Makes safe tables from crowds: finds the unsafe cells (primary suppression), hides more cells so
// that no sum gives them away (secondary suppression), and returns the tables. All hidden cells
// look alike.
//
// G1: no published cell breaks a rule.
// G2: no hidden cell is determined by the published ones, over all tables and all their margins at
//     once: cells of different tables that count the same people (equal fingerprints) are one
//     unknown.
// G3: a cell without patients is never hidden, so every hidden cell can be both larger and smaller
//     than it is.
// G4: the published means do not determine the sum behind a hidden mean: sums of a value add up as
//     counts of people do.
//
// G5: a cell that the study needs is hidden only if it breaks a rule, or if no safe choice of
//     hidden cells shows it beside the needed ones that are shown (secondary.h).
//
// If there were releases before, G1 to G5 hold both for who has them and for who has this one
// alone.
//
// The size of the population is published, and so is every cell that counts exactly the population,
// unless a few came or left since a release showed it (Counted::population_withheld). What a
// release before published is known (CrowdOverlap::known): it gives nothing away that is hidden
// here.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "crowds/crowd_table.h"
#include "protect/rule.h"
#include "protect/rules.h"
#include "protect/witness.h"
#include "tables/needs.h"
#include "tables/table.h"

namespace parcours::protect {

// The number of cells that each rule hid; a cell that breaks several is counted under the first.
// The figures are for all tables together: the program never says why a given cell was hidden.
struct ProtectionSummary {
  std::uint64_t cells = 0;
  std::uint64_t published = 0;
  std::array<std::uint64_t, all_rules.size()> by_rule{};
  std::uint64_t secondary = 0;
  std::uint64_t means = 0;  // of cells of people, in tables of means
  std::uint64_t means_published = 0;
  std::uint64_t means_secondary = 0;  // hidden in published cells, to protect other means
  // Cells of people in the margins that the study needs. How many of the rest break a rule
  // themselves is not said: of a small margin it would tell which.
  std::uint64_t needed = 0;
  std::uint64_t needed_published = 0;  // with their means, where they have any

  std::uint64_t& hidden_by(Rule rule) { return by_rule[static_cast<std::size_t>(rule)]; }
  std::uint64_t hidden_by(Rule rule) const { return by_rule[static_cast<std::size_t>(rule)]; }
  friend bool operator==(const ProtectionSummary&, const ProtectionSummary&) = default;
};

struct Protected {
  std::vector<tables::Table> tables;
  ProtectionSummary summary;
  std::vector<Witness> witnesses{};  // of what must be wide, where moves prove it
};

// Errors: a population that breaks a rule by itself; a cell that counts the whole population and
// breaks one.
Result<Protected> protect(const crowds::Counted& counted, const Rules& rules,
                          const tables::Needs& needs = {});

// The tables that a release before answered the same question with, about the same records: nothing
// is chosen anew. Errors: as above.
Result<Protected> protected_as_before(const crowds::Counted& counted, const Rules& rules,
                                      std::vector<tables::Table> tables,
                                      const tables::Needs& needs = {});

}  // namespace parcours::protect
