#include "crowds/roll.h"

#include <algorithm>
#include <numeric>

#include "base/check.h"

namespace parcours {
namespace {

template <class T>
void put_in_order(std::vector<T>& items, const std::vector<std::uint32_t>& order) {
  if (items.empty()) {
    return;
  }
  std::vector<T> sorted;
  sorted.reserve(items.size());
  for (const std::uint32_t i : order) {
    sorted.push_back(items[i]);
  }
  items = std::move(sorted);
}

template <class T>
void add_all(std::vector<T>& items, const std::vector<T>& more) {
  items.insert(items.end(), more.begin(), more.end());
}

}  // namespace

Roll in_order(Roll roll) {
  std::vector<std::uint32_t> order(roll.patients());
  std::iota(order.begin(), order.end(), 0u);
  std::ranges::sort(order, {}, [&](std::uint32_t i) { return roll.ids[i]; });
  for (Roll::OfTable& table : roll.tables) {
    put_in_order(table.places, order);
    put_in_order(table.values, order);
    if (table.starts.empty()) {
      continue;
    }
    Roll::OfTable sorted;
    sorted.starts.push_back(0);
    for (const std::uint32_t i : order) {
      const auto columns = table.columns_of(i);
      sorted.columns.insert(sorted.columns.end(), columns.begin(), columns.end());
      sorted.starts.push_back(static_cast<std::uint32_t>(sorted.columns.size()));
    }
    table.starts = std::move(sorted.starts);
    table.columns = std::move(sorted.columns);
  }
  put_in_order(roll.practices, order);
  put_in_order(roll.ids, order);
  return roll;
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

}  // namespace parcours
