#include "microdata/presence.h"

#include <algorithm>

#include "microdata/joined.h"

namespace parcours::microdata {

Result<Presence> presence(const Microdata& file, std::span<const std::size_t> chosen,
                          const Microdata& population, int threads) {
  ASSIGN_OR_RETURN(const JoinedClasses joined, join_classes(file, chosen, population, threads));
  Presence result{.lowest = 1, .people = population.records};
  for (std::size_t i = 0; i < joined.in_first.size(); ++i) {
    const std::uint64_t here = joined.in_first[i];
    const std::uint64_t people = joined.in_second[i];
    result.not_covered += people < here ? here : 0;
    if (people == 0) {
      continue;
    }
    const double chance = std::min(1.0, static_cast<double>(here) / static_cast<double>(people));
    result.lowest = std::min(result.lowest, chance);
    result.highest = std::max(result.highest, chance);
    result.people_sure += here >= people ? people : 0;
  }
  return result;
}

}  // namespace parcours::microdata
