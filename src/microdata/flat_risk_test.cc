#include "microdata/flat_risk.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "microdata/testing/worlds.h"

namespace parcours::microdata {
namespace {

using worlds::Table;

// The slow twin: for each record, who is alike in the other table.
std::uint64_t alike(const std::vector<std::uint32_t>& row, const Table& in) {
  return static_cast<std::uint64_t>(std::ranges::count(in, row));
}

void check_flat_risk(const Table& file, const Table& people) {
  const Microdata data = worlds::data_of(file, 2);
  const Microdata population = worlds::data_of(people, 2);
  const auto map = k_map(data, every_column(data), population, 2);
  ASSERT_TRUE(map);
  double sum = 0;
  double highest = 0;
  std::uint64_t below = 0;
  std::uint64_t not_covered = 0;
  for (const auto& row : file) {
    const std::uint64_t here = alike(row, file);
    const std::uint64_t there = std::max(alike(row, people), here);
    not_covered += alike(row, people) < here ? 1 : 0;
    const double chance = 1.0 / static_cast<double>(there);
    sum += chance;
    highest = std::max(highest, chance);
    below += there < 2 ? 1 : 0;
  }
  const MatchRisk risk = map->journalist_risk();
  ASSERT_NEAR(risk.average, sum / static_cast<double>(file.size()), 1e-12);
  ASSERT_DOUBLE_EQ(risk.highest, highest);
  ASSERT_EQ(map->records_below(2), below);
  ASSERT_EQ(map->not_covered, not_covered);
}

TEST(FlatRiskTest, TheJournalistsRiskIsThatOfTheDefinitionInEverySmallWorld) {
  worlds::each_table(2, 2, 2, [](const Table& file) {
    worlds::each_table(3, 2, 2, [&](const Table& people) { check_flat_risk(file, people); });
  });
  check_flat_risk(worlds::random_table(200, 2, 9, 1), worlds::random_table(2000, 2, 9, 2));
}

TEST(FlatRiskTest, TheProsecutorsRiskIsOneOverTheClass) {
  const ClassSizes sizes{{{1, 2}, {2, 1}}};
  const MatchRisk risk = prosecutor_risk(sizes);
  EXPECT_DOUBLE_EQ(risk.highest, 1);
  EXPECT_DOUBLE_EQ(risk.average, 0.75);
  EXPECT_EQ(sizes.records_below(2), 2u);
  EXPECT_EQ(sizes.records_below(3), 4u);
}

TEST(FlatRiskTest, WeightsStandForThePeopleOfThePopulation) {
  Microdata data = worlds::data_of({{1}, {1}, {2}, {3}}, 1);
  data.weights = {10, 5.4, 4, 0.2};
  const KMap map = k_map_by_weights(data, every_column(data), 1);
  EXPECT_EQ(map.records_below(4), 1u);
  EXPECT_EQ(map.records_below(5), 2u);
  EXPECT_EQ(map.records_below(15), 2u);
  EXPECT_EQ(map.records_below(16), 4u);
  EXPECT_DOUBLE_EQ(map.journalist_risk().average, (2.0 / 15 + 0.25 + 1) / 4);
}

TEST(FlatRiskTest, APopulationWithoutTheColumnIsAnError) {
  const Microdata data = microdata_of({"region"}, {{"1"}});
  const Microdata other = microdata_of({"regoin"}, {{"1"}});
  const auto map = k_map(data, every_column(data), other, 1);
  ASSERT_FALSE(map);
  EXPECT_THAT(map.error().sentence(), testing::HasSubstr("did you mean 'regoin'?"));
}

TEST(FlatRiskTest, AdultHasTheAverageRiskThatArxFinds) {
  NEED_SHARED_DATA("arx_adult/adult.csv");
  const auto adult = worlds::read("arx_adult/adult.csv");
  ASSERT_TRUE(adult);
  const auto average = [&](const ColumnChoice& chosen) {
    return prosecutor_risk(count_classes(*adult, chosen, 1)).average;
  };
  EXPECT_NEAR(average(every_column(*adult)), 0.646575, 5e-7);
  EXPECT_NEAR(average(worlds::eight_of_adult(*adult)), 0.413036, 5e-7);
}

}  // namespace
}  // namespace parcours::microdata
