#include "audit/derivation.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>

#include "audit/reasons.h"
#include "sums/elimination.h"

namespace parcours::audit {
namespace {

using Terms = std::vector<Derivation::Term>;

Derivations derived(const sums::System& system) {
  Progress progress(Progress::Manner::none);
  const Stop stop;
  return derive(system, progress, stop).value();
}

TEST(Fraction, IsReadOffItsElement) {
  for (const std::int64_t above : {1, -1, 7, -1000, 123456789}) {
    for (const std::int64_t below : {1, 2, 3, 1000, 1048575}) {
      if (std::gcd(above, below) != 1) {
        continue;
      }
      const auto read =
          fraction_of(sums::times(sums::element_of(above), sums::inverse(sums::element_of(below))));
      ASSERT_TRUE(read);
      EXPECT_EQ(read->above, above);
      EXPECT_EQ(read->below, below);
    }
  }
  EXPECT_EQ(fraction_of(0)->above, 0);
  EXPECT_FALSE(fraction_of(100'000'000'000'001));
}

TEST(Derivation, IsTheTotalLessTheOtherPart) {
  const Derivations found = derived({{{{{2, 1}, {0, -1}, {1, -1}}}}, {{0, 9}, {3, 3}, {10, 10}}});
  ASSERT_EQ(found.proved.size(), 1u);
  EXPECT_EQ(found.proved[0].terms, (Terms{{1, -1}, {2, 1}}));
  EXPECT_EQ(found.proved[0].value(), 7);
}

// x + y, y + z and z + x are published: each of them is half of something.
TEST(Derivation, MayBeAHalf) {
  const sums::System system{
      {{{{3, 1}, {0, -1}, {1, -1}}}, {{{4, 1}, {1, -1}, {2, -1}}}, {{{5, 1}, {2, -1}, {0, -1}}}},
      {{}, {}, {}, {3, 3}, {5, 5}, {4, 4}}};
  const Derivations found = derived(system);
  ASSERT_EQ(found.proved.size(), 3u);
  EXPECT_EQ(found.proved[0].over, 2);
  EXPECT_EQ(found.proved[0].terms, (Terms{{3, 1}, {4, -1}, {5, 1}}));
  EXPECT_EQ(found.proved[0].value(), 1);
}

// Of two ways to a cell the one with fewer terms: 9 - 1 - 1 - 1 or 8 - 2.
TEST(Derivation, TakesTheShorterWay) {
  const sums::System system{
      {{{{1, 1}, {0, -1}, {2, -1}, {3, -1}, {4, -1}}}, {{{5, 1}, {0, -1}, {6, -1}}}},
      {{}, {9, 9}, {1, 1}, {1, 1}, {1, 1}, {8, 8}, {2, 2}}};
  EXPECT_EQ(derived(system).proved.at(0).terms, (Terms{{5, 1}, {6, -1}}));
}

// a + b + c is published as s, and t - a - b - c - h = 0: h = t - s.
TEST(Derivation, UsesASubtotalInPlaceOfItsParts) {
  const sums::System system{
      {{{{5, 1}, {0, -1}, {1, -1}, {2, -1}, {4, -1}}}, {{{3, 1}, {0, -1}, {1, -1}, {2, -1}}}},
      {{1, 1}, {2, 2}, {3, 3}, {6, 6}, {}, {10, 10}}};
  EXPECT_EQ(derived(system).proved.at(0).terms, (Terms{{3, -1}, {5, 1}}));
}

TEST(Derivation, ThatIsNoWholeNumberIsNotPossible) {
  const Derivations found = derived({{{{{1, 1}, {0, -2}}}}, {{}, {3, 3}}});
  ASSERT_EQ(found.proved.size(), 1u);
  EXPECT_FALSE(found.proved[0].possible());
}

// Worlds of whole numbers: what is worked out is what is there, and all that elimination finds is
// worked out.
RC_GTEST_PROP(Derivation, G1G2IsTrueOfEveryWorldAndMissesNothing, ()) {
  tables::Table table{"t", {}, {}, {}, {}};
  for (int d = *rc::gen::inRange(1, 4); d > 0; --d) {
    table.dimensions.push_back(
        {"d", {}, std::vector<tables::Category>(*rc::gen::inRange<std::size_t>(2, 4)), true, {}});
  }
  sums::System system{tables::relations_of(table), std::vector<sums::Range>(table.cell_count())};
  std::vector<std::int64_t> world(table.cell_count());
  for (std::size_t i = 0; i < world.size(); ++i) {
    if (!table.inner(i)) {
      continue;
    }
    const std::int64_t patients = *rc::gen::inRange(0, 20);
    for (std::size_t to = 0; to < world.size(); ++to) {
      bool part = true;
      for (std::size_t d = 0; d < table.dimensions.size(); ++d) {
        part = part && (table.places(to)[d] == table.places(i)[d] ||
                        table.places(to)[d] == table.dimensions[d].total());
      }
      world[to] += part ? patients : 0;
    }
  }
  std::vector<bool> hidden(world.size());
  for (std::size_t c = 0; c < world.size(); ++c) {
    hidden[c] = *rc::gen::inRange(0, 5) < 2;
    system.ranges[c] = hidden[c] ? sums::Range{} : sums::Range{world[c], world[c]};
  }
  const Derivations found = derived(system);
  std::vector<std::uint32_t> cells;
  for (const Derivation& derivation : found.proved) {
    cells.push_back(derivation.cell);
    RC_ASSERT(derivation.possible());
    RC_ASSERT(derivation.value() == world[derivation.cell]);
    std::int64_t sum = 0;
    for (const Derivation::Term& term : derivation.terms) {
      RC_ASSERT(!hidden[term.cell]);
      sum += term.times * world[term.cell];
    }
    RC_ASSERT(sum == derivation.sum);
  }
  RC_ASSERT(found.unproved.empty());
  RC_ASSERT(cells == sums::eliminate(system.relations, hidden).determined);
}

}  // namespace
}  // namespace parcours::audit
