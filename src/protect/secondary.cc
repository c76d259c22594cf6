#include "protect/secondary.h"

#include "base/check.h"
#include "protect/hiding.h"
#include "protect/publishing.h"
#include "protect/widths.h"

namespace parcours {

Result<Hidden> hide(const Sums& sums) {
  const std::size_t count = sums.unsafe.size();
  PARCOURS_CHECK(sums.fixed.size() == count && sums.costs.size() == count);
  PARCOURS_CHECK(sums.width == 0 || sums.counts.size() == count);
  for (std::size_t s = 0; s < count; ++s) {
    if (sums.unsafe[s] && sums.fixed[s]) {
      return refused("an unsafe figure that is published anyway", {},
                     "ask for coarser tables, or for more people");
    }
  }
  ASSIGN_OR_RETURN(Hidden hidden, hide_undetermined(sums));
  if (sums.width == 0) {
    return publish_again(sums, std::move(hidden), nullptr);
  }
  Widths widths(sums, hidden);
  RETURN_IF_ERROR(widths.widen());
  return publish_again(sums, widths.hidden(), &widths);
}

}  // namespace parcours
