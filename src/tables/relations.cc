#include "tables/relations.h"

#include <limits>

#include "base/check.h"

namespace parcours {
namespace {

// The total at `total` less the parts, which lie `stride` apart before it.
Relation sum_of_parts(std::size_t total, std::size_t parts, std::size_t stride) {
  Relation relation;
  relation.terms.reserve(parts + 1);
  relation.terms.push_back({static_cast<std::uint32_t>(total), 1});
  for (std::size_t part = 0; part < parts; ++part) {
    const std::size_t cell = total - (parts - part) * stride;
    relation.terms.push_back({static_cast<std::uint32_t>(cell), -1});
  }
  return relation;
}

}  // namespace

std::vector<Relation> relations_of(const Table& table) {
  const std::size_t cells = table.cell_count();
  PARCOURS_CHECK(cells <= std::numeric_limits<std::uint32_t>::max());
  std::vector<Relation> relations;
  std::size_t stride = cells;
  for (const Dimension& dimension : table.dimensions) {
    const std::size_t block = stride;  // cells that share the places of the dimensions before
    stride /= dimension.places();
    if (!dimension.additive) {
      continue;
    }
    const std::size_t parts = dimension.categories.size();
    for (std::size_t begin = 0; begin < cells; begin += block) {
      for (std::size_t rest = 0; rest < stride; ++rest) {
        relations.push_back(sum_of_parts(begin + parts * stride + rest, parts, stride));
      }
    }
  }
  return relations;
}

}  // namespace parcours
