#include "microdata/classes.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "microdata/testing/worlds.h"

namespace parcours::microdata {
namespace {

using worlds::Table;

// The slow twin: rows compared as they are.
std::map<std::vector<std::uint32_t>, std::uint32_t> classes_of(const Table& table,
                                                               std::size_t without) {
  std::map<std::vector<std::uint32_t>, std::uint32_t> classes;
  for (std::vector<std::uint32_t> row : table) {
    if (without < row.size()) {
      row[without] = 0;
    }
    ++classes[row];
  }
  return classes;
}

std::vector<ClassSize> sizes_of(const Table& table, std::size_t without = ~std::size_t{0}) {
  std::map<std::uint32_t, std::uint64_t> sizes;
  for (const auto& [row, records] : classes_of(table, without)) {
    ++sizes[records];
  }
  std::vector<ClassSize> result;
  for (const auto& [records, classes] : sizes) {
    result.push_back({records, classes});
  }
  return result;
}

void check_classes(const Table& table, std::size_t columns, int threads) {
  const Microdata data = worlds::data_of(table, columns);
  const ColumnChoice all = every_column(data);
  ASSERT_EQ(count_classes(data, all, threads).sizes, sizes_of(table));
  const auto without = count_classes_without_each(code_columns(data, all), data.records, threads);
  for (std::size_t i = 0; i < columns; ++i) {
    ASSERT_EQ(without[i].sizes, sizes_of(table, i));
  }
  const Classes grouping = group(data, all, threads);
  const auto classes = classes_of(table, ~std::size_t{0});
  std::map<std::uint32_t, std::vector<std::uint32_t>> row_of_class;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const auto [at, fresh] = row_of_class.emplace(grouping.class_of[i], table[i]);
    ASSERT_EQ(at->second, table[i]);
    ASSERT_EQ(grouping.sizes[grouping.class_of[i]], classes.at(table[i]));
  }
  ASSERT_EQ(row_of_class.size(), classes.size());
  ASSERT_EQ(grouping.class_sizes().sizes, sizes_of(table));
}

TEST(ClassesTest, G1SizesAreThoseOfTheDefinitionInEverySmallWorld) {
  worlds::each_table(3, 3, 2, [](const Table& table) { check_classes(table, 3, 1); });
  worlds::each_table(4, 2, 2, [](const Table& table) { check_classes(table, 2, 2); });
}

TEST(ClassesTest, G1SizesAreThoseOfTheDefinitionInLargeOnes) {
  check_classes(worlds::random_table(20000, 4, 6, 1), 4, 3);    // one word
  check_classes(worlds::random_table(6000, 24, 9, 2), 24, 2);   // two
  check_classes(worlds::random_table(3000, 40, 12, 3), 40, 2);  // mixed
}

RC_GTEST_PROP(ClassesTest, G1GroupsDoNotDependOnTheThreads, ()) {
  const auto rows = *rc::gen::inRange<std::size_t>(1, 20000);
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  const Microdata data = worlds::data_of(worlds::random_table(rows, 3, 20, seed), 3);
  const ColumnChoice all = every_column(data);
  const Classes one = group(data, all, 1);
  const Classes three = group(data, all, 3);
  RC_ASSERT(one.class_of == three.class_of);
  RC_ASSERT(one.sizes == three.sizes);
}

TEST(ClassesTest, WithoutAColumnAllAreAlike) {
  const Microdata data = worlds::data_of({{1}, {2}, {3}}, 1);
  EXPECT_THAT(count_classes(data, {}, 1).sizes, testing::ElementsAre(ClassSize{3, 1}));
}

TEST(ClassesTest, AdultHasTheClassesThatOtherToolsFind) {
  NEED_SHARED_DATA("arx_adult/adult.csv");
  const auto adult = worlds::read("arx_adult/adult.csv");
  ASSERT_TRUE(adult) << adult.error().sentence();
  const ClassSizes nine = count_classes(*adult, every_column(*adult), 2);
  EXPECT_EQ(nine.records(), 30162u);
  EXPECT_EQ(nine.classes(), 19502u);
  EXPECT_EQ(nine.uniques(), 15512u);
  const ClassSizes eight = count_classes(*adult, worlds::eight_of_adult(*adult), 2);
  EXPECT_EQ(eight.classes(), 12458u);
  EXPECT_EQ(eight.uniques(), 8841u);
}

}  // namespace
}  // namespace parcours::microdata
