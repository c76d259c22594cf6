#include "study/overlaps.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <numeric>

#include "study/plan.h"

namespace parcours::study {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using Sets = std::vector<std::vector<std::uint32_t>>;

// Two tables by these variables.
Result<Plan> two_tables(const std::string& variables, const std::string& first,
                        const std::string& second) {
  static const vocabulary::CodeBook book = [] {
    vocabulary::CodeBook made;
    for (const char* code : {"R03BA02", "R03AC02", "C07AB03"}) {
      made.intern({vocabulary::find_kind("prescription"), "atc", code});
    }
    for (const char* place : {"75", "69", "01"}) {
      made.intern({{}, "fr-department", place});
    }
    return made;
  }();
  const std::string text =
      "[study]\nid = \"s\"\ntitle = \"S\"\nrules = \"r\"\n[population]\nindex = 2024-01-01\n"
      "age = [6, 17]\n[variables]\nsex = { field = \"sex\" }\n" +
      variables + "\n[[table]]\nid = \"a\"\n" + first + "\n[[table]]\nid = \"b\"\n" + second + "\n";
  const Result<Study> study = parse_study(text, "s.toml", Calendar::dates);
  EXPECT_TRUE(study) << study.error().sentence();
  return Plan::make(*study, book, vocabulary::Vocabulary::built_in(), {}, Calendar::dates, {});
}

TEST(Overlaps, AreNotMadeWhereTablesTellTheSamePeopleApartAlike) {
  const auto plan = two_tables("age = { field = \"age\", bands = [6, 12] }",
                               "by = [\"sex\", \"age\"]", "by = [\"age\"]");
  ASSERT_TRUE(plan);
  EXPECT_THAT(plan->overlaps(), IsEmpty());
  ASSERT_THAT(plan->containings(), SizeIs(2));
}

TEST(Overlaps, TellLevelsAsTheFinerTableDoes) {
  const auto plan = two_tables(
      "region = { field = \"place\", level = \"region\" }\ndepartment = { field = \"place\" }",
      "by = [\"sex\", \"region\"]", "by = [\"department\"]");
  ASSERT_TRUE(plan) << plan.error().sentence();
  ASSERT_THAT(plan->overlaps(), SizeIs(1));
  const PlanOverlap& overlap = plan->overlaps()[0];
  EXPECT_THAT(overlap.of, ElementsAre(std::array<std::size_t, 2>{0, 1}));
  ASSERT_THAT(overlap.traits, SizeIs(1));  // sex stands in one of them alone
  EXPECT_EQ(overlap.traits[0].parts, 4u);  // three departments, and not recorded
  // Of Île-de-France one, of Auvergne-Rhône-Alpes two.
  EXPECT_THAT(overlap.traits[0].sets,
              testing::UnorderedElementsAre(SizeIs(1), SizeIs(2), SizeIs(1)));
}

TEST(Overlaps, TellBandsThatCrossAsFinelyAsBothDo) {
  const auto plan = two_tables(
      "even = { field = \"age\", bands = [6, 12] }\nodd = { field = \"age\", bands = [7, 13] }",
      "by = [\"even\"]", "by = [\"odd\"]");
  ASSERT_TRUE(plan) << plan.error().sentence();
  ASSERT_THAT(plan->overlaps(), SizeIs(2));
  // 6, 7 to 11, 12, 13 and over.
  for (const PlanOverlap& overlap : plan->overlaps()) {
    EXPECT_EQ(overlap.traits[0].parts, 4u);
    std::vector<std::uint32_t> all;
    for (const std::vector<std::uint32_t>& set : overlap.traits[0].sets) {
      all.insert(all.end(), set.begin(), set.end());
    }
    std::ranges::sort(all);
    EXPECT_THAT(all, ElementsAre(0, 1, 2, 3));  // a partition
  }
}

// What two tables of counts tell together, two of means with the same bands tell as well: of sums.
TEST(Overlaps, AreOfEveryPairOfTablesThatTellTheSame) {
  const auto plan = two_tables(
      "even = { field = \"age\", bands = [6, 12] }\nodd = { field = \"age\", bands = [7, 13] }\n"
      "drugs = { count = \"prescription:*\" , bands = [1] }",
      "by = [\"even\"]",
      "by = [\"odd\"]\n[[table]]\nid = \"c\"\nby = [\"even\"]\nmean = \"drugs\"\n"
      "[[table]]\nid = \"d\"\nby = [\"odd\"]\nmean = \"drugs\"");
  ASSERT_TRUE(plan) << plan.error().sentence();
  ASSERT_THAT(plan->overlaps(), SizeIs(2));
  for (const PlanOverlap& overlap : plan->overlaps()) {
    EXPECT_THAT(overlap.of, testing::Contains(std::array<std::size_t, 2>{2, 3}));
  }
}

TEST(Overlaps, TakeEventsOfOneCodeForOneTrait) {
  const char* variables =
      "soon = { any = \"prescription:R03*\", within = [0, 90] }\n"
      "late = { any = \"prescription:R03BA*\", within = [0, 365] }\n"
      "heart = { any = \"prescription:C07*\" }";
  const auto same = two_tables(variables, "of = \"soon\"", "of = \"late\"");
  ASSERT_TRUE(same) << same.error().sentence();
  EXPECT_THAT(same->overlaps(), SizeIs(2));
  const auto other = two_tables(variables, "of = \"soon\"", "of = \"heart\"");
  ASSERT_TRUE(other) << other.error().sentence();
  EXPECT_THAT(other->overlaps(), IsEmpty());
}

TEST(Overlaps, NestColumnsInWindowsAndPatternsThatHoldThem) {
  const auto plan =
      two_tables("late = { any = \"prescription:R03*\", within = [0, 365] }",
                 "each = { code = \"prescription:R03*\", within = [0, 90] }", "of = \"late\"");
  ASSERT_TRUE(plan) << plan.error().sentence();
  // Each of the two columns, and any of them.
  ASSERT_THAT(plan->nestings(), SizeIs(3));
  for (const PlanNesting& nesting : plan->nestings()) {
    EXPECT_EQ(nesting.inner.table, 0u);
    EXPECT_EQ(nesting.outer.table, 1u);
    EXPECT_EQ(nesting.outer.category, 0u);  // yes
  }
  const auto longer =
      two_tables("soon = { any = \"prescription:R03*\", within = [0, 30] }",
                 "each = { code = \"prescription:R03*\", within = [0, 90] }", "of = \"soon\"");
  ASSERT_TRUE(longer);
  ASSERT_THAT(longer->nestings(), SizeIs(1));  // yes in any of them
  EXPECT_EQ(longer->nestings()[0].inner.table, 1u);
  EXPECT_EQ(longer->nestings()[0].outer.category, 2u);
}

TEST(Overlaps, RefuseMoreGroupsThanCanBeProtected) {
  std::string bands = "[0";
  for (int year = 1; year < 18; ++year) {
    bands += ", " + std::to_string(year);
  }
  std::string variables;
  for (const char* name : {"a1", "a2", "a3", "b1", "b2", "b3"}) {
    variables += std::string(name) + " = { count = \"prescription:R03*\", within = [0, " +
                 (name[0] == 'a' ? "9" : "8") + name[1] + "], bands = " + bands + "] }\n";
  }
  const auto more =
      two_tables(variables, "by = [\"a1\", \"a2\", \"a3\"]", "by = [\"b1\", \"b2\", \"b3\"]");
  ASSERT_FALSE(more);
  EXPECT_THAT(more.error().sentence(), testing::HasSubstr("tables 'a' and 'b' together"));
  EXPECT_EQ(more.error().fault, Fault::input);
}

}  // namespace
}  // namespace parcours::study
