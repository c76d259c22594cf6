#include "release/recovery.h"

#include <gtest/gtest.h>

#include <array>

#include "release/testing/example.h"

namespace parcours::release {
namespace {

// A 2 x 3 table of large counts with its margins, 12 cells.
crowds::Counted two_by_three() {
  crowds::Counted counted;
  const std::vector<tables::Dimension> d = example::dimensions();
  tables::Dimension three = d[0];
  three.categories.pop_back();
  counted.tables = {{"t", {"T", "T"}, {d[1], three}, {false, false}, {}, {}}};
  for (std::uint32_t i = 0; i < 12; ++i) {
    counted.tables[0].cells.push_back({100 + i, 3, 1, i + 1, {}});
  }
  counted.population = {1000, 3, 1, 99, {}};
  return counted;
}

using Change = std::array<int, 12>;

// How the cells change together when the six inner ones change by these.
Change with_margins(const std::array<int, 6>& inner) {
  Change change{};
  for (std::size_t i = 0; i < 6; ++i) {
    const std::size_t row = i / 3;
    const std::size_t column = i % 3;
    change[row * 4 + column] += inner[i];
    change[row * 4 + 3] += inner[i];
    change[8 + column] += inner[i];
    change[11] += inner[i];
  }
  return change;
}

// Every way to change inner cells by -1, 0 or 1. The sums of a two-way table are totally
// unimodular, so that a hidden cell that can change at all can be changed by such a step.
std::vector<Change> all_changes() {
  std::vector<Change> changes;
  for (int code = 0; code < 729; ++code) {
    std::array<int, 6> inner;
    for (int i = 0, left = code; i < 6; ++i, left /= 3) {
      inner[static_cast<std::size_t>(i)] = left % 3 - 1;
    }
    changes.push_back(with_margins(inner));
  }
  return changes;
}

TEST(Recovery, AgreesWithTryingEveryOtherTableOnEveryPatternOfHiddenCells) {
  const crowds::Counted counted = two_by_three();
  const std::vector<Change> changes = all_changes();
  for (std::uint32_t pattern = 0; pattern < 4096; ++pattern) {
    std::vector<tables::Table> tables = {example::bare(counted.tables[0])};
    std::uint32_t can_change = 0;
    for (std::size_t i = 0; i < 12; ++i) {
      if (pattern >> i & 1) {
        example::hide(tables[0], i);
      }
    }
    for (const Change& change : changes) {
      std::uint32_t changed = 0;
      for (std::size_t i = 0; i < 12; ++i) {
        changed |= change[i] != 0 ? 1u << i : 0u;
      }
      can_change |= (changed & ~pattern) == 0 ? changed : 0u;
    }
    const Recovery found = recovery(counted, tables, example::rules());
    ASSERT_EQ(found.hidden, static_cast<std::uint64_t>(__builtin_popcount(pattern)));
    ASSERT_EQ(found.determined,
              static_cast<std::uint64_t>(__builtin_popcount(pattern & ~can_change)))
        << pattern;
  }
}

TEST(Recovery, TheSamePeopleInAnotherTableAreTheSameUnknown) {
  crowds::Counted counted = two_by_three();
  counted.tables.push_back(counted.tables[0]);
  std::vector<tables::Table> tables = {example::bare(counted.tables[0]),
                                       example::bare(counted.tables[1])};
  for (const std::size_t i : {0, 1, 4, 5}) {
    example::hide(tables[0], i);
  }
  EXPECT_EQ(recovery(counted, tables, example::rules()).determined, 4);
  for (const std::size_t i : {0, 1, 4, 5}) {
    example::hide(tables[1], i);
  }
  EXPECT_EQ(recovery(counted, tables, example::rules()).determined, 0);
}

}  // namespace
}  // namespace parcours::release
