#include "sums/real_move.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

#include "sums/intervals.h"
#include "tables/table.h"

namespace parcours::sums {
namespace {

// A cube of 2 x 2 x 2 inner counts. Two-way and grand totals are published, the rest is hidden.
struct Cube {
  explicit Cube(const std::vector<std::int64_t>& inner) {
    for (const char* id : {"a", "b", "c"}) {
      table.dimensions.push_back({id, {}, std::vector<tables::Category>(2), true});
    }
    system.relations = tables::relations_of(table);
    for (std::size_t cell = 0; cell < table.cell_count(); ++cell) {
      const auto places = table.places(cell);
      std::int64_t sum = 0;
      for (std::size_t i = 0; i < inner.size(); ++i) {
        const std::size_t at[] = {i / 4, i / 2 % 2, i % 2};
        const bool in = std::ranges::equal(places, at, [](std::size_t place, std::size_t of) {
          return place == 2 || place == of;
        });
        sum += in ? inner[i] : 0;
      }
      counts.push_back(sum);
      const bool hidden = std::ranges::count(places, 2u) % 2 == 0;
      system.ranges.push_back(hidden ? Range{0, no_limit} : Range{sum, sum});
    }
  }

  std::vector<std::int64_t> by_unknown(const Equations& equations) const {
    std::vector<std::int64_t> solution;
    for (std::uint32_t u = 0; u < equations.unknowns(); ++u) {
      solution.push_back(counts[equations.cell(u)]);
    }
    return solution;
  }

  tables::Table table;
  System system;
  std::vector<std::int64_t> counts;  // by cell
};

double value(const Fraction& fraction) {
  return static_cast<double>(fraction.above) / static_cast<double>(fraction.below);
}

RC_GTEST_PROP(RealMoves, GoAsFarAsTheBoundsOverTheReals, ()) {
  const Cube cube(*rc::gen::container<std::vector<std::int64_t>>(8, rc::gen::inRange(0, 9)));
  const Equations equations = Equations::of(cube.system).value();
  const std::vector<std::int64_t> solution = cube.by_unknown(equations);
  RealMoves moves(equations, solution);
  for (std::uint32_t u = 0; u < equations.unknowns(); ++u) {
    moves.set_free(u, true);
  }
  Progress progress(Progress::Manner::none);
  const auto bounds = intervals(cube.system, {}, progress, Stop()).value();
  RC_ASSERT(bounds.size() == equations.unknowns());
  for (std::uint32_t u = 0; u < equations.unknowns(); ++u) {
    const auto at = static_cast<double>(solution[u]);
    RC_ASSERT(std::abs(at - moves.reach(u, -1, 1'000)->by - value(bounds[u].low)) < 1e-6);
    RC_ASSERT(std::abs(at + moves.reach(u, 1, 1'000)->by - value(*bounds[u].high)) < 1e-6);
  }
}

// One of 50 rows makes good what the unknown takes from its own, but stands in so many rows that
// thousands of others, which cannot move, come before it.
TEST(RealMoves, FindWhatWouldCarryThemFurther) {
  System system;
  std::vector<std::int64_t> counts;
  const auto cell = [&](std::int64_t count) {
    counts.push_back(count);
    system.ranges.push_back({0, no_limit});
    return static_cast<std::uint32_t>(counts.size() - 1);
  };
  const std::uint32_t asked = cell(1);
  const std::uint32_t giver = cell(100);
  tables::Relation own{{{asked, 1}, {giver, 1}}};
  for (int i = 0; i < 20'000; ++i) {
    own.terms.push_back({cell(0), 1});
  }
  const auto add = [&](tables::Relation relation) {
    std::int64_t sum = 0;
    for (const tables::Relation::Term& term : relation.terms) {
      sum += term.coefficient * counts[term.cell];
    }
    counts.push_back(sum);
    system.ranges.push_back({sum, sum});
    relation.terms.push_back({static_cast<std::uint32_t>(counts.size() - 1), -1});
    system.relations.push_back(std::move(relation));
  };
  add(std::move(own));
  for (int i = 0; i < 50; ++i) {
    add({{{giver, 1}, {cell(100), 1}}});
  }
  const Equations equations = Equations::of(system).value();
  std::vector<std::int64_t> solution;
  for (std::uint32_t u = 0; u < equations.unknowns(); ++u) {
    solution.push_back(counts[equations.cell(u)]);
  }
  RealMoves moves(equations, solution);
  for (std::uint32_t u = 0; u < equations.unknowns(); ++u) {
    moves.set_free(u, true);
  }
  EXPECT_EQ(moves.reach(equations.unknown(asked), 1, 11)->by, 11);
}

TEST(RealMoves, UseWhatIsFreeAlone) {
  const Cube cube({5, 5, 5, 5, 5, 5, 5, 5});
  const Equations equations = Equations::of(cube.system).value();
  RealMoves moves(equations, cube.by_unknown(equations));
  EXPECT_EQ(moves.reach(0, 1, 3)->by, 0);
  moves.set_free(0, true);
  EXPECT_EQ(moves.reach(0, 1, 3)->by, 0) << "nothing else in its rows may move";
  for (std::uint32_t u = 0; u < equations.unknowns(); ++u) {
    moves.set_free(u, true);
  }
  EXPECT_EQ(moves.reach(0, 1, 3)->by, 3);
  moves.set_free(1, false);
  const auto reach = moves.reach(0, 1, 3);
  EXPECT_EQ(std::ranges::count(reach->moved, 1u, &RealMoves::Moved::unknown), 0);
}

// One row of a free unknown and two others: it takes the one whose steps cost less.
TEST(RealMoves, FreeWhatCostsLeast) {
  const System system{{{{{0, 1}, {1, 1}, {2, 1}, {3, -1}}}},
                      {{0, no_limit}, {0, no_limit}, {0, no_limit}, {60, 60}}};
  const Equations equations = Equations::of(system).value();
  RealMoves moves(equations, std::vector<std::int64_t>{20, 20, 20});
  moves.set_free(0, true);
  EXPECT_EQ(moves.apart(0, 11)->width(), 0);
  moves.set_prices({10, 100, 10});
  const auto apart = moves.apart_by_freeing(0, 11);
  EXPECT_EQ(apart->width(), 11);
  EXPECT_EQ(std::ranges::count(apart->up.moved, 2u, &RealMoves::Moved::unknown), 1);
  EXPECT_EQ(std::ranges::count(apart->up.moved, 1u, &RealMoves::Moved::unknown), 0);
  EXPECT_EQ(moves.apart(0, 11)->width(), 0) << "what it would free is not free";
}

RC_GTEST_PROP(RealMoves, G1WhatMovesIsFreeAndKeepsEverySumAndRange, ()) {
  const Cube cube(*rc::gen::container<std::vector<std::int64_t>>(8, rc::gen::inRange(0, 9)));
  const Equations equations = Equations::of(cube.system).value();
  const std::vector<std::int64_t> solution = cube.by_unknown(equations);
  RealMoves moves(equations, solution);
  const auto free = *rc::gen::container<std::vector<bool>>(
      equations.unknowns(), rc::gen::weightedElement<bool>({{5, true}, {1, false}}));
  for (std::uint32_t u = 0; u < equations.unknowns(); ++u) {
    moves.set_free(u, free[u]);
  }
  for (std::uint32_t u = 0; u < equations.unknowns(); ++u) {
    const auto apart = moves.apart(u, 5);
    for (const RealMoves::Reach* reach : {&apart->down, &apart->up}) {
      std::vector<double> sums(equations.rows(), 0);
      for (const auto& [unknown, by] : reach->moved) {
        RC_ASSERT(free[unknown]);
        const double to = static_cast<double>(solution[unknown]) + by;
        const Range& range = equations.range(unknown);
        RC_ASSERT(to > static_cast<double>(range.low) - 1e-6);
        RC_ASSERT(range.high == no_limit || to < static_cast<double>(range.high) + 1e-6);
        for (const Equations::Term& in : equations.column(unknown)) {
          sums[in.index] += by * in.coefficient;
        }
      }
      RC_ASSERT(std::ranges::all_of(sums, [](double sum) { return std::abs(sum) < 1e-6; }));
    }
  }
}

// All of a chain move together or none does: x1 = x2 = ... = xn, of which a program of the unknowns
// near one sees a part.
TEST(RealMoves, LookFurtherWhereWhatIsNearDoesNotMoveFarEnough) {
  constexpr std::uint32_t cells = 1'000;
  System system;
  system.ranges.assign(cells, Range{0, no_limit});
  for (std::uint32_t cell = 0; cell + 1 < cells; ++cell) {
    system.relations.push_back({{{cell, 1}, {cell + 1, -1}}});
  }
  const Equations equations = Equations::of(system).value();
  RealMoves moves(equations, std::vector<std::int64_t>(equations.unknowns(), 5));
  for (std::uint32_t u = 0; u < equations.unknowns(); ++u) {
    moves.set_free(u, true);
  }
  const auto up = moves.reach(0, 1, 3);
  EXPECT_EQ(up->by, 3);
  EXPECT_EQ(up->moved.size(), cells);
  const auto apart = moves.apart(0, 8);
  EXPECT_EQ(apart->width(), 8);
}

// Two cubes that no sum links.
TEST(RealMoves, LeaveWhereItWasWhatAnEarlierMoveCarried) {
  const Cube one({5, 5, 5, 5, 5, 5, 5, 5});
  Cube both = one;
  for (tables::Relation relation : one.system.relations) {
    for (tables::Relation::Term& term : relation.terms) {
      term.cell += static_cast<std::uint32_t>(one.counts.size());
    }
    both.system.relations.push_back(std::move(relation));
  }
  both.system.ranges.insert(both.system.ranges.end(), one.system.ranges.begin(),
                            one.system.ranges.end());
  both.counts.insert(both.counts.end(), one.counts.begin(), one.counts.end());
  const Equations equations = Equations::of(both.system).value();
  RealMoves moves(equations, both.by_unknown(equations));
  for (std::uint32_t u = 0; u < equations.unknowns(); ++u) {
    moves.set_free(u, true);
  }
  const auto half = static_cast<std::uint32_t>(equations.unknowns() / 2);
  EXPECT_EQ(moves.reach(0, 1, 3)->by, 3);
  const auto second = moves.reach(half, 1, 3);
  EXPECT_EQ(second->by, 3);
  EXPECT_TRUE(std::ranges::all_of(
      second->moved, [&](const RealMoves::Moved& moved) { return moved.unknown >= half; }));
}

// Random sums of ten unknowns, some of them sums or differences of others.
struct SumsWithRepeats {
  std::vector<std::int64_t> solution;
  System distinct;
  System repeated;
};

SumsWithRepeats any_sums_with_repeats() {
  SumsWithRepeats sums;
  sums.solution = *rc::gen::container<std::vector<std::int64_t>>(10, rc::gen::inRange(0, 9));
  sums.distinct.ranges.assign(10, Range{0, no_limit});
  const auto rows = *rc::gen::inRange(1, 6);
  for (int r = 0; r < rows; ++r) {
    const auto in = *rc::gen::container<std::vector<int>>(10, rc::gen::inRange(-1, 3));
    tables::Relation relation;
    std::int64_t sum = 0;
    for (std::uint32_t u = 0; u < in.size(); ++u) {
      const std::int32_t coefficient = in[u] == 2 ? 0 : in[u];
      relation.terms.push_back({u, coefficient});
      sum += coefficient * sums.solution[u];
    }
    relation.terms.push_back({static_cast<std::uint32_t>(sums.distinct.ranges.size()), -1});
    sums.distinct.ranges.push_back({sum, sum});
    sums.distinct.relations.push_back(std::move(relation));
  }
  sums.repeated = sums.distinct;
  const auto repeats = *rc::gen::inRange(1, 6);
  for (int i = 0; i < repeats; ++i) {
    tables::Relation both;
    for (const int sign : {1, *rc::gen::element(-2, -1, 1, 2)}) {
      for (tables::Relation::Term term : (*rc::gen::elementOf(sums.repeated.relations)).terms) {
        term.coefficient *= sign;
        both.terms.push_back(term);
      }
    }
    sums.repeated.relations.push_back(std::move(both));
  }
  return sums;
}

RC_GTEST_PROP(RealMoves, GoAsFarWhereSumsFollowFromOthers, ()) {
  const SumsWithRepeats sums = any_sums_with_repeats();
  const Equations distinct = Equations::of(sums.distinct).value();
  const Equations repeated = Equations::of(sums.repeated).value();
  RealMoves one(distinct, sums.solution);
  RealMoves other(repeated, sums.solution);
  for (std::uint32_t u = 0; u < 10; ++u) {
    one.set_free(u, true);
    other.set_free(u, true);
  }
  for (std::uint32_t u = 0; u < 10; ++u) {
    for (const int direction : {-1, 1}) {
      const double by = one.reach(u, direction, 20)->by;
      RC_ASSERT(std::abs(other.reach(u, direction, 20)->by - by) < 1e-6);
    }
  }
}

TEST(RealMoves, CountWholeNumbersAlone) {
  EXPECT_EQ(whole_numbers_between(1.5, 2.5), 3);
  EXPECT_EQ(whole_numbers_between(2.9999999, 0), 3);
}

}  // namespace
}  // namespace parcours::sums
