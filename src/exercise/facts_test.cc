#include "exercise/facts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parcours::exercise {
namespace {

template <class T>
T only(std::string_view sentence) {
  const auto facts = *parse_facts(sentence);
  EXPECT_EQ(facts.size(), 1);
  return std::get<T>(facts[0].known);
}

std::string error(std::string_view sentence) {
  const auto facts = parse_facts(sentence);
  return facts ? "" : facts.error().found + "; " + facts.error().right;
}

TEST(Facts, TheSentenceOfTheCaseIsUnderstood) {
  const auto facts =
      *parse_facts("age 12, F, region 84, diagnosis J45*, visit in the week of 2023-03-08");
  ASSERT_EQ(facts.size(), 5);
  EXPECT_EQ(std::get<AgeFact>(facts[0].known).years, 12);
  EXPECT_EQ(std::get<SexFact>(facts[1].known).sex, records::Sex::female);
  EXPECT_EQ(std::get<FieldFact>(facts[2].known).field, "region");
  EXPECT_EQ(std::get<FieldFact>(facts[2].known).value, "84");
  const auto& diagnosis = std::get<EventFact>(facts[3].known);
  EXPECT_EQ(diagnosis.kind, "diagnosis");
  EXPECT_EQ(diagnosis.code->text, "J45");
  EXPECT_TRUE(diagnosis.code->prefix);
  const auto& visit = std::get<EventFact>(facts[4].known);
  EXPECT_EQ(visit.kind, "consultation");
  EXPECT_EQ(to_string(visit.days->first, Calendar::dates), "2023-03-06");
  EXPECT_EQ(to_string(visit.days->last, Calendar::dates), "2023-03-12");
  EXPECT_EQ(facts[4].text, "visit in the week of 2023-03-08");
}

TEST(Facts, PeopleAreSaidInManyWays) {
  EXPECT_EQ(only<SexFact>("girl").sex, records::Sex::female);
  EXPECT_EQ(only<SexFact>("sex M").sex, records::Sex::male);
  EXPECT_EQ(only<BornFact>("born in 2011").year, 2011);
  EXPECT_EQ(only<FieldFact>("occupation school pupil").value, "school pupil");
}

TEST(Facts, TimesAreSaidInManyWays) {
  const auto days = [](std::string_view time) {
    const DayRange range = *only<EventFact>(time).days;
    return to_string(range.first, range.calendar) + " to " + to_string(range.last, range.calendar);
  };
  EXPECT_EQ(days("visit on 2023-03-06"), "2023-03-06 to 2023-03-06");
  EXPECT_EQ(days("visit in week of 2023-03-12"), "2023-03-06 to 2023-03-12");
  EXPECT_EQ(days("visit in 2024-02"), "2024-02-01 to 2024-02-29");
  EXPECT_EQ(days("visit in 2023-12"), "2023-12-01 to 2023-12-31");
  EXPECT_EQ(days("drug R03BA02 in 2023"), "2023-01-01 to 2023-12-31");
  EXPECT_EQ(days("event between 2023-01-30 and 2023-02-02"), "2023-01-30 to 2023-02-02");
  EXPECT_EQ(days("event nafld on day -12"), "day -12 to day -12");
  EXPECT_EQ(days("event between day 3 and 9"), "day 3 to day 9");
}

TEST(Facts, ACodePatternFitsInEitherCase) {
  EXPECT_TRUE((CodePattern{"j45", true}).fits("J45.0"));
  EXPECT_TRUE((CodePattern{"J45.0", false}).fits("J45.0"));
  EXPECT_FALSE((CodePattern{"J45", false}).fits("J45.0"));
  EXPECT_FALSE((CodePattern{"J45.0", true}).fits("J45"));
}

TEST(Facts, WhatIsNotUnderstoodIsNamedAndTaught) {
  EXPECT_THAT(error(""), testing::StartsWith("no fact"));
  EXPECT_THAT(error("F,,M"), testing::StartsWith("fact 2 is empty"));
  EXPECT_THAT(error("F, purple"),
              testing::StartsWith("fact 2 ('purple') is not understood; facts read"));
  EXPECT_THAT(error("age twelve"), testing::EndsWith("an age reads 'age 12'"));
  EXPECT_THAT(error("born 12"), testing::HasSubstr("born 2011"));
  EXPECT_THAT(error("visit in the week of March"), testing::HasSubstr("an event reads"));
  EXPECT_THAT(error("visit on 2023-02-30"), testing::HasSubstr("an event reads"));
  EXPECT_THAT(error("diagnosis J*5"), testing::HasSubstr("an event reads"));
  EXPECT_THAT(error("event between 2023-01-30 and 2023-01-02"),
              testing::HasSubstr("an event reads"));
  EXPECT_THAT(error("event between 2023-01-30 and 4"), testing::HasSubstr("an event reads"));
}

TEST(Facts, TheFirstTimeIsFound) {
  EXPECT_FALSE(first_time(*parse_facts("F, diagnosis J45*")));
  EXPECT_EQ(first_time(*parse_facts("F, visit in 2023, visit in 2024"))->first,
            *day_of(2023, 1, 1));
}

}  // namespace
}  // namespace parcours::exercise
