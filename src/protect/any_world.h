// Random made-up people, several tables over them that share variables, and the cells of them that an
// outsider can work out.
#pragma once

#include <rapidcheck.h>

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "base/random.h"
#include "protect/people.h"
#include "sums/elimination.h"

namespace parcours::example {

inline Counted counted(const std::vector<Person>& people, std::vector<CrowdTable> tables) {
  return {everyone(people), std::move(tables)};
}

// People with up to four variables, and several tables over them.
struct World {
  std::vector<Person> people;
  Counted in;
};

inline World any_world(bool means = false) {
  Random random(*rc::gen::arbitrary<std::uint64_t>());
  const std::vector<std::size_t> categories = {3, 2, 4, 2};
  World world;
  for (std::uint32_t count = 40 + random.below(160); count > 0; --count) {
    Person person;
    for (const std::size_t of : categories) {  // small categories are rare
      const auto size = static_cast<std::uint32_t>(of);
      person.values.push_back(random.below(1 + random.below(size)));
    }
    person.practice = random.below(5);
    person.value = static_cast<std::int64_t>(random.below(100)) - 20;
    world.people.push_back(person);
  }
  const std::vector<std::vector<std::size_t>> by = {{0, 1}, {1, 2}, {0, 2, 3}, {3}, {}};
  std::vector<CrowdTable> tables;
  for (const std::vector<std::size_t>& variables : by) {
    tables.push_back(table(world.people, variables, categories, means));
  }
  world.in = counted(world.people, std::move(tables));
  return world;
}

// What an outsider who knows which cells count the same people can work out, over all tables: the
// plain way, one unknown a set of people.
struct Outsider {
  std::vector<bool> hidden;
  std::vector<Relation> relations;
  std::map<Uint128, std::uint32_t> unknowns;

  Outsider(const Counted& in, const std::vector<Table>& tables) {
    for (std::size_t t = 0; t < tables.size(); ++t) {
      for (std::size_t c = 0; c < tables[t].cells.size(); ++c) {
        const auto [at, fresh] =
            unknowns.emplace(in.tables[t].cells[c].fingerprint, unknowns.size());
        hidden.resize(unknowns.size(), true);
        hidden[at->second] =
            hidden[at->second] && tables[t].cells[c].status == CellStatus::confidential;
      }
      for (Relation relation : relations_of(tables[t])) {
        for (Relation::Term& term : relation.terms) {
          term.cell = unknowns.at(in.tables[t].cells[term.cell].fingerprint);
        }
        relations.push_back(relation);
      }
    }
  }

  std::size_t finds() const { return eliminate(relations, hidden).determined.size(); }
};

}  // namespace parcours::example
