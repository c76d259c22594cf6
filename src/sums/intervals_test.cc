#include "sums/intervals.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <functional>

namespace parcours::sums {
namespace {

Result<std::vector<Interval>> ask(const System& system, IntervalQuestion question = {}) {
  Progress progress(Progress::Manner::none);
  return intervals(system, question, progress, Stop());
}

// The slow twin: every whole table within the ranges (the unknown ones must be bounded).
std::vector<std::optional<Range>> by_trying(const System& system) {
  std::vector<std::optional<Range>> found(system.ranges.size());
  std::vector<std::int64_t> table(system.ranges.size());
  const std::function<void(std::size_t)> fill = [&](std::size_t cell) {
    if (cell < table.size()) {
      for (std::int64_t v = system.ranges[cell].low; v <= system.ranges[cell].high; ++v) {
        table[cell] = v;
        fill(cell + 1);
      }
      return;
    }
    for (const tables::Relation& relation : system.relations) {
      std::int64_t sum = 0;
      for (const tables::Relation::Term& term : relation.terms) {
        sum += term.coefficient * table[term.cell];
      }
      if (sum != 0) {
        return;
      }
    }
    for (std::size_t c = 0; c < table.size(); ++c) {
      const Range seen = found[c].value_or(Range{table[c], table[c]});
      found[c] = {std::min(seen.low, table[c]), std::max(seen.high, table[c])};
    }
  };
  fill(0);
  return found;
}

// A table of these categories a dimension. What is hidden lies in the range; a value outside it is
// published all the same.
struct World {
  tables::Table table;
  std::vector<std::int64_t> values;
  System system;
};

World world(const std::vector<std::size_t>& categories, const std::vector<std::int64_t>& inner,
            const std::vector<bool>& hidden, Range range) {
  World made;
  for (const std::size_t count : categories) {
    made.table.dimensions.push_back({"d", {}, std::vector<tables::Category>(count), true});
  }
  const std::size_t cells = made.table.cell_count();
  made.values.assign(cells, 0);
  std::size_t next = 0;
  for (std::size_t c = 0; c < cells; ++c) {
    if (made.table.inner(c)) {
      made.values[c] = inner[next++];
    }
  }
  made.system.relations = tables::relations_of(made.table);
  for (int again = 0; again < 4; ++again) {  // totals of totals need the totals
    for (const tables::Relation& relation : made.system.relations) {
      std::int64_t sum = 0;
      for (const tables::Relation::Term& term : relation.terms) {
        sum += term.coefficient == 1 ? 0 : made.values[term.cell];
      }
      made.values[relation.terms.front().cell] = sum;
    }
  }
  for (std::size_t c = 0; c < cells; ++c) {
    const bool hide = hidden[c] && made.values[c] >= range.low && made.values[c] <= range.high;
    made.system.ranges.push_back(hide ? range : Range{made.values[c], made.values[c]});
  }
  return made;
}

TEST(Intervals, OfARowThatHidesAllThreeAreWhatTheTotalLeaves) {
  const World row = world({3}, {2, 3, 2}, {true, true, true, false}, {1, 10});
  const auto found = ask(row.system).value();
  ASSERT_EQ(found.size(), 3u);
  for (const Interval& interval : found) {
    EXPECT_EQ(interval.low, (Fraction{1, 1}));
    EXPECT_EQ(interval.high, (Fraction{5, 1}));
    EXPECT_TRUE(interval.low_sharp && interval.high_sharp);
    EXPECT_EQ(interval.reached_low, 1);
    EXPECT_EQ(interval.reached_high, 5);
  }
}

TEST(Intervals, OfACellThatSumsGiveAwayIsOneNumber) {
  const World row = world({2}, {2, 5}, {true, false, false}, {0, no_limit});
  const auto found = ask(row.system).value();
  ASSERT_EQ(found.size(), 1u);
  EXPECT_TRUE(found[0].determined());
  EXPECT_EQ(found[0].whole_low, 2);
}

TEST(Intervals, OfACellThatNothingBoundsHasNoUpperEnd) {
  const World row = world({2}, {2, 5}, {true, false, true}, {0, no_limit});
  const auto found = ask(row.system).value();
  EXPECT_FALSE(found[0].high.has_value());
  EXPECT_EQ(found[0].whole_high, no_limit);
}

TEST(Intervals, SayWhenNoNumbersFit) {
  World row = world({2}, {2, 5}, {true, true, false}, {0, 10});
  row.system.ranges = {{4, 10}, {4, 10}, {7, 7}};
  EXPECT_EQ(ask(row.system).error().fault, Fault::input);
  row.system.ranges = {{2, 2}, {5, 5}, {8, 8}};
  EXPECT_EQ(ask(row.system).error().fault, Fault::input);
}

TEST(Intervals, OfHalvesAreTheHalvesOverTheRealsAndWholeNumbersOverThose) {
  // x + y = 3, x - y = 0 holds for halves alone: 2 x = 3.
  System system;
  system.ranges = {{0, 10}, {0, 10}, {3, 3}};
  system.relations = {{{{0, 1}, {1, 1}, {2, -1}}}, {{{0, 1}, {1, -1}}}};
  EXPECT_EQ(ask(system).error().fault, Fault::input);
  // With slack: 2 x + s = 7, s from 0 to 1, so x is 3 to 7/2.
  system.ranges = {{0, 10}, {0, 1}, {7, 7}};
  system.relations = {{{{0, 2}, {1, 1}, {2, -1}}}};
  const auto found = ask(system).value();
  EXPECT_EQ(found[0].low, (Fraction{3, 1}));
  EXPECT_EQ(found[0].high, (Fraction{7, 2}));
  EXPECT_EQ(found[0].whole_low, 3);
  EXPECT_EQ(found[0].whole_high, 3);
}

// Held against every whole table that fits.
void check(const World& made, bool with_solution) {
  IntervalQuestion question;
  if (with_solution) {
    question.solution = made.values;
  }
  const auto found = ask(made.system, question).value();
  const auto truth = by_trying(made.system);
  std::size_t next = 0;
  for (std::uint32_t c = 0; c < made.values.size(); ++c) {
    if (made.system.ranges[c].known()) {
      continue;
    }
    const Interval& interval = found[next++];
    ASSERT_EQ(interval.cell, c);
    ASSERT_TRUE(truth[c].has_value());
    EXPECT_EQ(interval.whole_low, truth[c]->low);
    EXPECT_EQ(interval.whole_high, truth[c]->high);
    EXPECT_EQ(interval.reached_low, truth[c]->low);
    EXPECT_EQ(interval.reached_high, truth[c]->high);
    EXPECT_LE(interval.low.ceil(), truth[c]->low);
    ASSERT_TRUE(interval.high.has_value());
    EXPECT_GE(interval.high->floor(), truth[c]->high);
  }
}

TEST(Intervals, G2G3AreThoseOfEveryWholeTwoByTwoTable) {
  for (std::int64_t counts = 0; counts < 81; ++counts) {
    const std::vector<std::int64_t> inner = {counts % 3, counts / 3 % 3, counts / 9 % 3,
                                             counts / 27};
    for (unsigned pattern = 1; pattern < 512; pattern += 7) {
      std::vector<bool> hidden;
      for (int c = 0; c < 9; ++c) {
        hidden.push_back((pattern >> c & 1u) != 0);
      }
      check(world({2, 2}, inner, hidden, {0, 3}), counts % 2 == 0);
    }
  }
}

// A walk over very many rows: each row's two cells add up, so that a move of one moves all.
System chain(std::uint32_t cells) {
  System system;
  for (std::uint32_t c = 0; c < cells; ++c) {
    system.ranges.push_back({0, no_limit});
  }
  system.ranges.push_back({20, 20});
  for (std::uint32_t c = 0; c + 1 < cells; ++c) {
    system.relations.push_back({{{c, 1}, {c + 1, 1}, {cells, -1}}});
  }
  return system;
}

TEST(Intervals, G3OfAsMuchAsIsAskedNeedNoProgramOfTheWholePart) {
  // Longer than a search goes, shorter than the cells that a program nearby looks at; and beside it
  // a part that makes the whole larger than those.
  const std::uint32_t cells = 1'000;
  System system = chain(cells);
  const auto beside = static_cast<std::uint32_t>(system.ranges.size());
  tables::Relation row{{{0, 1}}};
  for (std::uint32_t c = 0; c < 1'500; ++c) {
    system.ranges.push_back({0, 0});
    system.ranges.back().high = 1;
    row.terms.push_back({beside + c, c % 2 == 0 ? 1 : -1});
  }
  system.ranges.push_back({0, no_limit});
  row.terms.push_back({beside + 1'500, -1});
  system.relations.push_back(row);
  IntervalQuestion question;
  question.cells = {0};
  question.enough = 11;
  question.programs = 0;
  question.solution.assign(system.ranges.size(), 0);
  for (std::uint32_t c = 0; c < cells; ++c) {
    question.solution[c] = 10;
  }
  question.solution[cells] = 20;
  question.solution[beside + 1'500] = 10;
  const auto found = ask(system, question).value();
  EXPECT_GE(found.front().reached_width(), 11);
}

RC_GTEST_PROP(Intervals, G2G3AreThoseOfEveryWholeTable, ()) {
  const auto shape = *rc::gen::elementOf(
      std::vector<std::vector<std::size_t>>{{4}, {2, 3}, {3, 3}, {2, 2, 2}, {2, 2, 3}});
  std::size_t cells = 1;
  std::size_t inner = 1;
  for (const std::size_t count : shape) {
    cells *= count + 1;
    inner *= count;
  }
  const auto values = *rc::gen::container<std::vector<std::int64_t>>(inner, rc::gen::inRange(0, 4));
  std::vector<bool> hidden(cells, false);
  for (int i = 0; i < 7; ++i) {
    hidden[*rc::gen::inRange<std::size_t>(0, cells - 1)] = true;
  }
  check(world(shape, values, hidden, {0, 6}), *rc::gen::arbitrary<bool>());
}

// Tables of up to 4 x 4 x 4 cells, half of them hidden.
World any_world() {
  const auto shape =
      *rc::gen::elementOf(std::vector<std::vector<std::size_t>>{{6}, {4, 5}, {3, 3, 3}, {4, 4, 4}});
  std::size_t cells = 1;
  std::size_t inner = 1;
  for (const std::size_t count : shape) {
    cells *= count + 1;
    inner *= count;
  }
  const auto values =
      *rc::gen::container<std::vector<std::int64_t>>(inner, rc::gen::inRange(0, 30));
  auto hidden = *rc::gen::container<std::vector<bool>>(cells, rc::gen::arbitrary<bool>());
  hidden.back() = false;
  return world(shape, values, hidden, {0, no_limit});
}

RC_GTEST_PROP(Intervals, OverTheRealsTheSameCellsAreNarrow, ()) {
  const World made = any_world();
  IntervalQuestion question;
  question.enough = *rc::gen::inRange(1, 12);
  if (*rc::gen::arbitrary<bool>()) {
    question.solution = made.values;
  }
  question.over_reals = true;
  const auto found = ask(made.system, question).value();
  const auto all = ask(made.system, {}).value();
  RC_ASSERT(found.size() == all.size());
  for (std::size_t i = 0; i < all.size(); ++i) {
    // Whole numbers may leave less than the reals do: what is narrow over the reals is narrow.
    const std::int64_t over_reals =
        all[i].high ? all[i].high->floor() - all[i].low.ceil() : no_limit;
    RC_ASSERT((found[i].width() < *question.enough) == (over_reals < *question.enough));
  }
}

}  // namespace
}  // namespace parcours::sums
