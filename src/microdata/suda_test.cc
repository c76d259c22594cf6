#include "microdata/suda.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <bit>
#include <set>

#include "microdata/testing/worlds.h"

namespace parcours::microdata {
namespace {

using testing::ElementsAre;
using worlds::Table;

std::vector<MinimalUnique> search(const Microdata& data, const ColumnChoice& chosen,
                                  std::size_t most_columns, int threads) {
  Progress progress(Progress::Manner::none);
  const Stop stop;
  const auto found = minimal_uniques(
      code_columns(data, chosen), data.records,
      {.most_columns = most_columns, .most_found = 10'000'000, .threads = threads}, progress, stop);
  EXPECT_TRUE(found);
  return *found;
}

// The slow twin: every set of columns, by the definition.
bool alone(const Table& table, std::size_t record, std::uint32_t set) {
  for (std::size_t other = 0; other < table.size(); ++other) {
    bool alike = other != record;
    for (std::size_t i = 0; i < table[record].size(); ++i) {
      alike = alike && ((set >> i & 1U) == 0 || table[other][i] == table[record][i]);
    }
    if (alike) {
      return false;
    }
  }
  return true;
}

std::vector<MinimalUnique> by_definition(const Table& table, std::size_t columns,
                                         std::size_t most_columns) {
  std::vector<MinimalUnique> found;
  for (std::uint32_t record = 0; record < table.size(); ++record) {
    for (std::uint32_t set = 1; set < 1U << columns; ++set) {
      bool minimal = alone(table, record, set);
      for (std::size_t i = 0; i < columns; ++i) {
        const std::uint32_t less = set & ~(1U << i);
        minimal = minimal && (less == set || less == 0 || !alone(table, record, less));
      }
      // Nobody is alone in no column at all, but for a single record.
      if (minimal && static_cast<std::size_t>(std::popcount(set)) <= most_columns &&
          table.size() > 1) {
        MinimalUnique unique{record, {}};
        for (std::size_t i = 0; i < columns; ++i) {
          if ((set >> i & 1U) != 0) {
            unique.columns.insert(i);
          }
        }
        found.push_back(unique);
      }
    }
  }
  std::ranges::sort(found);
  return found;
}

void check_suda(const Table& table, std::size_t columns, std::size_t most_columns, int threads) {
  const Microdata data = worlds::data_of(table, columns);
  ASSERT_EQ(search(data, every_column(data), most_columns, threads),
            by_definition(table, columns, most_columns));
}

TEST(MinimalUniquesTest, G1AreThoseOfTheDefinitionInEverySmallWorld) {
  worlds::each_table(4, 3, 2, [](const Table& table) { check_suda(table, 3, 3, 1); });
  worlds::each_table(3, 2, 3, [](const Table& table) { check_suda(table, 2, 2, 1); });
  worlds::each_table(3, 4, 2, [](const Table& table) { check_suda(table, 4, 2, 2); });
}

RC_GTEST_PROP(MinimalUniquesTest, G1AreThoseOfTheDefinitionInRandomWorlds, ()) {
  const auto rows = *rc::gen::inRange<std::size_t>(2, 60);
  const auto columns = *rc::gen::inRange<std::size_t>(1, 7);
  const auto values = *rc::gen::inRange<std::uint32_t>(1, 6);
  const auto most = *rc::gen::inRange<std::size_t>(1, columns + 1);
  const auto threads = *rc::gen::inRange(1, 4);
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  check_suda(worlds::random_table(rows, columns, values, seed), columns, most, threads);
}

TEST(MinimalUniquesTest, G1DoNotDependOnTheThreads) {
  const Microdata data = worlds::data_of(worlds::random_table(3000, 8, 5, 4), 8);
  const ColumnChoice all = every_column(data);
  const auto one = search(data, all, 8, 1);
  EXPECT_GT(one.size(), 1000u);
  EXPECT_EQ(one, search(data, all, 8, 3));
}

TEST(MinimalUniquesTest, MoreColumnsThanAWordHasBitsAreSearchedAlike) {
  const Table few = worlds::random_table(40, 5, 3, 5);
  Table many;
  for (const auto& row : few) {
    many.push_back(row);
    many.back().resize(70, 1);  // the rest the same for all
    many.back()[69] = row[0];   // the last as the first
  }
  const auto of_many =
      search(worlds::data_of(many, 70), every_column(worlds::data_of(many, 70)), 2, 2);
  const auto of_few = by_definition(few, 5, 2);
  std::size_t expected = 0;
  for (const MinimalUnique& unique : of_few) {
    expected += unique.columns.has(0) ? 2 : 1;
  }
  EXPECT_EQ(of_many.size(), expected);
}

TEST(MinimalUniquesTest, TooManyAreAnErrorThatSaysWhatToDo) {
  const Microdata data = worlds::data_of(worlds::random_table(500, 8, 5, 6), 8);
  Progress progress(Progress::Manner::none);
  const Stop stop;
  const auto found =
      minimal_uniques(code_columns(data, every_column(data)), data.records,
                      {.most_columns = 8, .most_found = 100, .threads = 1}, progress, stop);
  ASSERT_FALSE(found);
  EXPECT_THAT(found.error().sentence(), testing::HasSubstr("fewer columns"));
}

TEST(MinimalUniquesTest, TheUserCanStopIt) {
  const Microdata data = worlds::data_of(worlds::random_table(500, 8, 5, 6), 8);
  Progress progress(Progress::Manner::none);
  Stop stop;
  stop.request();
  const auto found =
      minimal_uniques(code_columns(data, every_column(data)), data.records,
                      {.most_columns = 8, .most_found = 1000000, .threads = 2}, progress, stop);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().fault, Fault::stopped);
}

TEST(SudaTest, ScoresAreSumsOfFactorials) {
  MinimalUnique small{1, {}};
  small.columns.insert(0);
  MinimalUnique large{1, {}};
  large.columns.insert(1);
  large.columns.insert(2);
  const Suda suda = suda_scores(std::vector{small, large}, 3, 2);
  EXPECT_THAT(suda.scores, ElementsAre(0, 3));
  EXPECT_THAT(suda.by_size, ElementsAre(1, 1, 0));
  EXPECT_THAT(suda.shares, ElementsAre(2.0 / 3, 1.0 / 3, 1.0 / 3));
}

void expect_suda(const Microdata& data, const ColumnChoice& chosen,
                 const std::vector<std::uint64_t>& by_size, double sum, double highest,
                 std::ptrdiff_t records) {
  const Suda suda =
      suda_scores(search(data, chosen, chosen.size(), 2), chosen.size(), data.records);
  EXPECT_EQ(suda.by_size, by_size);
  EXPECT_EQ(suda.score_sum, sum);
  EXPECT_EQ(std::ranges::max(suda.scores), highest);
  EXPECT_EQ(std::ranges::count_if(suda.scores, [](double score) { return score > 0; }), records);
}

TEST(SudaTest, AdultHasTheMinimalUniquesThatSdcMicroFinds) {
  NEED_SHARED_DATA("arx_adult/adult.csv");
  const auto adult = worlds::read("arx_adult/adult.csv");
  ASSERT_TRUE(adult);
  expect_suda(*adult, worlds::eight_of_adult(*adult), {2, 1006, 7852, 9409, 4576, 894, 66, 6},
              1931772, 5040, 8841);
  expect_suda(*adult, every_column(*adult), {2, 1204, 14890, 26029, 15983, 4172, 498, 31, 0},
              20402731, 40326, 15512);
}

TEST(SudaTest, TestdataHasTheMinimalUniquesThatSdcMicroFinds) {
  NEED_SHARED_DATA("sdcmicro/testdata.csv");
  const auto data = worlds::read("sdcmicro/testdata.csv");
  ASSERT_TRUE(data);
  const std::vector<std::string> names{"urbrur",   "roof",  "walls", "water",
                                       "electcon", "relat", "sex"};
  const auto chosen = columns_named(*data, names);
  ASSERT_TRUE(chosen);
  expect_suda(*data, *chosen, {1, 11, 94, 86, 35, 7, 1}, 4890, 720, 157);
}

RC_GTEST_PROP(MinimalUniquesTest, G1ASampleIsHeldAgainstTheWholeFile, (std::uint32_t seed)) {
  Random random(seed);
  const Microdata data = worlds::data_of(worlds::random_table(2 + random.below(30), 4, 3, seed), 4);
  const ColumnChoice chosen = every_column(data);
  const std::vector<MinimalUnique> all = search(data, chosen, 4, 1);
  Progress progress(Progress::Manner::none);
  const Stop stop;
  const std::size_t sample = random.below(8);
  const auto drawn = *minimal_uniques(
      code_columns(data, chosen), data.records,
      {.most_columns = 4, .most_found = 1000, .threads = 2, .sample = sample, .seed = seed},
      progress, stop);
  std::set<std::uint32_t> uniques;
  std::set<std::uint32_t> looked_at;
  for (const MinimalUnique& one : all) {
    uniques.insert(one.record);
  }
  for (const MinimalUnique& one : drawn) {
    looked_at.insert(one.record);
  }
  RC_ASSERT(looked_at.size() == std::min(sample, uniques.size()));
  std::vector<MinimalUnique> of_drawn;
  std::ranges::copy_if(all, std::back_inserter(of_drawn),
                       [&](const MinimalUnique& one) { return looked_at.contains(one.record); });
  RC_ASSERT(drawn == of_drawn);
}

}  // namespace
}  // namespace parcours::microdata
