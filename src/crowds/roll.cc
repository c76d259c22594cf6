#include "crowds/roll.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"

namespace parcours::crowds {
namespace {

template <class T>
std::vector<T> reordered(const std::vector<T>& items, std::span<const std::uint32_t> order) {
  std::vector<T> made;
  if (!items.empty()) {
    made.reserve(items.size());
    for (const std::uint32_t i : order) {
      made.push_back(items[i]);
    }
  }
  return made;
}

template <class T>
void add_all(std::vector<T>& items, const std::vector<T>& more) {
  items.insert(items.end(), more.begin(), more.end());
}

}  // namespace

Roll::OfTable reordered(const Roll::OfTable& table, std::span<const std::uint32_t> order) {
  Roll::OfTable made;
  made.places = reordered(table.places, order);
  made.values = reordered(table.values, order);
  if (table.starts.empty()) {
    return made;
  }
  made.starts.push_back(0);
  for (const std::uint32_t i : order) {
    const auto columns = table.columns_of(i);
    made.columns.insert(made.columns.end(), columns.begin(), columns.end());
    made.starts.push_back(static_cast<std::uint32_t>(made.columns.size()));
  }
  return made;
}

Roll in_order(const Roll& roll) {
  std::vector<std::uint32_t> order(roll.patients());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::sort(order, {}, [&](std::uint32_t i) { return roll.ids[i]; });
  Roll made{.ids = reordered(roll.ids, order), .practices = reordered(roll.practices, order)};
  for (const Roll::OfTable& table : roll.tables) {
    made.tables.push_back(reordered(table, order));
  }
  return made;
}

std::uint64_t inner_cells(std::span<const tables::Dimension> dimensions) {
  std::uint64_t cells = 1;
  for (const tables::Dimension& dimension : dimensions) {
    cells *= dimension.categories.size();
  }
  return cells;
}

void categories_at(std::span<const tables::Dimension> dimensions, std::uint32_t place,
                   std::vector<std::uint32_t>& categories) {
  categories.resize(dimensions.size());
  for (std::size_t d = dimensions.size(); d-- > 0;) {
    const auto many = static_cast<std::uint32_t>(dimensions[d].categories.size());
    categories[d] = place % many;
    place /= many;
  }
}

void append(Roll& roll, Roll&& other) {
  PARCOURS_CHECK(roll.tables.size() == other.tables.size());
  add_all(roll.ids, other.ids);
  add_all(roll.practices, other.practices);
  for (std::size_t t = 0; t < roll.tables.size(); ++t) {
    Roll::OfTable& table = roll.tables[t];
    const Roll::OfTable& more = other.tables[t];
    add_all(table.places, more.places);
    add_all(table.values, more.values);
    const auto before = static_cast<std::uint32_t>(table.columns.size());
    for (std::size_t i = 1; i < more.starts.size(); ++i) {
      table.starts.push_back(before + more.starts[i]);
    }
    add_all(table.columns, more.columns);
  }
}

}  // namespace parcours::crowds
