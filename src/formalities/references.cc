#include "formalities/references.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <iterator>

namespace parcours::formalities {

std::vector<std::string> references_of(const std::vector<KnownPermit>& permits) {
  std::vector<std::string> references;
  std::ranges::transform(permits, std::back_inserter(references),
                         [](const KnownPermit& one) { return one.permit.reference; });
  return references;
}

std::string references_of(const std::vector<const KnownPermit*>& permits) {
  std::vector<std::string> references;
  std::ranges::transform(permits, std::back_inserter(references),
                         [](const KnownPermit* one) { return one->permit.reference; });
  return fmt::format("{}", fmt::join(references, ", "));
}

}  // namespace parcours::formalities
