#include "assessment/limits.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "assessment/testing/example.h"

namespace parcours::assessment {
namespace {

using testing::HasSubstr;

Result<std::vector<Held>> held(const std::vector<std::string>& limits,
                               const Assessment& assessment) {
  ASSIGN_OR_RETURN(const std::vector<Limit> parsed, parse_limits(limits));
  return hold(parsed, figures(assessment));
}

std::string refusal(const std::vector<std::string>& limits, const Assessment& assessment) {
  const auto found = held(limits, assessment);
  if (!found) {
    return found.error().sentence();
  }
  const Status status = within(*found, "export.csv");
  return status ? "" : status.error().sentence();
}

TEST(Limits, AFigureAtItsLimitIsWithinIt) {
  EXPECT_EQ(refusal({"singled_out_by_2=0.5"}, example::of_events(0.5, 0.5)), "");
  EXPECT_EQ(refusal({"in_groups_below_2=0.3"}, example::of_people()), "");
}

TEST(Limits, WhatIsDrawnIsHeldByTheEndOfItsInterval) {
  EXPECT_EQ(refusal({"singled_out_by_2_with_fields=0.985"}, example::of_events(0.5, 0.97)), "");
  EXPECT_THAT(refusal({"singled_out_by_2_with_fields=0.98"}, example::of_events(0.5, 0.97)),
              HasSubstr("singled_out_by_2_with_fields is 0.97 (up to 0.985), over the limit"));
}

TEST(Limits, TheRefusalNamesEveryFigureThatIsOver) {
  const std::string told =
      refusal({"singled_out_by_1=0", "singled_out_by_2=0.9", "singled_out=0.1"},
              example::of_events(0.5, 0.5));
  EXPECT_THAT(told, HasSubstr("singled_out_by_1 is 0.1, over the limit of 0"));
  EXPECT_THAT(told, HasSubstr("singled_out is 0.5"));
  EXPECT_THAT(told, testing::Not(HasSubstr("singled_out_by_2")));
}

TEST(Limits, AFigureThatWasNotMeasuredIsAnErrorWithTheNearestThatWas) {
  EXPECT_THAT(refusal({"singled_ou=0.5"}, example::of_people()),
              HasSubstr("did you mean 'singled_out'?"));
  EXPECT_THAT(refusal({"singled_out_by_2=0.5"}, example::of_people()),
              HasSubstr("this answer has no measure 'singled_out_by_2'"));
}

TEST(Limits, ANumberOfPeopleIsNoRiskToBeLimited) {
  EXPECT_THAT(refusal({"records=1"}, example::of_people()), HasSubstr("no measure 'records'"));
}

TEST(Limits, AShareOverOneIsTakenForAPercentageAndACountIsNot) {
  EXPECT_THAT(refusal({"singled_out=51"}, example::of_people()),
              HasSubstr("a share is at most 1: 0.51 is 51 %"));
  EXPECT_EQ(refusal({"attack_recover=5"}, example::of_tables(5)), "");
  EXPECT_NE(refusal({"attack_recover=4"}, example::of_tables(5)), "");
}

TEST(Limits, AreHeldWithTheWordsOfTheirFigures) {
  const auto one = *held({"in_groups_below_11=1"}, example::of_people());
  EXPECT_EQ(one[0].what.en, "people in a group of fewer than 11 alike in all fields");
}

}  // namespace
}  // namespace parcours::assessment
