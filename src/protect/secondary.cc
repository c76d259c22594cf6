#include "protect/secondary.h"

#include <algorithm>
#include <utility>

#include "base/check.h"
#include "protect/hiding.h"
#include "protect/needed.h"
#include "protect/publishing.h"
#include "protect/widths.h"

namespace parcours::protect {
namespace {

// Of a needed sum that is given up: above all prices, and far below where sums of prices overflow.
constexpr std::uint64_t dearest = std::uint64_t{1} << 50;

// Hides more until what is asked to be wide is, and publishes again what is not needed for it.
Result<HiddenWithWitnesses> give_back(const Sums& sums, const Hidden& hidden) {
  std::vector<bool> safe = sums.unsafe;
  safe.flip();
  if (sums.width == 0) {
    ASSIGN_OR_RETURN(Hidden made, publish_again(sums, hidden, nullptr, safe));
    return HiddenWithWitnesses{std::move(made), {}};
  }
  Widths widths(sums, hidden);
  RETURN_IF_ERROR(widths.widen());
  ASSIGN_OR_RETURN(Hidden made, publish_again(sums, widths.hidden(), &widths, safe));
  return HiddenWithWitnesses{std::move(made), widths.witnesses()};
}

// Hides one sum after the other, as few and as cheap ones as may be.
Result<HiddenWithWitnesses> hide_few(const Sums& sums) {
  ASSIGN_OR_RETURN(Hidden hidden, hide_undetermined(sums));
  return give_back(sums, hidden);
}

}  // namespace

Result<HiddenWithWitnesses> hide_with_witnesses(const Sums& sums) {
  const std::size_t count = sums.unsafe.size();
  PARCOURS_CHECK(sums.fixed.size() == count && sums.costs.size() == count);
  PARCOURS_CHECK(sums.needed.empty() || sums.needed.size() == count);
  PARCOURS_CHECK(sums.width == 0 || sums.counts.size() == count);
  for (std::uint32_t s = 0; s < count; ++s) {
    PARCOURS_CHECK(!sums.is_unseen(s) || !sums.fixed[s]);
    if (sums.unsafe[s] && sums.fixed[s]) {
      return refused("an unsafe figure is published in any case", {},
                     "use coarser categories or a larger population");
    }
  }
  if (std::ranges::find(sums.needed, true) == sums.needed.end()) {
    return hide_few(sums);
  }
  ASSIGN_OR_RETURN(Keeping keeping, keep_needed(sums));
  Sums bound = sums;
  bound.fixed = std::move(keeping.fixed);
  for (std::size_t s = 0; s < count; ++s) {
    bound.costs[s] += sums.needed[s] && !bound.fixed[s] ? dearest : 0;
  }
  Result<HiddenWithWitnesses> few = hide_few(bound);
  return few ? few : give_back(bound, keeping.most);
}

Result<Hidden> hide(const Sums& sums) {
  ASSIGN_OR_RETURN(HiddenWithWitnesses made, hide_with_witnesses(sums));
  return std::move(made.hidden);
}

}  // namespace parcours::protect
