#include "release/breach.h"

#include "base/check.h"

namespace parcours {
namespace {

// The cell whose people a cell's people are a part of, and whether being all of them tells
// something of them.
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
      groups.push_back(
          {table.cells[cell + (dimension.total() - place) * stride].patients, table.sensitive[d]});
    }
    stride *= dimension.places();
  }
  PARCOURS_CHECK(stride == table.cells.size());
  if (groups.empty()) {
    groups.push_back({population.patients, false});
  }
  return groups;
}

// Who is behind a figure: enough people, of enough practices, none of which dominates.
Breach breach_of_people(const Crowd& crowd, const Rules& rules) {
  if (crowd.patients < rules.patients_min) {
    return Breach::patients_min;
  }
  if (rules.has_practices && crowd.practices < rules.practices_min) {
    return Breach::practices_min;
  }
  if (rules.has_practices &&
      crowd.largest_practice >= rules.largest_practice_share_below * crowd.patients) {
    return Breach::largest_practice;
  }
  return Breach::none;
}

}  // namespace

std::string_view rule_of(Breach breach) {
  switch (breach) {
    case Breach::none:
      return "none";
    case Breach::patients_min:
      return "patients_min";
    case Breach::practices_min:
      return "practices_min";
    case Breach::largest_practice:
      return "largest_practice_share_below";
    case Breach::complement_min:
      return "complement_min";
    case Breach::group_disclosure:
      return "hide_group_disclosure";
    case Breach::largest_value:
      return "largest_value_share_below";
  }
  return "none";
}

Breach breach(const CrowdTable& table, std::size_t cell, const Crowd& population,
              const Rules& rules) {
  const Crowd& crowd = table.cells[cell];
  if (crowd.patients == 0) {
    return Breach::none;
  }
  if (const Breach people = breach_of_people(crowd, rules); people != Breach::none) {
    return people;
  }
  const std::vector<Group> groups = groups_of(table, cell, population);
  for (const Group& group : groups) {
    if (group.patients != crowd.patients &&
        group.patients - crowd.patients < rules.complement_min) {
      return Breach::complement_min;
    }
  }
  for (const Group& group : groups) {
    if (rules.hide_group_disclosure && group.sensitive && group.patients == crowd.patients) {
      return Breach::group_disclosure;
    }
  }
  return Breach::none;
}

Breach breach_of_mean(const Crowd& crowd, const Rules& rules) {
  if (crowd.patients == 0) {
    return Breach::none;
  }
  PARCOURS_CHECK(crowd.value.has_value());
  if (crowd.value->patients < rules.patients_min) {
    return Breach::patients_min;
  }
  const auto size = [](double number) { return number < 0 ? -number : number; };
  const double largest = size(static_cast<double>(crowd.value->largest));
  const double sum = size(static_cast<double>(crowd.value->sum));
  return largest >= rules.largest_value_share_below * sum ? Breach::largest_value : Breach::none;
}

Breach breach_of_population(const Crowd& population, const Rules& rules) {
  return breach_of_people(population, rules);
}

}  // namespace parcours
