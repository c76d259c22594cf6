// What the releases before leave open by themselves, as who has them alone sees it.
//
// A new release says more than its figures: that its empty cells are empty, and that its hidden
// ones are not. Nothing that it hides takes that back. An outsider adds it to what was published
// before:
//
//     before   13 = north + south, both hidden         north is 1 to 12
//     now      north = 7 women + 4 men, both hidden    north is 2 to 12, and the women are 1 to 11
//
// So a figure may be narrower than the releases before left it, though everything is hidden. Then
// no choice of hidden cells is safe, and `protect` refuses.
//
// Here an empty cell of the new tables is an unknown like any other.
#pragma once

#include <cstdint>
#include <vector>

#include "crowds/crowd_table.h"
#include "protect/unknowns.h"
#include "sums/system.h"

namespace parcours::protect {

class LeftBefore {
 public:
  // Both must outlive it. `known`: by unknown, what a release before published.
  LeftBefore(const crowds::Counted& counted, const Unknowns& unknowns,
             const std::vector<bool>& known);

  // How far apart the numbers are that an unknown can be, `enough` at most.
  std::int64_t width(std::uint32_t unknown, std::int64_t enough) const;

 private:
  sums::System system_;
  std::vector<std::int64_t> counts_;  // by unknown, then by empty cell
};

}  // namespace parcours::protect
