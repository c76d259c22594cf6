#include "microdata/advice.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <set>

#include "microdata/testing/worlds.h"

namespace parcours::microdata {
namespace {

using worlds::Table;

Advice advice_on(const Microdata& data, const ColumnChoice& chosen, std::size_t steps) {
  Progress progress(Progress::Manner::none);
  const Stop stop;
  return *advise(data, chosen, {.most_steps = steps, .threads = 2}, progress, stop);
}

// The slow twin: the rows without some columns, counted as they are.
Exposure exposure(const Table& table, const std::set<std::size_t>& dropped) {
  std::map<std::vector<std::uint32_t>, int> classes;
  for (std::vector<std::uint32_t> row : table) {
    for (const std::size_t column : dropped) {
      row[column] = 0;
    }
    ++classes[row];
  }
  Exposure result{0, static_cast<double>(classes.size()) / static_cast<double>(table.size())};
  for (const auto& [row, records] : classes) {
    result.uniques += records == 1 ? 1 : 0;
  }
  return result;
}

void check_advice(const Table& table, std::size_t columns) {
  const Microdata data = worlds::data_of(table, columns);
  const Advice advice = advice_on(data, every_column(data), columns);
  ASSERT_EQ(advice.now, exposure(table, {}));
  ASSERT_EQ(advice.drops.size(), columns);
  for (const DropAdvice& drop : advice.drops) {
    ASSERT_EQ(drop.without, exposure(table, {drop.column}));
    ASSERT_GE(drop.without.uniques, advice.drops.front().without.uniques);
  }
  std::set<std::size_t> dropped;
  for (const DropAdvice& step : advice.greedy) {
    ASSERT_GT(exposure(table, dropped).uniques, 0u);
    for (std::size_t other = 0; other < columns; ++other) {
      std::set<std::size_t> with_other = dropped;
      if (with_other.insert(other).second) {
        ASSERT_GE(exposure(table, with_other).uniques, step.without.uniques);
      }
    }
    dropped.insert(step.column);
    ASSERT_EQ(step.without, exposure(table, dropped));
  }
  ASSERT_EQ(exposure(table, dropped).uniques, 0u);
}

TEST(AdviceTest, TellsWhatDroppingDoesInEverySmallWorld) {
  worlds::each_table(3, 3, 2, [](const Table& table) { check_advice(table, 3); });
}

TEST(AdviceTest, TellsWhatDroppingDoesInLargeWorlds) {
  for (std::uint64_t seed = 0; seed < 5; ++seed) {
    check_advice(worlds::random_table(500, 6, 5, seed), 6);
  }
}

TEST(AdviceTest, TellsWhatCoarseningDoes) {
  const Microdata data = microdata_of(
      {"age", "sex"}, {{"1", "F"}, {"2", "F"}, {"30", "F"}, {"31", "M"}, {"100", "F"}});
  const Advice advice = advice_on(data, every_column(data), 0);
  EXPECT_THAT(advice.greedy, testing::IsEmpty());
  ASSERT_FALSE(advice.coarser.empty());
  for (const CoarsenAdvice& one : advice.coarser) {
    EXPECT_EQ(one.column, 0u);
    EXPECT_EQ(one.coarsening.kind, Coarsening::Kind::bands);
    if (one.coarsening.width == 5) {  // 1 and 2 are alike
      EXPECT_EQ(one.with.uniques, 3u);
      EXPECT_EQ(one.values, 3u);
    }
  }
}

TEST(AdviceTest, AdultIsHelpedMostByLosingTheAge) {
  NEED_SHARED_DATA("arx_adult/adult.csv");
  const auto adult = worlds::read("arx_adult/adult.csv");
  ASSERT_TRUE(adult);
  const Advice advice = advice_on(*adult, every_column(*adult), 3);
  EXPECT_EQ(advice.now.uniques, 15512u);
  EXPECT_EQ(adult->columns[advice.drops.front().column].name, "age");
  EXPECT_EQ(adult->columns[advice.coarser.front().column].name, "age");
  ASSERT_EQ(advice.greedy.size(), 3u);
  EXPECT_LT(advice.greedy[2].without.uniques, advice.greedy[0].without.uniques);
}

}  // namespace
}  // namespace parcours::microdata
