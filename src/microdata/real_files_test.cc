// Every engine on real files of different kinds, so that what a file brings (missing values,
// columns of one value, columns of a value for everybody, dozens of columns) is met by all of them.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "microdata/advice.h"
#include "microdata/diversity.h"
#include "microdata/flat_risk.h"
#include "microdata/linkage.h"
#include "microdata/population_uniques.h"
#include "microdata/singling_out.h"
#include "microdata/suda.h"
#include "microdata/testing/worlds.h"

namespace parcours::microdata {
namespace {

Progress unseen(Progress::Manner::none);
const Stop never;

Suda suda_of(const Microdata& data, const ColumnChoice& chosen, std::size_t most_columns) {
  const auto found = minimal_uniques(
      code_columns(data, chosen), data.records,
      {.most_columns = most_columns, .most_found = 5'000'000, .threads = 2}, unseen, never);
  EXPECT_TRUE(found);
  return suda_scores(*found, chosen.size(), data.records);
}

TEST(RealFilesTest, ACensusOfTwentyFourColumnsIsJudged) {
  NEED_SHARED_DATA("nist_ma2019/ma2019.csv");
  const auto data = worlds::read("nist_ma2019/ma2019.csv", {.missing = {"N"}, .threads = 2});
  ASSERT_TRUE(data) << data.error().sentence();
  const ColumnChoice all = every_column(*data);
  ASSERT_EQ(all.size(), 24u);
  const ClassSizes sizes = count_classes(*data, all, 2);
  EXPECT_EQ(sizes.records(), data->records);
  EXPECT_GT(sizes.uniques(), data->records * 9 / 10);
  EXPECT_GT(population_uniques(sizes, 0.1).dankar, 0.5);
  const Suda suda = suda_of(*data, all, 2);
  EXPECT_EQ(suda.by_size.size(), 24u);
  EXPECT_GT(suda.uniques(), 0u);
  const ColumnChoice few{1, 2, 3};
  EXPECT_LE(diversity(*data, few, 14, 2).farthest_equal, 1);
  EXPECT_TRUE(single_out(*data, all, 4, {.attacks = 50, .seed = 1, .threads = 2}, unseen, never));
  EXPECT_TRUE(infer(*data, few, 14, {.attacks = 50, .seed = 1, .threads = 2}, unseen, never));
  EXPECT_TRUE(link_halves(*data, few, {.attacks = 50, .seed = 1, .threads = 2}, unseen, never));
}

TEST(RealFilesTest, AHouseholdSurveyWithWeightsIsJudged) {
  NEED_SHARED_DATA("sdcmicro/testdata.csv");
  const auto data =
      worlds::read("sdcmicro/testdata.csv", {.weight = "sampling_weight", .threads = 2});
  ASSERT_TRUE(data);
  const std::vector<std::string> names{"urbrur",   "roof",  "walls", "water",
                                       "electcon", "relat", "sex"};
  const auto chosen = columns_named(*data, names);
  ASSERT_TRUE(chosen);
  const KMap map = k_map_by_weights(*data, *chosen, 2);
  const MatchRisk here = prosecutor_risk(count_classes(*data, *chosen, 2));
  EXPECT_LT(map.journalist_risk().average, here.average);
  EXPECT_EQ(map.not_covered, 0u);
}

// 50 columns, one of which is everybody's own and some of which have one value.
TEST(RealFilesTest, HospitalStaysOfFiftyColumnsAreJudged) {
  NEED_SHARED_DATA("diabetes130/diabetic_data.csv.gz");
  const auto data =
      worlds::read("diabetes130/diabetic_data.csv.gz", {.missing = {"?"}, .threads = 2});
  ASSERT_TRUE(data) << data.error().sentence();
  const ColumnChoice all = every_column(*data);
  ASSERT_EQ(all.size(), 50u);
  EXPECT_EQ(data->records, 101766u);
  EXPECT_EQ(count_classes(*data, all, 2).uniques(), 101766u);
  const Suda suda = suda_of(*data, all, 1);
  EXPECT_GT(std::ranges::min(suda.scores), 0);  // by the number of the stay
  EXPECT_GE(suda.by_size[0], 101766u);
  const auto advice =
      advise(*data, ColumnChoice{2, 3, 4, 9, 18}, {.most_steps = 2, .threads = 2}, unseen, never);
  ASSERT_TRUE(advice);
  EXPECT_EQ(data->columns[advice->drops.front().column].name, "diag_1");
}

}  // namespace
}  // namespace parcours::microdata
