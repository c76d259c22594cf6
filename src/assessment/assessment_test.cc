#include "assessment/assessment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "assessment/limits.h"
#include "assessment/risk_report.h"

namespace parcours {
namespace {

using testing::HasSubstr;

Assessment of_events(double by_two, double with_fields) {
  Assessment assessment;
  assessment.what = "export.csv";
  PathsAnswer& paths = assessment.paths.emplace();
  paths.patients = 100;
  paths.question.known = {1, 2};
  paths.question.within_days = {0};
  paths.curve = {{1, 0, 0.1, true, 0.1, 0.1}, {2, 0, by_two, true, by_two, by_two}};
  paths.with_fields = {{1, 0, 0.3, true, 0.3, 0.3}, {2, 0, with_fields, true, 0, 1}};
  paths.fields = {"sex", "region"};
  return assessment;
}

double measure(const Assessment& assessment, const std::string& name) {
  for (const Measure& one : measures(assessment)) {
    if (one.name == name) {
      return one.value;
    }
  }
  return -1;
}

TEST(Assessment, AShareIsSaidAsPeopleSayIt) {
  EXPECT_EQ(said(0, "patient").text, "No patient");
  EXPECT_EQ(said(1, "person").text, "All people");
  EXPECT_EQ(said(0.88, "patient").text, "9 of 10 patients");
  EXPECT_EQ(said(0.991, "patient").text, "99 of 100 patients");
  EXPECT_EQ(said(0.9999, "patient").text, "999 of 1,000 patients");
  EXPECT_FALSE(said(0.001, "patient").plural);
}

TEST(Assessment, TheAnswerIsAboutTwoEventsAndThenAboutTheFieldsToo) {
  EXPECT_EQ(answer(of_events(0.71, 0.97)),
            "7 of 10 patients are singled out by two known dated events. With sex and region known "
            "as well, 97 of 100 patients are.");
}

TEST(Assessment, SingledOutIsTheWorstOfAll) {
  EXPECT_EQ(measure(of_events(0.7, 0.9), "singled_out"), 0.9);
  EXPECT_EQ(measure(of_events(0.7, 0.5), "singled_out"), 0.7);
  EXPECT_EQ(measure(of_events(0.7, 0.9), "singled_out_by_1"), 0.1);
  EXPECT_EQ(measure(of_events(0.7, 0.9), "singled_out_by_2_with_fields"), 0.9);
}

TEST(Assessment, ALimitIsHeldToTheFigureAndNotBelowIt) {
  const auto taken = measures(of_events(0.5, 0.5));
  const auto at = *hold(*parse_limits({"singled_out=0.5"}), taken);
  EXPECT_TRUE(within(at, "export.csv"));
  const auto over = *hold(*parse_limits({"singled_out=0.49", "singled_out_by_1=1"}), taken);
  const Status refusal = within(over, "export.csv");
  ASSERT_FALSE(refusal);
  EXPECT_EQ(refusal.error().fault, Fault::rule);
  EXPECT_THAT(refusal.error().sentence(), HasSubstr("singled_out is 0.5, over the limit of 0.49"));
  EXPECT_FALSE(parse_limits({"singled_out=nan"}));
  EXPECT_FALSE(parse_limits({"singled_out=-1"}));
  EXPECT_FALSE(parse_limits({""}));
}

TEST(Assessment, ThePageSaysTheAnswerAndEscapesWhatFilesAreCalled) {
  Assessment assessment = of_events(0.71, 0.97);
  assessment.what = "<script>.csv";
  const std::string html = *risk_report(assessment, {}, "2026-03-06");
  EXPECT_THAT(html, HasSubstr("7 of 10 patients are singled out"));
  EXPECT_THAT(html, HasSubstr("&lt;script&gt;.csv"));
  EXPECT_THAT(html, HasSubstr("This file is not anonymous"));
  EXPECT_THAT(*risk_report(of_events(0, 0), {}, "2026-03-06"),
              HasSubstr("None of these attacks singled anybody out"));
}

Assessment with_attackers() {
  Assessment assessment = of_events(0.71, 0.97);
  PathsAnswer& paths = *assessment.paths;
  const auto attacker = [](const std::string& id, const std::string& title) {
    return Attacker{.id = id, .title = {title, title}, .who = {"Saw <one> visit.", ""}};
  };
  paths.attackers = {
      {attacker("press", "The press"), {"press", 100, 40, 0.5, true, 0.5, 0.5, {"region"}}},
      {attacker("insurer", "An insurer"), {"insurer", 100, 90, 0.8, true, 0.8, 0.8, {}}},
      {attacker("employer", "An employer"), {"employer", 100, 0, 0, false, 0, 0, {"kind"}}}};
  paths.timings = {{Timing::weeks, {{2, 0, 0.6, true, 0.6, 0.6}}, {100, 95, 96}}};
  paths.worst_off = WorstOff{paths.curve[1],
                             11,
                             {{"sex",
                               {{"F", 60, 0.5, 0.5, 0.5}, {"M", 29, 0.9, 0.9, 0.9}},
                               GroupRisk{"", 11, 0.7, 0.7, 0.7},
                               2}},
                             {}};
  return assessment;
}

TEST(Assessment, TheAnswerNamesTheWorstAttackerOfThoseThatApply) {
  EXPECT_THAT(answer(with_attackers()), HasSubstr("An insurer would single out 8 of 10 patients"));
  const Assessment assessment = with_attackers();
  EXPECT_EQ(measure(assessment, "attacker_press"), 0.5);
  EXPECT_EQ(measure(assessment, "attacker_employer"), -1);  // nothing was measured of it
  EXPECT_EQ(measure(assessment, "singled_out_by_2_weeks"), 0.6);
  EXPECT_EQ(measure(assessment, "whole_path_weeks"), 0.95);
}

TEST(Assessment, GroupsAreToldWorstFirstWithTheSmallOnesTogether) {
  std::vector<std::string> names;
  for (const GroupRisk& group : worst_first(with_attackers().paths->worst_off->groupings[0])) {
    names.push_back(group.group);
  }
  EXPECT_EQ(names, (std::vector<std::string>{"M", "all others", "F"}));
}

TEST(Assessment, ThePageSaysWhoCouldDoIt) {
  const std::string html = *risk_report(with_attackers(), {}, "2026-03-06");
  EXPECT_THAT(html, HasSubstr("Who could do it"));
  EXPECT_THAT(html, HasSubstr("Saw &lt;one&gt; visit. Not in this export, so not used: region."));
  EXPECT_THAT(html, HasSubstr("the week of each event"));
  EXPECT_THAT(html, HasSubstr("Who is worst off"));
  EXPECT_THAT(html, testing::Not(HasSubstr("{{")));
}

}  // namespace
}  // namespace parcours
