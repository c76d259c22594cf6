#include "study/mean_ties.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <limits>

namespace parcours::study {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;

constexpr double open = std::numeric_limits<double>::infinity();

std::array<double, 2> between(double low, double high) {
  return {low, high};
}

Plan plan_of(const std::string& variables, const std::string& first, const std::string& second) {
  vocabulary::CodeBook book;
  for (const char* code : {"R03BA02", "R03AC02"}) {
    book.intern({vocabulary::find_kind("prescription"), "atc", code});
  }
  const std::string text =
      "[study]\nid = \"s\"\ntitle = \"S\"\nrules = \"r\"\n[population]\nindex = 2024-01-01\n"
      "[variables]\nsex = { field = \"sex\" }\n" +
      variables + "\n[[table]]\nid = \"a\"\n" + first + "\n[[table]]\nid = \"b\"\n" + second + "\n";
  const Result<Study> study = parse_study(text, "s.toml", Calendar::dates);
  EXPECT_TRUE(study) << study.error().sentence();
  Result<Plan> plan =
      Plan::make(*study, book, vocabulary::Vocabulary::built_in(), {}, Calendar::dates, {});
  EXPECT_TRUE(plan) << plan.error().sentence();
  return *std::move(plan);
}

TEST(MeanTies, BoundACountByItsBands) {
  const Plan plan = plan_of(
      "n = { count = \"prescription:R03*\", within = [0, 90] }\n"
      "banded = { count = \"prescription:R03*\", within = [0, 90], bands = [0, 1, 3] }",
      "by = [\"sex\"]\nmean = \"n\"", "by = [\"sex\"]\nof = \"banded\"");
  ASSERT_THAT(plan.mean_ties(), SizeIs(1));
  const PlanMeanTie& tie = plan.mean_ties()[0];
  EXPECT_THAT(tie.match.dimensions, ElementsAre(std::array<std::size_t, 2>{0, 0}));
  EXPECT_EQ(tie.dimension, 1);
  EXPECT_THAT(tie.bounds, ElementsAre(between(0, 0), between(1, 2), between(3, open)));
  EXPECT_THAT(plan.mean_orders(), IsEmpty());
}

TEST(MeanTies, BoundTheCountOfALongWindowByAShortOneFromBelow) {
  const Plan plan = plan_of(
      "year = { count = \"prescription:R03*\", within = [0, 365] }\n"
      "soon = { any = \"prescription:R03BA02\", within = [0, 90] }",
      "by = [\"sex\"]\nmean = \"year\"", "of = \"soon\"");
  ASSERT_THAT(plan.mean_ties(), SizeIs(1));
  EXPECT_THAT(plan.mean_ties()[0].bounds, ElementsAre(between(1, open), between(0, open)));
}

TEST(MeanTies, OrderCountsOfWhichOneSeesAllEventsOfTheOther) {
  const char* variables =
      "year = { count = \"prescription:R03*\", within = [0, 365] }\n"
      "soon = { count = \"prescription:R03BA02\", within = [0, 90] }";
  const Plan plan =
      plan_of(variables, "by = [\"sex\"]\nmean = \"soon\"", "by = [\"sex\"]\nmean = \"year\"");
  ASSERT_THAT(plan.mean_orders(), SizeIs(1));
  EXPECT_EQ(plan.mean_orders()[0].match.a, 1);
  EXPECT_EQ(plan.mean_orders()[0].match.b, 0);
  EXPECT_FALSE(plan.mean_orders()[0].same);
}

}  // namespace
}  // namespace parcours::study
