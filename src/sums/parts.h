// Cuts the hidden cells into parts. Cells that no chain of relations links are in different parts,
// and a question about one part concerns no other.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "tables/relations.h"

namespace parcours::sums {

class Parts {
 public:
  // `cells` are those that `hidden` says, ascending; an unknown is its index among them, as in
  // echelon.h.
  Parts(std::span<const tables::Relation> relations, std::span<const std::uint32_t> cells,
        const std::vector<bool>& hidden);

  // The part's number, below the number of unknowns.
  std::uint32_t number(std::uint32_t unknown) const { return part_of_[unknown]; }
  // All unknowns of its part, ascending.
  const std::vector<std::uint32_t>& of(std::uint32_t unknown) const {
    return members_[part_of_[unknown]];
  }

 private:
  std::uint32_t find(std::uint32_t unknown);

  std::vector<std::uint32_t> part_of_;
  std::vector<std::vector<std::uint32_t>> members_;  // by part
};

}  // namespace parcours::sums
