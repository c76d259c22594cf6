#include "release/picture.h"

#include <algorithm>
#include <numeric>

namespace parcours {
namespace {

constexpr std::size_t few = 6;           // groups of bars are read one by one
constexpr std::size_t most_across = 24;  // columns of a map of shades, or groups of bars
constexpr std::size_t most_down = 36;    // rows
constexpr std::size_t most_facets = 3;
// The categories of a dimension, the `most` largest if there are more.
Axis axis(const Table& table, std::size_t dimension, std::size_t most) {
  const std::size_t count = table.dimensions[dimension].categories.size();
  std::vector<std::size_t> places(count);
  std::iota(places.begin(), places.end(), std::size_t{0});
  if (count <= most) {
    return {dimension, std::move(places), true};
  }
  const auto size = [&](std::size_t place) {
    const std::pair<std::size_t, std::size_t> at[] = {{dimension, place}};
    return table.cells[cell_at(table, at)].patients;
  };
  std::stable_sort(places.begin(), places.end(),
                   [&](std::size_t a, std::size_t b) { return size(a) > size(b); });
  places.resize(most);
  std::sort(places.begin(), places.end());
  return {dimension, std::move(places), false};
}

}  // namespace

std::size_t cell_at(const Table& table,
                    std::span<const std::pair<std::size_t, std::size_t>> fixed) {
  std::vector<std::size_t> places;
  for (const Dimension& dimension : table.dimensions) {
    places.push_back(dimension.total());
  }
  for (const auto& [dimension, place] : fixed) {
    places[dimension] = place;
  }
  return table.index(places);
}

Picture picture(const Table& table) {
  const auto categories = [&](std::size_t d) { return table.dimensions[d].categories.size(); };
  const std::size_t last = table.dimensions.size() - 1;
  if (last == 0) {
    return {Manner::bars, axis(table, 0, most_down), std::nullopt, std::nullopt};
  }
  std::optional<Axis> facet;
  for (std::size_t d = 1; d < last && !facet; ++d) {
    if (categories(d) <= most_facets) {
      facet = axis(table, d, most_facets);
    }
  }
  if (categories(last) <= few && categories(0) <= most_across) {
    return {Manner::groups, axis(table, 0, most_across), axis(table, last, few), facet};
  }
  const bool turned = categories(0) > categories(last);
  return {Manner::shades, axis(table, turned ? last : 0, most_across),
          axis(table, turned ? 0 : last, most_down), facet};
}

Names::Names(const Dimension& dimension, Language language)
    : dimension_(dimension), language_(language) {
  std::set<std::string> seen;
  for (const Category& category : dimension.categories) {
    if (!seen.insert(in(language, category.label)).second) {
      twice_.insert(in(language, category.label));
    }
  }
}

std::string Names::operator()(std::size_t place) const {
  const Category& category = dimension_.categories[place];
  const std::string& name = in(language_, category.label);
  if (name.empty()) {
    return category.code;
  }
  return twice_.contains(name) ? name + " (" + category.code + ")" : name;
}

}  // namespace parcours
