#include "tables/relations.h"

#include <limits>
#include <span>

#include "base/check.h"

namespace parcours {
namespace {

// A sum less its parts, which lie `stride` apart along one dimension; `at` is the cell at the
// dimension's first place.
Relation sum_of_parts(std::size_t at, std::size_t whole, std::span<const std::uint32_t> parts,
                      std::size_t stride) {
  Relation relation;
  relation.terms.reserve(parts.size() + 1);
  relation.terms.push_back({static_cast<std::uint32_t>(at + whole * stride), 1});
  for (const std::uint32_t part : parts) {
    relation.terms.push_back({static_cast<std::uint32_t>(at + part * stride), -1});
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
    const auto children = dimension.children();
    for (std::size_t begin = 0; begin < cells; begin += block) {
      for (std::size_t rest = 0; rest < stride; ++rest) {
        for (std::size_t place = 0; place < children.size(); ++place) {
          // A total without categories is the sum of nothing.
          if (!children[place].empty() || place == dimension.total()) {
            relations.push_back(sum_of_parts(begin + rest, place, children[place], stride));
          }
        }
      }
    }
  }
  return relations;
}

}  // namespace parcours
