#include "assessment/assessment.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "assessment/answer.h"
#include "assessment/figures.h"
#include "assessment/limits.h"
#include "assessment/testing/example.h"
#include "assessment/words.h"

namespace parcours::assessment {
namespace {

using example::of_events;
using example::with_attackers;
using testing::ElementsAre;
using testing::HasSubstr;

double measure(const Assessment& assessment, const std::string& name) {
  const std::vector<Figure> all = figures(assessment);
  const Figure* figure = find_figure(all, name);
  return figure == nullptr ? -1 : figure->value();
}

Share drawn(double part) {
  return Share::drawn(part * 1000, 1000);
}

TEST(Answer, FewPeopleAreNotRoundedAway) {
  const auto text = [](double share) { return said(Share::part(share), Whom::patients).text.en; };
  EXPECT_EQ(text(0.0000076), "8 of 1,000,000 patients");
  EXPECT_EQ(text(0.00001), "1 of 100,000 patients");
  EXPECT_EQ(text(0.99999), "99,999 of 100,000 patients");
  EXPECT_EQ(text(0.9993), "999 of 1,000 patients");
  EXPECT_EQ(text(1), "All patients");
}

TEST(Assessment, AShareIsSaidAsPeopleSayIt) {
  EXPECT_EQ(said(Share::part(0), Whom::patients).text,
            (tables::Label{"No patient", "Aucun patient"}));
  EXPECT_EQ(said(Share::part(1), Whom::people).text,
            (tables::Label{"All people", "Toutes les personnes"}));
  EXPECT_EQ(said(Share::part(0.88), Whom::patients).text,
            (tables::Label{"9 of 10 patients", "9 patients sur 10"}));
  EXPECT_EQ(said(Share::part(0.991), Whom::lines).text,
            (tables::Label{"99 of 100 lines", "99 lignes sur 100"}));
  EXPECT_EQ(said(Share::part(0.9999), Whom::patients).text,
            (tables::Label{"9,999 of 10,000 patients", "9\u202f999 patients sur 10\u202f000"}));
  EXPECT_EQ(said(Share::part(0.001), Whom::people).text,
            (tables::Label{"1 of 1,000 people", "1 personne sur 1\u202f000"}));
  EXPECT_FALSE(said(Share::part(0.001), Whom::patients).plural);
  // Nobody and everybody of a sample are not nobody and everybody.
  EXPECT_EQ(said(drawn(1), Whom::patients).text.en, "Nearly all patients");
  EXPECT_EQ(said(drawn(0), Whom::people).text.fr, "Presque aucune personne");
}

TEST(Assessment, TheAnswerIsAboutTwoEventsAndThenAboutTheFieldsToo) {
  EXPECT_EQ(answer(of_events(0.71, 0.97)),
            "7 of 10 patients are singled out by two known dated events. With sex and region known "
            "as well, 97 of 100 patients are.");
}

TEST(Assessment, TheAnswerIsFrenchToo) {
  const auto french = [](const Assessment& assessment) {
    std::vector<std::string> sentences;
    std::ranges::transform(answers(assessment), std::back_inserter(sentences), &tables::Label::fr);
    return sentences;
  };
  EXPECT_THAT(
      french(with_attackers()),
      ElementsAre(
          "7 patients sur 10 sont individualisés par deux événements datés connus.",
          "Si l’on connaît aussi les variables « sex » et « region », 97 patients sur 100 le sont.",
          "L’assureur individualiserait 8 patients sur 10 parmi ceux dont "
          "suffisamment d’événements lui sont connus."));
  EXPECT_THAT(
      french(of_events(0, 0)),
      ElementsAre(
          "Aucun patient n’est individualisé par deux événements datés connus.",
          "Si l’on connaît aussi les variables « sex » et « region », presque aucun patient ne l’est."));
  EXPECT_THAT(
      french(of_events(0.001, 0.01)),
      ElementsAre(
          "1 patient sur 1\u202f000 est individualisé par deux événements datés "
          "connus.",
          "Si l’on connaît aussi les variables « sex » et « region », 1 patient sur 100 l’est."));
  EXPECT_THAT(french(example::of_people()),
              ElementsAre("3 personnes sur 10 sont individualisées par les 4 variables connues."));
  EXPECT_THAT(french(example::of_tables(0)),
              ElementsAre("Aucune des 2 attaques menées contre ces tableaux n’a abouti."));
  EXPECT_THAT(french(example::of_tables(5)),
              ElementsAre("Sur 2 attaques menées contre ces tableaux, 1 a abouti."));
}

TEST(Assessment, SingledOutIsTheWorstOfAll) {
  EXPECT_EQ(measure(of_events(0.7, 0.9), "singled_out"), 0.9);
  EXPECT_EQ(measure(of_events(0.7, 0.5), "singled_out"), 0.7);
  EXPECT_EQ(measure(of_events(0.7, 0.9), "singled_out_by_1"), 0.1);
  EXPECT_EQ(measure(of_events(0.7, 0.9), "singled_out_by_2_with_fields"), 0.9);
}

TEST(Assessment, ALimitIsHeldToTheFigureAndNotBelowIt) {
  const auto taken = figures(of_events(0.5, 0.5));
  // What is drawn is held by the end of its interval.
  const auto at = *hold(*parse_limits({"singled_out=0.985", "singled_out_by_2=0.5"}), taken);
  EXPECT_TRUE(within(at, "export.csv"));
  EXPECT_FALSE(within(*hold(*parse_limits({"singled_out=0.9"}), taken), "export.csv"));
  const auto over = *hold(*parse_limits({"singled_out=0.49", "singled_out_by_1=1"}), taken);
  const Status refusal = within(over, "export.csv");
  ASSERT_FALSE(refusal);
  EXPECT_EQ(refusal.error().fault, Fault::rule);
  EXPECT_THAT(refusal.error().sentence(),
              HasSubstr("singled_out is 0.5 (up to 0.985), over the limit of 0.49"));
  EXPECT_FALSE(parse_limits({"singled_out=nan"}));
  EXPECT_FALSE(parse_limits({"singled_out=-1"}));
  EXPECT_FALSE(parse_limits({""}));
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
  std::vector<tables::Label> names;
  for (const ToldGroup& group : worst_first(with_attackers().paths->worst_off->groupings[0])) {
    names.push_back(group.name);
  }
  EXPECT_THAT(names,
              ElementsAre(tables::Label{"M", "M"},
                          tables::Label{"all others (2 groups)", "tous les autres (2 groupes)"},
                          tables::Label{"F", "F"}));
}

TEST(Assessment, GroupsAreCalledInFrenchAsInEnglish) {
  const auto french = [](const std::string& by, const std::string& group) {
    return worst_first({by, {{group, 11, Share::part(0.5)}}, {}, 0})[0].name.fr;
  };
  EXPECT_EQ(french("age", "0-5"), "0 à 5 ans");
  EXPECT_EQ(french("age", "75+"), "75 ans et plus");
  EXPECT_EQ(french("rarest code", "101-1,000"), "101 à 1\u202f000");
  EXPECT_EQ(french("rarest code", "over 1,000"), "plus de 1\u202f000");
  EXPECT_EQ(french("region", ""), "non connu");
}

}  // namespace
}  // namespace parcours::assessment
