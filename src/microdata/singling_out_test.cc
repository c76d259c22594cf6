#include "microdata/singling_out.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <set>

#include "microdata/draws.h"
#include "microdata/scan.h"
#include "microdata/testing/worlds.h"

namespace parcours::microdata {
namespace {

using worlds::Table;

SinglingOut single_out_all(const Microdata& data, std::size_t columns_each, std::size_t attacks,
                           int threads = 2) {
  Progress progress(Progress::Manner::none);
  const Stop stop;
  return *single_out(data, every_column(data), columns_each,
                     {.attacks = attacks, .seed = 1, .threads = threads}, progress, stop);
}

std::vector<std::uint32_t> all_of(std::size_t records) {
  std::vector<std::uint32_t> all(records);
  std::iota(all.begin(), all.end(), 0);
  return all;
}

// The slow twin of what is counted: every record against every range, in codes of one, two and four
// bytes.
TEST(ScanTest, CountsAndNearestAreThoseOfTheDefinition) {
  Random random(1);
  for (const std::uint32_t values : {3U, 5000U, 100000U}) {
    const std::size_t records = 5000;
    std::vector<std::vector<std::uint32_t>> codes(3);
    std::vector<CodeColumn> columns;
    for (auto& column : codes) {
      for (std::size_t i = 0; i < records; ++i) {
        column.push_back(random.below(random.below(values) + 1));
      }
      columns.push_back({column, values});
    }
    const Scan scan(columns, all_of(records));
    for (int trial = 0; trial < 20; ++trial) {
      const std::uint32_t target = random.below(records);
      const std::vector<CodeRange> ranges{{0, 0, codes[0][target]},
                                          {2, codes[2][target], values - 1}};
      std::uint64_t count = 0;
      std::size_t most = 0;
      std::vector<std::uint32_t> nearest;
      for (std::uint32_t i = 0; i < records; ++i) {
        count += codes[0][i] <= codes[0][target] && codes[2][i] >= codes[2][target] ? 1 : 0;
        std::size_t agree = 0;
        for (const auto& column : codes) {
          agree += column[i] == column[target] ? 1 : 0;
        }
        if (agree > most) {
          most = agree;
          nearest.clear();
        }
        if (agree == most) {
          nearest.push_back(i);
        }
      }
      ASSERT_EQ(scan.count(ranges), count);
      ASSERT_EQ(scan.nearest(std::vector{codes[0][target], codes[1][target], codes[2][target]}),
                nearest);
    }
  }
}

TEST(SinglingOutTest, AColumnOfOnesOwnSinglesOutAlwaysAndNoStranger) {
  std::vector<std::vector<std::string>> rows;
  for (int i = 0; i < 400; ++i) {
    rows.push_back({"n" + std::to_string(i)});
  }
  const SinglingOut found = single_out_all(microdata_of({"name"}, rows), 1, 200);
  EXPECT_EQ(found.exported, Share::drawn(200, 200));
  EXPECT_EQ(found.held_out, Share::drawn(0, 200));
  EXPECT_EQ(found.by_weight, 0);
}

TEST(SinglingOutTest, WhatAllHaveSinglesOutNobody) {
  const Table table(300, {7, 7});
  const SinglingOut found = single_out_all(worlds::data_of(table, 2), 2, 50);
  EXPECT_EQ(found.exported.some, 0);
  EXPECT_EQ(found.held_out.some, 0);
}

// The columns say nothing of one another and have many values, so that descriptions fit strangers
// about as chance has it; the drawn record always fits, so that the export has more.
TEST(SinglingOutTest, ChanceIsWhatStrangersFit) {
  Random random(2);
  Table table(4000);
  for (auto& row : table) {
    row = {random.below(1000), random.below(2)};
  }
  const SinglingOut found = single_out_all(worlds::data_of(table, 2), 1, 1000);
  EXPECT_NEAR(found.held_out.value(), found.by_weight, 0.06);
  EXPECT_LE(found.by_weight, std::exp(-1.0));
}

// Numbers: 0 .. 399, one each. "At least 0" and "at most 399" fit all, "= x" fits one.
TEST(SinglingOutTest, NumbersAreComparedInTheirOrderAndMissingOnesLieInNoRange) {
  std::vector<std::vector<std::string>> rows;
  for (int i = 0; i < 400; ++i) {
    rows.push_back({i % 2 == 0 ? "" : std::to_string(i)});
  }
  const Microdata data = microdata_of({"age"}, rows);
  const SinglingOut found = single_out_all(data, 1, 3000);
  // The half that is missing singles out nobody. Of the others a third are told by "=", and of "at
  // least" and "at most" only the highest and the lowest.
  EXPECT_NEAR(found.exported.value(), 0.5 / 3, 0.03);
}

TEST(SinglingOutTest, TheFiguresDoNotDependOnTheThreads) {
  const Microdata data = worlds::data_of(worlds::random_table(3000, 5, 9, 3), 5);
  const SinglingOut one = single_out_all(data, 3, 400, 1);
  const SinglingOut three = single_out_all(data, 3, 400, 3);
  EXPECT_EQ(one.exported, three.exported);
  EXPECT_EQ(one.held_out, three.held_out);
  EXPECT_EQ(one.by_weight, three.by_weight);
  EXPECT_GT(one.exported.some, 0);
}

TEST(SinglingOutTest, AdultIsSingledOutFarMoreOftenThanStrangersAre) {
  NEED_SHARED_DATA("arx_adult/adult.csv");
  const auto adult = worlds::read("arx_adult/adult.csv");
  ASSERT_TRUE(adult);
  const SinglingOut found = single_out_all(*adult, 9, 200);
  EXPECT_GT(found.advantage(), 0.1);
}

}  // namespace
}  // namespace parcours::microdata
