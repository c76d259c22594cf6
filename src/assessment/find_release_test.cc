#include "assessment/find_release.h"

#include <gtest/gtest.h>

namespace parcours::assessment {
namespace {

// Sex by age; the girls of 6 to 11 are hidden.
tables::Table table() {
  tables::Table table;
  table.id = "t";
  table.dimensions = {{"sex", {}, {{"female", {}}, {"male", {}}}},
                      {"age", {}, {{"6to11", {}}, {"12plus", {}}}}};
  const std::vector<std::int64_t> counts = {3, 40, 43, 20, 30, 50, 23, 70, 93};
  for (const std::int64_t count : counts) {
    table.cells.push_back(
        {count < 11 ? tables::CellStatus::confidential : tables::CellStatus::published,
         count < 11 ? 0 : count,
         {}});
  }
  table.cells[1] = table.cells[3] = table.cells[4] = {tables::CellStatus::confidential, 0, {}};
  return table;
}

std::vector<std::optional<std::int64_t>> people(const std::string& sentence) {
  std::vector<std::optional<std::int64_t>> sizes;
  const ReleaseFunnel funnel = *find_in_tables({table()}, *exercise::parse_facts(sentence));
  for (const ReleaseStep& step : funnel.steps) {
    sizes.push_back(step.people);
  }
  return sizes;
}

TEST(FindRelease, EachFactLeadsToTheSmallestPublishedGroupThatFits) {
  EXPECT_EQ(people("F, age 8"), (std::vector<std::optional<std::int64_t>>{43, 23}));
  EXPECT_EQ(people("age 30, M"), (std::vector<std::optional<std::int64_t>>{70, 50}));
}

TEST(FindRelease, AFactThatNoTableHasLeadsNowhere) {
  const auto funnel =
      *find_in_tables({table()}, *exercise::parse_facts("F, region 84, diagnosis J45*"));
  EXPECT_TRUE(funnel.steps[0].in_tables);
  EXPECT_FALSE(funnel.steps[1].in_tables);
  EXPECT_FALSE(funnel.steps[2].in_tables);
  EXPECT_EQ(funnel.steps[2].people, 43);
}

std::string mistake(const std::string& sentence) {
  const auto funnel = find_in_tables({table()}, *exercise::parse_facts(sentence));
  return funnel ? "none" : funnel.error().sentence();
}

TEST(FindRelease, AValueThatNoCategoryHasIsAMistake) {
  EXPECT_EQ(mistake("age 3"),
            "--find: 'age 3' is not understood: no table has this value of age; age is one of: "
            "6to11, 12plus");
}

TEST(FindRelease, AFieldThatIsNearlyOneOfTheTablesIsAMistake) {
  tables::Table places = table();
  places.dimensions[0].id = "region";
  places.dimensions[0].categories = {{"84", {}}, {"93", {}}};
  const auto found = [&](const std::string& sentence) {
    const auto funnel = find_in_tables({places}, *exercise::parse_facts(sentence));
    return funnel ? "none" : funnel.error().sentence();
  };
  EXPECT_NE(found("regoin 84").find("no table has this field; did you mean 'region'?"),
            std::string::npos);
  EXPECT_NE(found("region 94").find("did you mean '84'? region is one of: 84, 93"),
            std::string::npos);
  EXPECT_EQ(found("region 84, F"), "none");  // no table has a sex, which may be known all the same
  EXPECT_EQ(find_in_tables({places}, *exercise::parse_facts("F"))->fields,
            (std::vector<std::string>{"region", "age"}));
}

TEST(FindRelease, ASmallCellThatIsShownIsFound) {
  tables::Table leaky = table();
  leaky.cells[0] = {tables::CellStatus::published, 3, {}};
  const auto funnel = *find_in_tables({leaky}, *exercise::parse_facts("F, age 8"));
  EXPECT_EQ(funnel.steps[1].people, 3);
}

}  // namespace
}  // namespace parcours::assessment
