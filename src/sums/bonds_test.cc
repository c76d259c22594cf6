#include "sums/bonds.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "sums/elimination.h"

namespace parcours {
namespace {

Table table_of(const std::vector<std::size_t>& categories) {
  Table table;
  for (const std::size_t count : categories) {
    table.dimensions.push_back({"d", {}, std::vector<Category>(count), true});
  }
  return table;
}

using Groups = std::vector<std::vector<std::uint32_t>>;

Groups bonds_of(const Table& table, const std::vector<bool>& hidden) {
  Random random(1);
  return bonds(Echelon(relations_of(table), hidden), random);
}

TEST(Insiders, TwoHiddenCellsOfARowAreBonded) {
  EXPECT_EQ(bonds_of(table_of({3}), {true, true, false, false}), (Groups{{0, 1}}));
}

TEST(Insiders, OfThreeHiddenCellsOfARowNoneIsBonded) {
  EXPECT_EQ(bonds_of(table_of({3}), {true, true, true, false}), Groups{});
}

TEST(Insiders, ADeterminedCellIsBondedWithNone) {
  EXPECT_EQ(bonds_of(table_of({2}), {true, false, false}), Groups{});
}

// The slow twin: a cell is published, and what the elimination then finds determined was bonded.
RC_GTEST_PROP(Insiders, G1BondedCellsAreThoseThatPublishingOneGivesAway, ()) {
  const Table table = table_of(*rc::gen::elementOf(
      std::vector<std::vector<std::size_t>>{{5}, {3, 3}, {4, 5}, {2, 2, 3}, {3, 3, 3}}));
  const std::vector<Relation> relations = relations_of(table);
  std::vector<bool> hidden(table.cell_count());
  const auto rare = *rc::gen::inRange(2, 8);
  for (std::size_t c = 0; c < hidden.size(); ++c) {
    hidden[c] = *rc::gen::inRange(0, rare) == 0;
  }
  const auto before = eliminate(relations, hidden).determined;
  std::map<std::uint32_t, std::vector<std::uint32_t>> expected;
  for (std::uint32_t c = 0; c < hidden.size(); ++c) {
    if (!hidden[c] || std::ranges::binary_search(before, c)) {
      continue;
    }
    hidden[c] = false;
    for (const std::uint32_t given : eliminate(relations, hidden).determined) {
      if (!std::ranges::binary_search(before, given)) {
        expected[c].push_back(given);
      }
    }
    hidden[c] = true;
  }
  std::map<std::uint32_t, std::vector<std::uint32_t>> found;
  for (const auto& group : bonds_of(table, hidden)) {
    for (const std::uint32_t cell : group) {
      for (const std::uint32_t other : group) {
        if (other != cell) {
          found[cell].push_back(other);
        }
      }
    }
  }
  RC_ASSERT(found == expected);
}

}  // namespace
}  // namespace parcours
