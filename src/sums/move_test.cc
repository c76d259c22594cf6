#include "sums/move.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>

#include "tables/table.h"

namespace parcours::sums {
namespace {

// A two-way table of these inner counts, all of them hidden, its margins published.
System square(const std::vector<std::int64_t>& inner, std::size_t columns) {
  tables::Table table;
  table.dimensions = {{"r", {}, std::vector<tables::Category>(inner.size() / columns), true},
                      {"c", {}, std::vector<tables::Category>(columns), true}};
  System system;
  system.relations = tables::relations_of(table);
  std::size_t next = 0;
  for (std::size_t c = 0; c < table.cell_count(); ++c) {
    const auto places = table.places(c);
    if (table.inner(c)) {
      ++next;
      system.ranges.push_back({0, no_limit});
      continue;
    }
    std::int64_t sum = 0;
    for (std::size_t i = 0; i < inner.size(); ++i) {
      const bool row = places[0] == table.dimensions[0].total() || places[0] == i / columns;
      const bool column = places[1] == table.dimensions[1].total() || places[1] == i % columns;
      sum += row && column ? inner[i] : 0;
    }
    system.ranges.push_back({sum, sum});
  }
  return system;
}

TEST(Moves, CarryACellAroundASquare) {
  const std::vector<std::int64_t> counts = {3, 9, 8, 7};
  const Equations equations = Equations::of(square(counts, 2)).value();
  Moves moves(equations, counts);
  const Moves::Reach up = moves.reach(0, 1, 100);
  EXPECT_EQ(up.by, 8);  // the cell below has no more to give
  EXPECT_EQ(up.shifts, (std::vector<Shift>{{0, 8}, {1, -8}, {2, -8}, {3, 8}}));
  EXPECT_EQ(moves.reach(0, -1, 100).by, 3);
  EXPECT_EQ(moves.reach(0, 1, 5).by, 5);
}

TEST(Moves, BeginWhereTheirCellsWereLastSet) {
  const std::vector<std::int64_t> counts = {3, 9, 8, 7};
  const Equations equations = Equations::of(square(counts, 2)).value();
  Moves moves(equations, counts);
  const std::vector<std::int64_t> moved = {5, 7, 6, 9};
  moves.set_solution(std::vector<std::uint32_t>{0, 1, 2, 3}, moved);
  EXPECT_EQ(moves.reach(0, 1, 100).by, 6);
  moves.start_from(std::vector<Shift>{{0, 1}, {1, -1}, {2, -1}, {3, 1}});
  EXPECT_EQ(moves.reach(0, 1, 100).by, 5);
  moves.start_from({});
  EXPECT_EQ(moves.reach(0, -1, 100).by, 5);
}

TEST(Moves, TryNoHarderThanTheyAreAsked) {
  const std::vector<std::int64_t> counts = {3, 9, 8, 7};
  const Equations equations = Equations::of(square(counts, 2)).value();
  Moves moves(equations, counts);
  moves.set_effort({.steps = 2});
  EXPECT_EQ(moves.reach(0, 1, 8).by, 0);  // the way round takes three steps
  moves.set_effort({.steps = 3});
  EXPECT_EQ(moves.reach(0, 1, 8).by, 8);
}

TEST(Moves, G2UseFreeCellsAloneAndFreeTheCheapest) {
  // Row 1 of three; the way round goes over columns 1 or 2.
  const std::vector<std::int64_t> counts = {3, 9, 9, 8, 7, 7};
  const Equations equations = Equations::of(square(counts, 3)).value();
  Moves moves(equations, counts);
  for (std::uint32_t u = 1; u < 6; ++u) {
    moves.set_free(u, false);
  }
  EXPECT_EQ(moves.reach(0, 1, 100).by, 0);
  moves.set_prices({1, 10, 5, 1, 10, 5});
  const auto move = moves.cheapest(0, 1, 4);
  ASSERT_TRUE(move.has_value());
  EXPECT_EQ(*move, (std::vector<Shift>{{0, 4}, {2, -4}, {3, -4}, {5, 4}}));
  EXPECT_FALSE(moves.cheapest(0, 1, 9).has_value());
}

RC_GTEST_PROP(Moves, G1BalanceAndStayWithinRanges, ()) {
  const auto columns = *rc::gen::inRange<std::size_t>(2, 5);
  const auto rows = *rc::gen::inRange<std::size_t>(2, 5);
  const auto counts =
      *rc::gen::container<std::vector<std::int64_t>>(rows * columns, rc::gen::inRange(0, 30));
  const Equations equations = Equations::of(square(counts, columns)).value();
  Equations::Part everything;
  everything.unknowns.resize(equations.unknowns());
  everything.rows.resize(equations.rows());
  std::iota(everything.unknowns.begin(), everything.unknowns.end(), 0);
  std::iota(everything.rows.begin(), everything.rows.end(), 0);
  Moves moves(equations, counts);
  for (std::uint32_t u = 0; u < equations.unknowns(); ++u) {
    if (*rc::gen::inRange(0, 3) == 0) {
      moves.set_free(u, false);
    }
  }
  for (std::uint32_t u = 0; u < equations.unknowns(); ++u) {
    for (const int direction : {-1, 1}) {
      if (!moves.free(u)) {
        continue;
      }
      const Moves::Reach reach = moves.reach(u, direction, 20);
      std::vector<std::int64_t> after = counts;
      for (const Shift& shift : reach.shifts) {
        RC_ASSERT(moves.free(shift.unknown));
        after[shift.unknown] += shift.by;
      }
      RC_ASSERT(after[u] == counts[u] + direction * reach.by);
      RC_ASSERT(equations.solves(everything, after, 1));
    }
  }
}

}  // namespace
}  // namespace parcours::sums
