#include "microdata/diversity.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <map>

#include "microdata/presence.h"
#include "microdata/testing/worlds.h"

namespace parcours::microdata {
namespace {

using worlds::Table;

constexpr double infinity = std::numeric_limits<double>::infinity();

// The slow twin: the last column is sensitive, the values are 0 .. values - 1 and all there.
struct Twin {
  double fewest = infinity;
  double effective = infinity;
  double equal = 0;
  double ordered = 0;
  std::uint64_t same = 0;
};

Twin by_definition(const Table& table) {
  std::map<std::vector<std::uint32_t>, std::map<std::uint32_t, double>> classes;
  std::map<std::uint32_t, double> all;
  for (std::vector<std::uint32_t> row : table) {
    const std::uint32_t value = row.back();
    row.pop_back();
    ++classes[row][value];
    all[value] += 1.0 / static_cast<double>(table.size());
  }
  Twin twin;
  for (auto& [row, values] : classes) {
    double records = 0;
    std::vector<double> counts;
    for (const auto& [value, count] : values) {
      records += count;
      counts.push_back(count);
    }
    double entropy = 0;
    for (const double count : counts) {
      entropy -= count / records * std::log(count / records);
    }
    double equal = 0;
    double ordered = 0;
    double carried = 0;
    for (const auto& [value, share] : all) {
      equal += std::abs(values[value] / records - share) / 2;
      carried += values[value] / records - share;
      ordered += std::abs(carried);
    }
    twin.fewest = std::min(twin.fewest, static_cast<double>(counts.size()));
    twin.effective = std::min(twin.effective, std::exp(entropy));
    twin.equal = std::max(twin.equal, equal);
    twin.ordered =
        std::max(twin.ordered, all.size() > 1 ? ordered / static_cast<double>(all.size() - 1) : 0);
    twin.same += counts.size() == 1 && records > 1 ? static_cast<std::uint64_t>(records) : 0;
  }
  return twin;
}

void check_diversity(const Table& table, std::size_t columns) {
  const Microdata data = worlds::data_of(table, columns);
  ColumnChoice known = every_column(data);
  known.pop_back();
  const Diversity found = diversity(data, known, columns - 1, 2);
  const Twin twin = by_definition(table);
  ASSERT_EQ(found.fewest_values, twin.fewest);
  ASSERT_NEAR(found.least_effective_values, twin.effective, 1e-9);
  ASSERT_NEAR(found.farthest_equal, twin.equal, 1e-9);
  ASSERT_TRUE(found.farthest_ordered);
  ASSERT_NEAR(*found.farthest_ordered, twin.ordered, 1e-9);
  ASSERT_EQ(found.same_value_records, twin.same);
}

TEST(DiversityTest, IsThatOfTheDefinitionsInEverySmallWorld) {
  worlds::each_table(4, 2, 3, [](const Table& table) { check_diversity(table, 2); });
}

TEST(DiversityTest, IsThatOfTheDefinitionsInLargeWorlds) {
  for (std::uint64_t seed = 0; seed < 20; ++seed) {
    check_diversity(worlds::random_table(400, 3, 4 + static_cast<std::uint32_t>(seed), seed), 3);
  }
  check_diversity(worlds::random_table(20000, 3, 40, 30), 3);
}

TEST(DiversityTest, TextsHaveNoOrder) {
  const Microdata data =
      microdata_of({"sex", "illness"}, {{"F", "A"}, {"F", "A"}, {"F", "B"}, {"M", ""}});
  const Diversity found = diversity(data, ColumnChoice{0}, 1, 1);
  EXPECT_FALSE(found.farthest_ordered);
  EXPECT_EQ(found.fewest_values, 1);
}

void check_presence(const Table& file, const Table& people) {
  const Microdata data = worlds::data_of(file, 2);
  const auto found = presence(data, every_column(data), worlds::data_of(people, 2), 1);
  ASSERT_TRUE(found);
  double lowest = 1;
  double highest = 0;
  for (const auto& person : people) {
    const double chance =
        std::min(1.0, static_cast<double>(std::ranges::count(file, person)) /
                          static_cast<double>(std::ranges::count(people, person)));
    lowest = std::min(lowest, chance);
    highest = std::max(highest, chance);
  }
  ASSERT_DOUBLE_EQ(found->lowest, lowest);
  ASSERT_DOUBLE_EQ(found->highest, highest);
}

TEST(PresenceTest, IsThatOfTheDefinitionInEverySmallWorld) {
  worlds::each_table(2, 2, 2, [](const Table& file) {
    worlds::each_table(3, 2, 2, [&](const Table& people) { check_presence(file, people); });
  });
}

}  // namespace
}  // namespace parcours::microdata
