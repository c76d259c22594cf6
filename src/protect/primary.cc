#include "protect/primary.h"

#include "base/check.h"

namespace parcours {
namespace {

// People of whom a cell's patients are a part; and whether being all of them tells something of each.
struct Group {
  std::uint32_t patients;
  bool sensitive;
};

std::vector<Group> groups_of(const CrowdTable& table, std::size_t cell, const Crowd& population) {
  std::vector<Group> groups;
  std::size_t stride = 1;
  for (std::size_t d = table.dimensions.size(); d-- > 0;) {
    const Dimension& dimension = table.dimensions[d];
    const std::size_t place = cell / stride % dimension.places();
    if (place != dimension.total()) {
      const std::size_t group = cell + (dimension.total() - place) * stride;
      groups.push_back({table.cells[group].patients, table.sensitive[d]});
    }
    stride *= dimension.places();
  }
  if (!table.groups.empty()) {
    // In a table of `each` all cells of a row have one group, and being all of it is to have the code.
    const std::size_t row = stride / table.groups.size();
    const bool each = row > 1;
    const bool any = each && cell % row == row - 1;
    groups.push_back({table.groups[cell / row].patients, each && !any && table.sensitive.back()});
  } else if (groups.empty()) {
    groups.push_back({population.patients, false});
  }
  return groups;
}

Unsafe breach(const CrowdTable& table, std::size_t cell, const Crowd& population,
              const Rules& rules) {
  const Crowd& crowd = table.cells[cell];
  if (crowd.patients == 0) {
    return Unsafe::no;
  }
  const Unsafe alone = unsafe_crowd(crowd, rules);
  if (alone == Unsafe::too_few_patients) {
    return alone;
  }
  const std::vector<Group> groups = groups_of(table, cell, population);
  for (const Group& group : groups) {
    if (group.patients > crowd.patients && group.patients - crowd.patients < rules.complement_min) {
      return Unsafe::small_complement;
    }
  }
  if (alone != Unsafe::no) {
    return alone;
  }
  for (const Group& group : groups) {
    if (rules.hide_group_disclosure && group.sensitive && group.patients == crowd.patients) {
      return Unsafe::group_disclosure;
    }
  }
  return Unsafe::no;
}

bool unsafe_mean(const Crowd& crowd, const Rules& rules) {
  const auto size = [](double number) { return number < 0 ? -number : number; };
  PARCOURS_CHECK(crowd.value.has_value());
  return crowd.value->patients < rules.patients_min ||
         size(static_cast<double>(crowd.value->largest)) >=
             rules.largest_value_share_below * size(static_cast<double>(crowd.value->sum));
}

}  // namespace

Unsafe unsafe_crowd(const Crowd& crowd, const Rules& rules) {
  if (crowd.patients < rules.patients_min) {
    return Unsafe::too_few_patients;
  }
  if (rules.has_practices && crowd.practices < rules.practices_min) {
    return Unsafe::too_few_practices;
  }
  if (rules.has_practices &&
      crowd.largest_practice >= rules.largest_practice_share_below * crowd.patients) {
    return Unsafe::dominated;
  }
  return Unsafe::no;
}

Primary primary(const CrowdTable& table, const Crowd& population, const Rules& rules) {
  Primary found;
  found.cells.reserve(table.cells.size());
  for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
    found.cells.push_back(breach(table, cell, population, rules));
    if (table.mean_of) {
      const Crowd& crowd = table.cells[cell];
      found.means.push_back(crowd.patients > 0 && unsafe_mean(crowd, rules));
    }
  }
  return found;
}

}  // namespace parcours
