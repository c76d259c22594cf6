#include "sums/elimination.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>

namespace parcours::sums {
namespace {

// The slow twin: dense Gaussian elimination over the rationals.
struct Ratio {
  Int128 above = 0;
  Int128 below = 1;
};

Ratio reduced(Int128 above, Int128 below) {
  Int128 a = above < 0 ? -above : above;
  for (Int128 b = below < 0 ? -below : below; b != 0;) {
    a = std::exchange(b, a % b);
  }
  return below < 0 ? Ratio{-above / a, -below / a} : Ratio{above / a, below / a};
}
Ratio operator*(Ratio a, Ratio b) {
  return reduced(a.above * b.above, a.below * b.below);
}
Ratio operator/(Ratio a, Ratio b) {
  return reduced(a.above * b.below, a.below * b.above);
}
Ratio operator-(Ratio a, Ratio b) {
  return reduced(a.above * b.below - b.above * a.below, a.below * b.below);
}

std::vector<std::uint32_t> determined_by_fractions(std::span<const tables::Relation> relations,
                                                   const std::vector<bool>& hidden) {
  std::vector<std::vector<Ratio>> rows;
  for (const tables::Relation& relation : relations) {
    std::vector<Ratio> row(hidden.size());
    for (const tables::Relation::Term& term : relation.terms) {
      row[term.cell].above += hidden[term.cell] ? term.coefficient : 0;
    }
    rows.push_back(row);
  }
  std::size_t done = 0;
  for (std::size_t c = 0; c < hidden.size() && done < rows.size(); ++c) {
    const auto pivot = std::find_if(rows.begin() + static_cast<std::ptrdiff_t>(done), rows.end(),
                                    [&](const auto& row) { return row[c].above != 0; });
    if (pivot == rows.end()) {
      continue;
    }
    std::swap(*pivot, rows[done]);
    for (std::size_t r = 0; r < rows.size(); ++r) {
      if (r == done || rows[r][c].above == 0) {
        continue;
      }
      const Ratio factor = rows[r][c] / rows[done][c];
      for (std::size_t k = c; k < hidden.size(); ++k) {
        rows[r][k] = rows[r][k] - factor * rows[done][k];
      }
    }
    ++done;
  }
  std::vector<std::uint32_t> found;
  for (std::size_t r = 0; r < done; ++r) {
    const auto is_set = [](const Ratio& entry) { return entry.above != 0; };
    if (std::count_if(rows[r].begin(), rows[r].end(), is_set) == 1) {
      const auto at = std::find_if(rows[r].begin(), rows[r].end(), is_set);
      found.push_back(static_cast<std::uint32_t>(at - rows[r].begin()));
    }
  }
  std::sort(found.begin(), found.end());
  return found;
}

tables::Table square(std::size_t categories, std::size_t dimensions = 2) {
  tables::Table table{"t", {}, {}, {}, {}};
  for (std::size_t d = 0; d < dimensions; ++d) {
    table.dimensions.push_back({"d", {}, std::vector<tables::Category>(categories), true});
  }
  return table;
}

std::vector<bool> pattern(std::uint64_t bits, std::size_t cells) {
  std::vector<bool> hidden(cells);
  for (std::size_t c = 0; c < cells; ++c) {
    hidden[c] = (bits >> c & 1) != 0;
  }
  return hidden;
}

// What the combination of the reason's relations leaves of the hidden cells is this cell alone.
bool gives_away(std::span<const tables::Relation> relations, const std::vector<bool>& hidden,
                std::uint32_t cell, const Combination& reason) {
  std::map<std::uint32_t, Element> sums;
  for (const Weight& weight : reason) {
    for (const tables::Relation::Term& term : relations[weight.relation].terms) {
      if (hidden[term.cell]) {
        Element& sum = sums[term.cell];
        sum = plus(sum, times(weight.coefficient, element_of(term.coefficient)));
      }
    }
  }
  std::erase_if(sums, [](const auto& sum) { return sum.second == 0; });
  return sums == std::map<std::uint32_t, Element>{{cell, 1}};
}

TEST(Elimination, FindsTheOneHiddenPartOfATotal) {
  const std::vector<tables::Relation> relations = {{{{2, 1}, {0, -1}, {1, -1}}}};
  EXPECT_EQ(eliminate(relations, {true, false, false}).determined, std::vector<std::uint32_t>{0});
  EXPECT_TRUE(eliminate(relations, {true, true, false}).determined.empty());
}

TEST(Elimination, SaysNothingOfACellThatStandsInNoRelation) {
  EXPECT_TRUE(eliminate({}, {true, true}).determined.empty());
}

TEST(Elimination, SeesACellThatOneRelationHoldsTwice) {
  EXPECT_TRUE(
      eliminate(std::vector<tables::Relation>{{{{0, 1}, {0, -1}}}}, {true}).determined.empty());
  EXPECT_EQ(eliminate(std::vector<tables::Relation>{{{{0, 1}, {0, 1}}}}, {true}).determined.size(),
            1u);
}

TEST(Elimination, SeesThroughACycleInThreeDimensionsThatNoSingleSumShows) {
  // x + y, y + z and z + x are known, so each of them is: (x + y) - (y + z) + (z + x) = 2 x.
  const std::vector<tables::Relation> relations = {
      {{{3, 1}, {0, -1}, {1, -1}}}, {{{4, 1}, {1, -1}, {2, -1}}}, {{{5, 1}, {2, -1}, {0, -1}}}};
  EXPECT_EQ(eliminate(relations, pattern(0b000111, 6)).determined.size(), 3u);
}

TEST(Elimination, G1AgreesWithFractionsOnEveryPatternOfATwoByTwoTable) {
  const std::vector<tables::Relation> relations = tables::relations_of(square(2));
  for (std::uint64_t bits = 0; bits < 1 << 9; ++bits) {
    const std::vector<bool> hidden = pattern(bits, 9);
    ASSERT_EQ(eliminate(relations, hidden).determined, determined_by_fractions(relations, hidden))
        << "pattern " << bits;
  }
}

TEST(Elimination, G1AgreesWithFractionsOnEveryPatternOfAThreeByThreeTable) {
  const std::vector<tables::Relation> relations = tables::relations_of(square(3));
  for (std::uint64_t bits = 0; bits < 1 << 16; ++bits) {
    const std::vector<bool> hidden = pattern(bits, 16);
    ASSERT_EQ(eliminate(relations, hidden).determined, determined_by_fractions(relations, hidden))
        << "pattern " << bits;
  }
}

RC_GTEST_PROP(Elimination, G1AgreesWithFractionsOnThreeDimensions, ()) {
  const std::vector<tables::Relation> relations = tables::relations_of(square(2, 3));
  const std::vector<bool> hidden = pattern(*rc::gen::inRange<std::uint64_t>(0, 1 << 27), 27);
  RC_ASSERT(eliminate(relations, hidden).determined == determined_by_fractions(relations, hidden));
}

std::vector<tables::Relation> any_relations(std::uint32_t cells) {
  std::vector<tables::Relation> relations(*rc::gen::inRange<std::size_t>(0, 12));
  for (tables::Relation& relation : relations) {
    for (int terms = *rc::gen::inRange(0, 5); terms > 0; --terms) {
      relation.terms.push_back(
          {*rc::gen::inRange<std::uint32_t>(0, cells), *rc::gen::inRange(-2, 3)});
    }
  }
  return relations;
}

RC_GTEST_PROP(Elimination, G1AgreesWithFractionsOnAnyRelations, ()) {
  const std::vector<tables::Relation> relations = any_relations(10);
  const std::vector<bool> hidden = pattern(*rc::gen::inRange<std::uint64_t>(0, 1 << 10), 10);
  RC_ASSERT(eliminate(relations, hidden).determined == determined_by_fractions(relations, hidden));
}

RC_GTEST_PROP(Elimination, G2EveryReasonLeavesItsCellAlone, ()) {
  const std::vector<tables::Relation> relations = any_relations(10);
  const std::vector<bool> hidden = pattern(*rc::gen::inRange<std::uint64_t>(0, 1 << 10), 10);
  const Elimination elimination = eliminate_and_explain(relations, hidden);
  RC_ASSERT(elimination.reasons.size() == elimination.determined.size());
  for (std::size_t i = 0; i < elimination.determined.size(); ++i) {
    RC_ASSERT(gives_away(relations, hidden, elimination.determined[i], elimination.reasons[i]));
  }
}

TEST(Elimination, G2EveryReasonLeavesItsCellAloneInALargeTable) {
  const std::vector<tables::Relation> relations = tables::relations_of(square(9, 3));
  std::vector<bool> hidden(1000);
  Random random(7);
  for (std::size_t c = 0; c < hidden.size(); ++c) {
    hidden[c] = random.below(10) < 4;
  }
  const Elimination elimination = eliminate_and_explain(relations, hidden);
  ASSERT_GT(elimination.determined.size(), 10u);
  for (std::size_t i = 0; i < elimination.determined.size(); ++i) {
    ASSERT_TRUE(gives_away(relations, hidden, elimination.determined[i], elimination.reasons[i]));
  }
}

TEST(Echelon, DrawsSolutionsOfEveryRelation) {
  const std::vector<tables::Relation> relations = tables::relations_of(square(5, 3));
  std::vector<bool> hidden(216);
  Random random(3);
  for (std::size_t c = 0; c < hidden.size(); ++c) {
    hidden[c] = random.below(2) == 0;
  }
  const Echelon echelon(relations, hidden);
  const std::vector<Element> solution = echelon.draw(random);
  std::vector<Element> by_cell(hidden.size());
  for (std::size_t u = 0; u < solution.size(); ++u) {
    by_cell[echelon.cells()[u]] = solution[u];
  }
  for (const tables::Relation& relation : relations) {
    Element sum = 0;
    for (const tables::Relation::Term& term : relation.terms) {
      sum = plus(sum, times(element_of(term.coefficient), by_cell[term.cell]));
    }
    EXPECT_EQ(sum, 0u);
  }
}

}  // namespace
}  // namespace parcours::sums
