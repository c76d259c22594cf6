// The groups of an overlap against the plainest way to count them.
#include "crowds/overlap_groups.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/random.h"

namespace parcours::crowds {
namespace {

// Two traits: one of four parts in sets of one, two and one, one of two parts.
study::PlanOverlap plan() {
  return {.traits = {{.parts = 4, .stride = 1, .sets = {{0}, {1, 3}, {2}}},
                     {.parts = 2, .stride = 4, .sets = {}}},
          .cells = 8,
          .of = {{0, 1}}};
}

// So many patients in each cell, of three practices in turn.
Counters counters(const std::vector<std::uint32_t>& patients) {
  Counters made = *Counters::make(patients.size(), 3);
  std::uint32_t turn = 0;
  for (std::uint32_t cell = 0; cell < patients.size(); ++cell) {
    for (std::uint32_t i = 0; i < patients[cell]; ++i) {
      ++turn;
      const std::uint32_t key = turn % 3 + 1;
      made.add(std::vector{cell}, {.hash = Uint128{mixed(turn)} << 64 | mixed(turn + 7),
                                   .key = key,
                                   .class_word = made.layout().class_word(key),
                                   .turn = turn,
                                   .first = turn});
    }
  }
  return made;
}

TEST(OverlapGroups, AreThePeopleOfTheirCells) {
  Random random(3);
  for (int world = 0; world < 200; ++world) {
    std::vector<std::uint32_t> patients;
    for (int cell = 0; cell < 8; ++cell) {
      patients.push_back(random.below(3) == 0 ? 0 : random.below(20));
    }
    const Counters counted = counters(patients);
    const CrowdOverlap made = *overlap_groups(counted, 0, plan());
    // By place: which parts of the first trait, which of the second.
    const std::vector<std::set<int>> first = {{0}, {1}, {2}, {3}, {1, 3}, {0, 1, 2, 3}};
    const std::vector<std::set<int>> second = {{0}, {1}, {0, 1}};
    std::multiset<std::pair<std::uint32_t, Uint128>> expected;
    for (const std::set<int>& a : first) {
      for (const std::set<int>& b : second) {
        std::uint32_t people = 0;
        Uint128 fingerprint = 0;
        for (int cell = 0; cell < 8; ++cell) {
          if (a.contains(cell % 4) && b.contains(cell / 4)) {
            const Crowd crowd = counted.crowd(static_cast<std::size_t>(cell));
            people += crowd.patients;
            fingerprint += crowd.fingerprint;
          }
        }
        if (people > 0) {
          expected.emplace(people, fingerprint);
        }
      }
    }
    std::multiset<std::pair<std::uint32_t, Uint128>> found;
    for (const Crowd& group : made.groups) {
      found.emplace(group.patients, group.fingerprint);
    }
    EXPECT_EQ(found, expected);
    for (const tables::Relation& relation : made.relations) {
      std::int64_t people = 0;
      for (const tables::Relation::Term& term : relation.terms) {
        people += std::int64_t{made.groups[term.cell].patients} * term.coefficient;
      }
      EXPECT_EQ(people, 0);
      EXPECT_GT(relation.terms.size(), 1u);
    }
    for (std::size_t part = 0; part < 4; ++part) {
      EXPECT_EQ(made.present[0][part], patients[part] + patients[part + 4] > 0);
    }
  }
}

}  // namespace
}  // namespace parcours::crowds
