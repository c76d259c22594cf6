// Random made-up people, several tables over them that share variables, and the cells of them that
// an outsider can work out.
#pragma once

#include <rapidcheck.h>

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "base/random.h"
#include "protect/testing/people.h"
#include "sums/elimination.h"

namespace parcours::example {

crowds::Counted counted(const std::vector<Person>& people, std::vector<crowds::CrowdTable> tables);

// People with up to four variables, and several tables over them.
struct World {
  std::vector<Person> people;
  crowds::Counted in;
};

World any_world(bool means = false);

// What an outsider who knows which cells count the same people can work out, over all tables: the
// plain way, one unknown a set of people.
struct Outsider {
  std::vector<bool> hidden;
  std::vector<tables::Relation> relations;
  std::map<Uint128, std::uint32_t> unknowns;

  Outsider(const crowds::Counted& in, const std::vector<tables::Table>& tables) {
    for (std::size_t t = 0; t < tables.size(); ++t) {
      for (std::size_t c = 0; c < tables[t].cells.size(); ++c) {
        const auto [at, fresh] =
            unknowns.emplace(in.tables[t].cells[c].fingerprint, unknowns.size());
        hidden.resize(unknowns.size(), true);
        hidden[at->second] =
            hidden[at->second] && tables[t].cells[c].status == tables::CellStatus::confidential;
      }
      for (tables::Relation relation : tables::relations_of(tables[t])) {
        for (tables::Relation::Term& term : relation.terms) {
          term.cell = unknowns.at(in.tables[t].cells[term.cell].fingerprint);
        }
        relations.push_back(relation);
      }
    }
  }

  std::size_t finds() const { return sums::eliminate(relations, hidden).determined.size(); }
};

}  // namespace parcours::example
