#include "assessment/figures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "assessment/assessment_json.h"
#include "assessment/testing/example.h"

namespace parcours::assessment {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

std::vector<Assessment> every_example() {
  return {example::of_both(), example::of_links(), example::of_people(), example::of_tables(5)};
}

std::vector<std::string> ids(const std::vector<Figure>& all, bool Figure::*shown) {
  std::vector<std::string> found;
  for (const Figure& figure : all) {
    if (figure.*shown) {
      found.push_back(figure.id);
    }
  }
  return found;
}

double value_of(const Assessment& assessment, const std::string& id) {
  const std::vector<Figure> all = figures(assessment);
  return find_figure(all, id)->value();
}

TEST(Figures, G1NoTwoHaveTheSameId) {
  for (const Assessment& assessment : every_example()) {
    std::set<std::string> seen;
    for (const Figure& figure : figures(assessment)) {
      EXPECT_TRUE(seen.insert(figure.id).second) << figure.id;
    }
  }
}

TEST(Figures, G2EachHasItsWordsInBothLanguages) {
  for (const Assessment& assessment : every_example()) {
    for (const Figure& figure : figures(assessment)) {
      EXPECT_NE(figure.what.en, "") << figure.id;
      EXPECT_NE(figure.what.fr, "") << figure.id;
    }
  }
}

TEST(Figures, AreTheMeasuresOfJsonWhereALimitCanBeSet) {
  for (const Assessment& assessment : every_example()) {
    const auto measures = as_json(assessment, {})["measures"];
    const std::vector<Figure> all = figures(assessment);
    EXPECT_EQ(measures.size(), ids(all, &Figure::limit).size());
    for (const Figure& figure : all) {
      EXPECT_EQ(measures.contains(figure.id), figure.limit) << figure.id;
      EXPECT_TRUE(!figure.limit || measures[figure.id] == figure.value()) << figure.id;
    }
  }
}

TEST(Figures, OfEventsBeginWithOneAndTwoKnownAndTheFields) {
  const std::vector<Figure> all = figures(example::of_events(0.71, 0.97));
  EXPECT_THAT(ids(all, &Figure::tile),
              ElementsAre("patients", "singled_out_by_1", "singled_out_by_2",
                          "singled_out_by_2_with_fields"));
  EXPECT_EQ(find_figure(all, "singled_out_by_2")->what,
            (tables::Label{"patients singled out by two known dated events",
                           "patients individualisés par deux événements datés connus"}));
  EXPECT_EQ(find_figure(all, "singled_out_by_2_with_fields")->what.en,
            "patients singled out by two known dated events, and sex and region");
}

TEST(Figures, OfPeopleBeginWithWhoIsAloneAndWhoIsInASmallGroup) {
  EXPECT_THAT(ids(figures(example::of_people()), &Figure::tile),
              ElementsAre("records", "in_groups_below_2", "in_groups_below_11", "average_match"));
  EXPECT_EQ(value_of(example::of_people(), "in_groups_below_3"), 0.5);
  EXPECT_EQ(value_of(example::of_people(), "singled_out"), 0.3);
}

TEST(Figures, BesideEventsOnlyWhoIsAloneIsWorthATile) {
  const std::vector<Figure> all = figures(example::of_both());
  EXPECT_FALSE(find_figure(all, "records")->tile);
  EXPECT_TRUE(find_figure(all, "in_groups_below_2")->tile);
}

TEST(Figures, ACountIsWhatItIsAndAShareAPartOfOne) {
  EXPECT_EQ(value_of(example::of_tables(5), "attack_recover"), 5);
  EXPECT_EQ(value_of(example::of_tables(5), "attacks_through"), 1);
  EXPECT_EQ(value_of(example::of_people(), "learnt_job"), 0.004);
}

TEST(Figures, WhatIsDrawnHasTheEndOfItsInterval) {
  const std::vector<Figure> all = figures(example::of_events(0.5, 0.97));
  EXPECT_EQ(find_figure(all, "singled_out_by_2")->high(), 0.5);
  EXPECT_EQ(find_figure(all, "singled_out_by_2_with_fields")->high(), 0.985);
  EXPECT_EQ(find_figure(all, "singled_out")->high(), 0.985);
}

TEST(Figures, OfEventsOfWhosePeopleNothingIsSaidBeginWithAllEventsToo) {
  Assessment assessment = example::of_events(0.5, 0.97);
  assessment.paths->with_fields.clear();
  assessment.paths->fields.clear();
  assessment.paths->curve.push_back({{}, 0, Share::part(0.9)});
  EXPECT_THAT(
      ids(figures(assessment), &Figure::tile),
      ElementsAre("patients", "singled_out_by_1", "singled_out_by_2", "singled_out_by_all"));
}

TEST(Figures, WithoutTwoKnownEventsNothingIsCalledSingledOut) {
  Assessment assessment = example::of_events(0.5, 0.97);
  assessment.paths->curve = {{1, 0, Share::part(0.1)}};
  const std::vector<Figure> all = figures(assessment);
  EXPECT_EQ(find_figure(all, "singled_out"), nullptr);
}

TEST(Figures, OfPeriodsAreTheWorstOfThoseThatAreTold) {
  EXPECT_EQ(value_of(example::of_links(), "joined_across_periods"), 0.8);
  Assessment none = example::of_links();
  none.paths->succession->periods.resize(1);  // nobody came back
  const std::vector<Figure> all = figures(none);
  EXPECT_EQ(find_figure(all, "joined_across_periods"), nullptr);
}

TEST(Figures, OfAnEstimateNameTheModelThatTheRuleTook) {
  const std::vector<Figure> all = figures(example::of_people());
  EXPECT_THAT(find_figure(all, "population_uniques")->what.en, HasSubstr("(Pitman)"));
}

}  // namespace
}  // namespace parcours::assessment
