#include "protect/primary.h"

#include "base/check.h"
#include "crowds/cell_facts.h"

namespace parcours::protect {
namespace {

std::optional<Rule> broken_by_cell(const crowds::CrowdTable& table, std::size_t cell,
                                   const crowds::Crowd& population, const Rules& rules) {
  const std::uint32_t patients = table.cells[cell].patients;
  if (patients == 0) {
    return {};
  }
  const std::optional<Rule> alone = broken_by_crowd(table.cells[cell], rules);
  if (alone == Rule::patients_min || (!table.moved.empty() && table.moved[cell])) {
    return Rule::patients_min;
  }
  const std::vector<crowds::Group> groups = crowds::facts_of(table, cell, population).groups;
  for (const crowds::Group& group : groups) {
    if (group.patients > patients && group.patients - patients < rules.complement_min) {
      return Rule::complement_min;
    }
  }
  if (alone) {
    return alone;
  }
  for (const crowds::Group& group : groups) {
    if (rules.hide_group_disclosure && group.telling && group.patients == patients) {
      return Rule::hide_group_disclosure;
    }
  }
  return {};
}

bool unsafe_mean(const crowds::Crowd& crowd, const Rules& rules) {
  const auto size = [](double number) { return number < 0 ? -number : number; };
  PARCOURS_CHECK(crowd.value.has_value());
  return crowd.value->patients < rules.patients_min ||
         (crowd.value->nonzero > 0 && crowd.value->nonzero < rules.patients_min) ||
         size(static_cast<double>(crowd.value->largest)) >=
             rules.largest_value_share_below * size(static_cast<double>(crowd.value->sum));
}

}  // namespace

std::optional<Rule> broken_by_crowd(const crowds::Crowd& crowd, const Rules& rules) {
  if (crowd.patients < rules.patients_min) {
    return Rule::patients_min;
  }
  if (rules.has_practices && crowd.practices < rules.practices_min) {
    return Rule::practices_min;
  }
  if (rules.has_practices &&
      crowd.largest_practice >= rules.largest_practice_share_below * crowd.patients) {
    return Rule::largest_practice_share_below;
  }
  if (rules.has_practices &&
      crowd.patients - crowd.largest_practice < rules.without_largest_practice_min) {
    return Rule::without_largest_practice_min;
  }
  return {};
}

Primary primary(const crowds::CrowdTable& table, const crowds::Crowd& population,
                const Rules& rules) {
  Primary found;
  found.cells.reserve(table.cells.size());
  for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
    found.cells.push_back(broken_by_cell(table, cell, population, rules));
    if (table.mean_of) {
      const crowds::Crowd& crowd = table.cells[cell];
      const bool moved = !table.moved_means.empty() && table.moved_means[cell];
      found.means.push_back(crowd.patients > 0 && (moved || unsafe_mean(crowd, rules)));
    }
  }
  return found;
}

}  // namespace parcours::protect
