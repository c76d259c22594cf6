#include "release/looked.h"

#include <algorithm>

#include "crowds/cell_facts.h"
#include "release/obeys.h"

namespace parcours::release {
namespace {

void look_at(const crowds::Crowd& crowd, std::uint32_t unknown, const protect::Rules& rules,
             Looked& looked) {
  looked.counts[unknown] = crowd.patients;
  looked.people[unknown] = crowd.fingerprint;
  if (disobeyed_alone(crowd, rules)) {
    looked.exposed[unknown] = true;
  }
  if (crowd.patients == 1 || (rules.has_practices && crowd.practices == 1)) {
    looked.alone[unknown] = true;
  }
  if (rules.has_practices) {
    looked.practice[unknown] = std::max(looked.practice[unknown], crowd.only_practice);
  }
}

}  // namespace

Looked look(const crowds::Counted& counted, const std::vector<tables::Table>& tables,
            const protect::Rules& rules) {
  Looked looked{.numbers = PeopleNumbers(counted)};
  const PeopleNumbers& numbers = looked.numbers;
  looked.counts.assign(numbers.count(), 0);
  looked.people.assign(numbers.count(), 0);
  looked.hidden.assign(numbers.count(), true);
  looked.unsafe.assign(numbers.count(), false);
  looked.exposed = looked.alone = looked.in_tables = looked.difference = looked.unsafe;
  looked.peopled = looked.peopled_before = looked.before = looked.unsafe;
  looked.practice.assign(numbers.count(), 0);
  for (std::size_t t = 0; t < tables.size(); ++t) {
    for (std::size_t c = 0; c < tables[t].cells.size(); ++c) {
      const std::uint32_t unknown = numbers.of(t, c);
      look_at(counted.tables[t].cells[c], unknown, rules, looked);
      looked.in_tables[unknown] = looked.peopled[unknown] = true;
      if (tables[t].cells[c].status == tables::CellStatus::published) {
        looked.hidden[unknown] = false;
      }
      if (disobeyed(crowds::facts_of(counted.tables[t], c, counted.population), rules)) {
        looked.unsafe[unknown] = true;
      }
    }
    for (tables::Relation& relation : tables::relations_of(tables[t], numbers.of(t))) {
      looked.system.relations.push_back(std::move(relation));
    }
  }
  for (std::size_t o = 0; o < counted.overlaps.size(); ++o) {
    const crowds::CrowdOverlap& overlap = counted.overlaps[o];
    for (std::size_t g = 0; g < overlap.groups.size(); ++g) {
      const std::uint32_t unknown = numbers.of_overlap(o)[g];
      look_at(overlap.groups[g], unknown, rules, looked);
      looked.difference[unknown] = looked.difference[unknown] || overlap.differences;
      looked.peopled[unknown] = looked.peopled[unknown] || overlap.peopled;
      looked.peopled_before[unknown] = looked.peopled_before[unknown] || overlap.peopled;
      looked.unsafe[unknown] =
          looked.unsafe[unknown] || (!looked.in_tables[unknown] && looked.exposed[unknown]);
    }
    for (tables::Relation& relation :
         tables::in_numbers(overlap.relations, numbers.of_overlap(o))) {
      looked.system.relations.push_back(std::move(relation));
    }
  }
  looked.system.relations = tables::distinct(std::move(looked.system.relations));
  const auto everyone = numbers.find(counted.population.fingerprint);
  if (everyone && !counted.population_withheld) {
    looked.hidden[*everyone] = false;
  }
  for (std::size_t o = 0; o < counted.overlaps.size(); ++o) {
    for (std::size_t g = 0; g < counted.overlaps[o].groups.size(); ++g) {
      if (counted.overlaps[o].knows(g)) {
        looked.hidden[numbers.of_overlap(o)[g]] = false;
        looked.before[numbers.of_overlap(o)[g]] = true;
      }
    }
  }
  for (std::size_t u = 0; u < looked.counts.size(); ++u) {
    const std::int64_t least = looked.peopled[u] ? 1 : 0;
    looked.system.ranges.push_back(looked.hidden[u]
                                       ? sums::Range{least, sums::no_limit}
                                       : sums::Range{looked.counts[u], looked.counts[u]});
  }
  return looked;
}

}  // namespace parcours::release
