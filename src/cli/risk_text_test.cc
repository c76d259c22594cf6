#include "cli/risk_text.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "assessment/testing/example.h"
#include "cli/figures_text.h"

namespace parcours::cli {
namespace {

using testing::ContainsRegex;
using testing::HasSubstr;
using testing::Not;

TEST(RiskText, TheAnswerStandsFirst) {
  EXPECT_THAT(assessment_text(example::of_events(0.71, 0.97)),
              testing::StartsWith("7 of 10 patients are singled out by two known dated events. "));
}

TEST(RiskText, EveryFigureOfPeopleHasALineWithHowManyAndWhatShare) {
  const std::string text = assessment_text(example::of_people());
  EXPECT_THAT(text, ContainsRegex("people in the file +10,000\n"));
  EXPECT_THAT(text, ContainsRegex("people singled out by the 4 known fields +3,000 +30.00 %\n"));
  EXPECT_THAT(text, ContainsRegex("people in a group of fewer than 3 .* +5,000 +50.00 %\n"));
  EXPECT_THAT(text, ContainsRegex("2 well-chosen fields or fewer .* +900 +9.00 %\n"));
  EXPECT_THAT(text, ContainsRegex("with everybody in the file matched +42.00 %\n"));
}

TEST(RiskText, FiguresOfThePopulationStandApart) {
  const std::string text = assessment_text(example::of_people());
  EXPECT_THAT(text, ContainsRegex("\n\n  nobody else alike in the population"));
  EXPECT_THAT(text, HasSubstr("alone in all fields (Pitman)"));
  EXPECT_THAT(text, HasSubstr("Pitman 20.00 %, Zayatz 10.00 %, SNB no solution"));
  EXPECT_THAT(text, ContainsRegex("in the file \\(delta-presence\\) +75.00 %\n"));
}

TEST(RiskText, WhatIsDrawnShowsItsInterval) {
  const std::string text = assessment_text(example::of_people());
  EXPECT_THAT(text,
              ContainsRegex("fit exactly one person of the file +45.00 % \\(42.83 to 47.19\\)"));
  EXPECT_THAT(text, ContainsRegex("people in the file +[+]10.00 points"));
}

TEST(RiskText, TablesKeepTheirFiguresToThemselves) {
  const std::string text = assessment_text(example::with_attackers());
  EXPECT_THAT(text, HasSubstr("The press"));
  EXPECT_THAT(text, Not(HasSubstr("The press: patients singled out")));
}

TEST(RiskText, PeopleOfTwoExportsAreJoinedBesideChance) {
  const std::string text = assessment_text(example::of_people());
  EXPECT_THAT(text, HasSubstr("Joined with people of other.csv by sex"));
  EXPECT_THAT(text, ContainsRegex("who have a person alike in the other export +2,000 +20.00 %"));
  EXPECT_THAT(text, ContainsRegex("exactly one of the other export +1,234 +12.34 %"));
  EXPECT_THAT(text, ContainsRegex("columns shuffled +5 +0.05 %"));
  EXPECT_THAT(text, ContainsRegex("joined rightly, of 4,321 who are in both +1,200 +27.77 %"));
}

TEST(RiskText, PracticesThatAreTooSmallAreCounted) {
  EXPECT_THAT(assessment_text(example::of_both()),
              HasSubstr("40 practices: 45.20 % in the middle one; from 10.00 % to 90.00 % in 8 of "
                        "10; 2 more have too few patients to be counted here"));
}

TEST(RiskText, SmallGroupsSayHowManyTheyAreTogether) {
  EXPECT_THAT(assessment_text(example::with_attackers()), HasSubstr("all others (2 groups)"));
}

TEST(RiskText, ANameCannotMoveTheCursor) {
  assessment::Assessment assessment = example::of_people();
  assessment.people->sensitive[0].column = "job\x1b[2J";
  EXPECT_THAT(assessment_text(assessment), Not(HasSubstr("\x1b")));
}

TEST(FiguresText, LongListsOfNamesAreCutOff) {
  EXPECT_EQ(names_text({"a", "b"}), "a, b");
  EXPECT_EQ(names_text(std::vector<std::string>(14, "x")),
            "x, x, x, x, x, x, x, x, x, x, x, x and 2 more");
}

}  // namespace
}  // namespace parcours::cli
