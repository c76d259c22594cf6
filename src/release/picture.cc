#include "release/picture.h"

#include <algorithm>

namespace parcours::release {
namespace {

constexpr std::size_t few = 6;           // groups of bars are read one by one
constexpr std::size_t most_across = 24;  // columns of a map of shades, or groups of bars
constexpr std::size_t most_down = 36;    // rows
constexpr std::size_t most_facets = 3;
constexpr std::size_t side_by_side = 3;  // bars of a group that has many neighbours

std::int64_t patients_at(const tables::Table& table, std::size_t dimension, std::size_t place) {
  const std::pair<std::size_t, std::size_t> at[] = {{dimension, place}};
  return table.cells[cell_at(table, at)].patients;
}

// The categories of a dimension that somebody stands in, the `most` largest if there are more.
DrawnAxis axis(const tables::Table& table, std::size_t dimension, std::size_t most) {
  std::vector<std::size_t> places = places_with_people(table, dimension);
  const bool all = places.size() <= most;
  if (!all) {
    std::stable_sort(places.begin(), places.end(), [&](std::size_t a, std::size_t b) {
      return patients_at(table, dimension, a) > patients_at(table, dimension, b);
    });
    places.resize(most);
    std::sort(places.begin(), places.end());
  }
  return {dimension, std::move(places), all};
}

}  // namespace

std::size_t cell_at(const tables::Table& table,
                    std::span<const std::pair<std::size_t, std::size_t>> fixed) {
  std::vector<std::size_t> places;
  for (const tables::Dimension& dimension : table.dimensions) {
    places.push_back(dimension.total());
  }
  for (const auto& [dimension, place] : fixed) {
    places[dimension] = place;
  }
  return table.index(places);
}

std::vector<std::size_t> places_with_people(const tables::Table& table, std::size_t dimension) {
  std::vector<std::size_t> places;
  for (std::size_t place = 0; place < table.dimensions[dimension].total(); ++place) {
    const std::pair<std::size_t, std::size_t> at[] = {{dimension, place}};
    const tables::Cell& margin = table.cells[cell_at(table, at)];
    if (margin.status != tables::CellStatus::published || margin.patients > 0) {
      places.push_back(place);
    }
  }
  return places;
}

Picture picture(const tables::Table& table) {
  const auto categories = [&](std::size_t d) { return places_with_people(table, d).size(); };
  const std::size_t last = table.dimensions.size() - 1;
  if (last == 0) {
    return {Manner::bars, axis(table, 0, most_down), std::nullopt, std::nullopt};
  }
  std::optional<DrawnAxis> facet;
  for (std::size_t d = 1; d < last && !facet; ++d) {
    if (const std::size_t panels = categories(d); panels > 0 && panels <= most_facets) {
      facet = axis(table, d, most_facets);
    }
  }
  if (categories(last) <= few && categories(0) <= most_across) {
    return {Manner::groups, axis(table, 0, most_across), axis(table, last, few), facet};
  }
  if (categories(0) <= side_by_side && categories(last) <= most_across) {
    return {Manner::groups, axis(table, last, most_across), axis(table, 0, side_by_side), facet};
  }
  const bool turned = categories(0) > categories(last);
  return {Manner::shades, axis(table, turned ? last : 0, most_across),
          axis(table, turned ? 0 : last, most_down), facet};
}

Names::Names(const tables::Dimension& dimension, page::Language language)
    : dimension_(dimension), language_(language) {
  std::set<std::string> seen;
  for (const tables::Category& category : dimension.categories) {
    if (!seen.insert(page::in(language, category.label)).second) {
      twice_.insert(page::in(language, category.label));
    }
  }
}

std::string Names::operator()(std::size_t place) const {
  const tables::Category& category = dimension_.categories[place];
  const std::string& name = page::in(language_, category.label);
  if (name.empty()) {
    return category.code;
  }
  return twice_.contains(name) ? name + " (" + category.code + ")" : name;
}

}  // namespace parcours::release
