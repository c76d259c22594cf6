#include "tables/needs.h"

#include <algorithm>

namespace parcours::tables {

bool of_margin(const std::vector<Dimension>& dimensions, const std::vector<std::size_t>& places,
               const Margin& margin) {
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    const bool named = std::ranges::find(margin, dimensions[d].id) != margin.end();
    if (named == (places[d] == dimensions[d].total())) {
      return false;
    }
  }
  return true;
}

}  // namespace parcours::tables
