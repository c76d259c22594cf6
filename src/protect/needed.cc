#include "protect/needed.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "base/random.h"
#include "protect/publishing.h"
#include "protect/widths.h"
#include "sums/bonds.h"

namespace parcours::protect {
namespace {

// Everything hidden that is neither fixed nor told by what is fixed. Errors: that is not safe.
Result<Hidden> hide_all_but(const Sums& sums) {
  Hidden hidden = sums.fixed;
  hidden.flip();
  const sums::Echelon echelon(sums.relations, hidden);
  Random random(0);  // any seed: chance can only find a bond that is none
  const auto teaches = [&](const sums::Bond& bond) {
    return who_learns(sums, bond.cells).has_value();
  };
  if (!sums.alone.empty() && std::ranges::any_of(sums::bonds(echelon, random), teaches)) {
    return refused("a patient or practice alone in a hidden cell can work out an unsafe figure", {},
                   "use coarser categories or a larger population");
  }
  const auto by_sum = relations_by_sum(sums);
  for (const std::vector<std::uint32_t>& known : known_to_practices(sums)) {
    const sums::Echelon left(sums.relations, in_question(sums, by_sum, hidden, known));
    for (const std::uint32_t unknown : left.determined()) {
      if (sums.exposed[left.cells()[unknown]]) {
        return refused("a practice can work out an unsafe figure from those that it is alone in",
                       {}, "use coarser categories or a larger population");
      }
    }
  }
  for (const std::uint32_t unknown : echelon.determined()) {
    const std::uint32_t sum = echelon.cells()[unknown];
    if (sums.unsafe[sum]) {
      return refused("the published total gives an unsafe figure away", {},
                     "use coarser categories or a larger population");
    }
    hidden[sum] = false;
  }
  if (sums.width > 0) {
    RETURN_IF_ERROR(Widths(sums, hidden).widen());
  }
  return hidden;
}

Keeping keeping(Hidden most) {
  Keeping made{most, std::move(most)};
  made.fixed.flip();
  return made;
}

}  // namespace

Result<Keeping> keep_needed(const Sums& sums) {
  std::vector<bool> wanted = sums.needed;
  Sums all = sums;
  for (std::size_t s = 0; s < wanted.size(); ++s) {
    wanted[s] = wanted[s] && !sums.unsafe[s] && !sums.fixed[s];
    all.fixed[s] = sums.fixed[s] || wanted[s];
  }
  if (Result<Hidden> most = hide_all_but(all)) {
    return keeping(*std::move(most));
  }
  ASSIGN_OR_RETURN(Hidden most, hide_all_but(sums));
  if (sums.width == 0) {
    ASSIGN_OR_RETURN(Hidden made, publish_again(sums, std::move(most), nullptr, wanted));
    return keeping(made);
  }
  Widths widths(sums, most);
  RETURN_IF_ERROR(widths.widen());
  ASSIGN_OR_RETURN(Hidden made, publish_again(sums, std::move(most), &widths, wanted));
  return keeping(made);
}

}  // namespace parcours::protect
