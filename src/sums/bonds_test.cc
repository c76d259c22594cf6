#include "sums/bonds.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "sums/elimination.h"

namespace parcours::sums {
namespace {

tables::Table table_of(const std::vector<std::size_t>& categories) {
  tables::Table table;
  for (const std::size_t count : categories) {
    table.dimensions.push_back({"d", {}, std::vector<tables::Category>(count), true});
  }
  return table;
}

std::vector<Bond> bonds_of(const tables::Table& table, const std::vector<bool>& hidden) {
  Random random(1);
  return bonds(Echelon(tables::relations_of(table), hidden), random);
}

TEST(Bonds, TwoHiddenCellsOfARowAreBonded) {
  const std::vector<Bond> found = bonds_of(table_of({3}), {true, true, false, false});
  ASSERT_EQ(found.size(), 1u);
  EXPECT_EQ(found[0].cells, (std::vector<std::uint32_t>{0, 1}));
  EXPECT_EQ(found[0].factors, (std::vector<Element>{1, minus(1)}));
}

TEST(Bonds, OfThreeHiddenCellsOfARowNoneIsBonded) {
  EXPECT_TRUE(bonds_of(table_of({3}), {true, true, true, false}).empty());
}

TEST(Bonds, ADeterminedCellIsBondedWithNone) {
  EXPECT_TRUE(bonds_of(table_of({2}), {true, false, false}).empty());
}

// By cell and the cell that it gives away: how much that changes when it changes by 1.
using Telling = std::map<std::pair<std::uint32_t, std::uint32_t>, Element>;

Telling telling(const std::vector<Bond>& bonds) {
  Telling telling;
  for (const Bond& bond : bonds) {
    for (std::size_t i = 0; i < bond.cells.size(); ++i) {
      for (std::size_t j = 0; j < bond.cells.size(); ++j) {
        if (i != j) {
          telling.emplace(std::pair(bond.cells[i], bond.cells[j]),
                          times(bond.factors[j], inverse(bond.factors[i])));
        }
      }
    }
  }
  return telling;
}

// The slow twin: each hidden cell is published in turn. What the elimination then finds anew is
// bonded to it, by the share of it in the sums that give that cell away.
Telling told_when_published(const std::vector<tables::Relation>& relations,
                            std::vector<bool> hidden) {
  const auto before = eliminate(relations, hidden).determined;
  Telling telling;
  for (std::uint32_t c = 0; c < hidden.size(); ++c) {
    if (!hidden[c] || std::ranges::binary_search(before, c)) {
      continue;
    }
    hidden[c] = false;
    const Elimination after = eliminate_and_explain(relations, hidden);
    hidden[c] = true;
    for (std::size_t i = 0; i < after.determined.size(); ++i) {
      if (std::ranges::binary_search(before, after.determined[i])) {
        continue;
      }
      Element share = 0;
      for (const Weight& weight : after.reasons[i]) {
        for (const tables::Relation::Term& term : relations[weight.relation].terms) {
          if (term.cell == c) {
            share = plus(share, times(weight.coefficient, element_of(term.coefficient)));
          }
        }
      }
      telling.emplace(std::pair(c, after.determined[i]), minus(share));
    }
  }
  return telling;
}

TEST(Bonds, G1G2AreWhatPublishingACellGivesAwayInEverySmallTable) {
  for (const std::vector<std::size_t>& shape : {std::vector<std::size_t>{3}, {2, 2}, {2, 3}}) {
    const tables::Table table = table_of(shape);
    const std::vector<tables::Relation> relations = tables::relations_of(table);
    for (std::uint32_t pattern = 0; pattern < 1U << table.cell_count(); ++pattern) {
      std::vector<bool> hidden(table.cell_count());
      for (std::size_t c = 0; c < hidden.size(); ++c) {
        hidden[c] = (pattern >> c & 1U) != 0;
      }
      ASSERT_EQ(telling(bonds_of(table, hidden)), told_when_published(relations, hidden))
          << table.cell_count() << " cells, pattern " << pattern;
    }
  }
}

RC_GTEST_PROP(Bonds, G1G2AreWhatPublishingACellGivesAway, ()) {
  const tables::Table table = table_of(*rc::gen::elementOf(
      std::vector<std::vector<std::size_t>>{{5}, {3, 3}, {4, 5}, {2, 2, 3}, {3, 3, 3}}));
  std::vector<bool> hidden(table.cell_count());
  const auto rare = *rc::gen::inRange(2, 8);
  for (std::size_t c = 0; c < hidden.size(); ++c) {
    hidden[c] = *rc::gen::inRange(0, rare) == 0;
  }
  RC_ASSERT(telling(bonds_of(table, hidden)) == told_when_published(relations_of(table), hidden));
}

}  // namespace
}  // namespace parcours::sums
