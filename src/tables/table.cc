#include "tables/table.h"

#include <algorithm>

#include "base/check.h"

namespace parcours::tables {

const std::string& Dimension::code(std::size_t place) const {
  static const std::string sum = total_code;
  static const std::string any = any_code;
  PARCOURS_CHECK(place < places());
  return place < total() ? categories[place].code : additive ? sum : any;
}

std::size_t Dimension::parent(std::size_t category) const {
  PARCOURS_CHECK(category < total());
  return parents.empty() ? total() : parents[category];
}

std::vector<std::vector<std::uint32_t>> Dimension::children() const {
  std::vector<std::vector<std::uint32_t>> children(places());
  for (std::uint32_t c = 0; c < categories.size(); ++c) {
    children[parent(c)].push_back(c);
  }
  return children;
}

std::size_t Table::cell_count() const {
  std::size_t count = 1;
  for (const Dimension& dimension : dimensions) {
    count *= dimension.places();
  }
  return count;
}

std::size_t Table::index(std::span<const std::size_t> places) const {
  PARCOURS_CHECK(places.size() == dimensions.size());
  std::size_t index = 0;
  for (std::size_t d = 0; d < dimensions.size(); ++d) {
    PARCOURS_CHECK(places[d] < dimensions[d].places());
    index = index * dimensions[d].places() + places[d];
  }
  return index;
}

std::vector<std::size_t> Table::places(std::size_t index) const {
  std::vector<std::size_t> places(dimensions.size());
  for (std::size_t d = dimensions.size(); d-- > 0;) {
    places[d] = index % dimensions[d].places();
    index /= dimensions[d].places();
  }
  PARCOURS_CHECK(index == 0);
  return places;
}

bool Table::inner(std::size_t index) const {
  for (std::size_t d = dimensions.size(); d-- > 0;) {
    const std::size_t place = index % dimensions[d].places();
    if (place == dimensions[d].total() ||
        std::ranges::find(dimensions[d].parents, place) != dimensions[d].parents.end()) {
      return false;
    }
    index /= dimensions[d].places();
  }
  return true;
}

}  // namespace parcours::tables
