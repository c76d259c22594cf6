#include "study/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

namespace parcours::study {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

vocabulary::CodeBook panel_book() {
  const auto diagnosis = vocabulary::find_kind("diagnosis");
  const auto prescription = vocabulary::find_kind("prescription");
  vocabulary::CodeBook book;
  book.intern({diagnosis, "icd10", "J45.0"});
  book.intern({diagnosis, "icd10", "J45.9"});
  book.intern({diagnosis, "icd10", "E11.9"});
  book.intern({prescription, "atc", "R03BA02"});
  book.intern({prescription, "atc", "R03AC02"});
  book.intern({vocabulary::find_kind("lab"), "lab", "HBA1C"});
  book.intern({vocabulary::find_kind("history"), "icd10", "J45.9"});
  book.intern({{}, "fr-department", "75"});
  book.intern({{}, "fr-department", "69"});
  return book;
}

// A study whose one table stands by `by` the variable "v", or whatever `table` says.
std::string study_text(const std::string& variable,
                       const std::string& population = "index = 2024-01-01",
                       const std::string& table = "by = [\"v\"]") {
  return "[study]\nid = \"s\"\ntitle = \"S\"\nrules = \"r\"\nperiod = [2023-01-01, 2024-12-31]\n"
         "[population]\n" +
         population + "\n[variables]\nv = " + variable + "\n[[table]]\nid = \"t\"\n" + table + "\n";
}

Study study_of(const std::string& text) {
  auto study = parse_study(text, "s.toml", Calendar::dates);
  EXPECT_TRUE(study) << study.error().sentence();
  return *std::move(study);
}

Result<Plan> plan_of(const std::string& text, std::pair<Day, Day> vault_period = {
                                                  *day_of(2022, 1, 1), *day_of(2025, 1, 1)}) {
  static const vocabulary::CodeBook book = panel_book();
  static const std::vector<std::string> practices = {"North", "South"};
  return Plan::make(study_of(text), book, vocabulary::Vocabulary::built_in(), practices,
                    Calendar::dates, vault_period);
}

std::vector<std::string> words_of(const Result<Plan>& plan, std::string tables::Label::*language) {
  EXPECT_TRUE(plan) << plan.error().sentence();
  std::vector<std::string> words;
  for (const tables::Category& category : plan->tables()[0].dimensions.back().categories) {
    words.push_back(category.code + ": " + category.label.*language);
  }
  return words;
}

std::string error_of(const Result<Plan>& plan) {
  return plan ? "no error" : plan.error().sentence();
}

TEST(PlanCategories, AgesAreBandsOfYearsInBothLanguages) {
  const auto plan = plan_of(study_text("{ field = \"age\", bands = [1, 2, 12, 18] }"));
  EXPECT_THAT(words_of(plan, &tables::Label::en),
              ElementsAre("under1: under 1 year", "1: 1 year", "2to11: 2 to 11 years",
                          "12to17: 12 to 17 years", "18plus: 18 and over", "_U: not recorded"));
  EXPECT_THAT(words_of(plan, &tables::Label::fr),
              ElementsAre("under1: moins de 1 an", "1: 1 an", "2to11: 2 à 11 ans",
                          "12to17: 12 à 17 ans", "18plus: 18 ans et plus", "_U: non renseigné"));
}

TEST(PlanCategories, AgesThatThePopulationCannotHaveAreLeftOut) {
  const std::string six_to_fifteen = "index = 2024-01-01\nage = [6, 15]";
  EXPECT_THAT(
      words_of(plan_of(study_text("{ field = \"age\", bands = [6, 12, 18] }", six_to_fifteen)),
               &tables::Label::en),
      ElementsAre("6to11: 6 to 11 years", "12to15: 12 to 15 years"));
  EXPECT_THAT(words_of(plan_of(study_text("{ field = \"age\", bands = [12] }", six_to_fifteen)),
                       &tables::Label::en),
              ElementsAre("6to11: 6 to 11 years", "12to15: 12 to 15 years"));
}

TEST(PlanCategories, CountsBeginAtZero) {
  const auto plan = plan_of(study_text("{ count = \"diagnosis:*\", bands = [1, 3, 6] }"));
  EXPECT_THAT(words_of(plan, &tables::Label::fr),
              ElementsAre("0: 0", "1to2: 1 à 2", "3to5: 3 à 5", "6plus: 6 et plus"));
}

TEST(PlanCategories, ValuesAreHalfOpenAndMayBeMissing) {
  const auto plan = plan_of(study_text("{ last = \"lab:HBA1C\", bands = [5.7, 6.5] }"));
  EXPECT_THAT(words_of(plan, &tables::Label::en),
              ElementsAre("under5.7: under 5.7", "5.7to6.5: 5.7 to under 6.5",
                          "6.5plus: 6.5 and over", "_U: not recorded"));
  EXPECT_THAT(words_of(plan, &tables::Label::fr),
              ElementsAre("under5.7: moins de 5,7", "5.7to6.5: 5,7 à moins de 6,5",
                          "6.5plus: 6,5 et plus", "_U: non renseigné"));
}

TEST(PlanCategories, PlacesAreRaisedToTheirLevelAndNamed) {
  EXPECT_THAT(words_of(plan_of(study_text("{ field = \"place\", level = \"region\" }")),
                       &tables::Label::fr),
              ElementsAre("11: Île-de-France", "84: Auvergne-Rhône-Alpes", "_U: non renseigné"));
  EXPECT_THAT(words_of(plan_of(study_text(
                           "{ field = \"place\" }",
                           "index = 2024-01-01\nplace = { level = \"region\", is = \"84\" }")),
                       &tables::Label::fr),
              ElementsAre("69: Rhône"));
}

TEST(PlanCategories, SexesAndPracticesAreWhatThePopulationHas) {
  EXPECT_THAT(words_of(plan_of(study_text("{ field = \"sex\" }")), &tables::Label::fr),
              ElementsAre("female: femme", "male: homme", "_U: non renseigné"));
  EXPECT_THAT(
      words_of(plan_of(study_text("{ field = \"sex\" }", "index = 2024-01-01\nsex = \"male\"")),
               &tables::Label::en),
      ElementsAre("male: male"));
  EXPECT_THAT(words_of(plan_of(study_text("{ field = \"practice\" }")), &tables::Label::en),
              ElementsAre("North: North", "South: South"));
}

TEST(PlanCategories, AForgottenPracticeIsNotNamed) {
  const vocabulary::CodeBook book = panel_book();
  const std::vector<std::string> practices = {"", "North", "South"};
  EXPECT_THAT(words_of(Plan::make(study_of(study_text("{ field = \"practice\" }")), book,
                                  vocabulary::Vocabulary::built_in(), practices, Calendar::dates,
                                  std::pair(*day_of(2022, 1, 1), *day_of(2025, 1, 1))),
                       &tables::Label::en),
              ElementsAre("North: North", "South: South", "_U: not recorded"));
}

TEST(PlanCategories, CodesOfAFirstEventStandAtTheirLevelOrNone) {
  EXPECT_THAT(words_of(plan_of(study_text("{ first = \"diagnosis:*\", level = \"icd3\" }")),
                       &tables::Label::en),
              ElementsAre(HasSubstr("E11: "), "J45: Asthma", "none: none"));
}

TEST(PlanCategories, CodesOfSeveralKindsNameTheirKind) {
  const auto plan = plan_of(study_text("{ field = \"sex\" }", "index = 2024-01-01",
                                       "each = { code = \"*\", level = \"code\" }"));
  EXPECT_THAT(words_of(plan, &tables::Label::fr),
              testing::IsSupersetOf(
                  {"diagnosis:J45.9: diagnostic : Asthme", "history:J45.9: antécédent : Asthme"}));
  EXPECT_EQ(plan->tables()[0].columns, 8u);
  EXPECT_FALSE(plan->tables()[0].dimensions.back().additive);
}

TEST(PlanTables, StandInTheOrderOfTheStudyWithTheirSensitiveDimensions) {
  const auto plan = plan_of(study_text("{ field = \"sex\" }\nw = { any = \"diagnosis:J45*\" }",
                                       "index = 2024-01-01", "by = [\"v\"]\nof = \"w\""));
  ASSERT_TRUE(plan);
  const PlanTable& table = plan->tables()[0];
  EXPECT_EQ(table.cells, 6u);
  EXPECT_THAT(table.sensitive, ElementsAre(false, true));
  EXPECT_EQ(table.dimensions[1].id, "w");
  EXPECT_EQ(table.title, (tables::Label{"Patients by sex and w", "Patients par sexe et w"}));
}

TEST(PlanColumns, AreOnlyWhatTheQuestionNeeds) {
  const std::pair inside(*day_of(2023, 2, 1), *day_of(2024, 2, 1));
  const std::string each = "each = { code = \"diagnosis:*\", level = \"icd3\" }";
  const auto open =
      plan_of(study_text("{ any = \"diagnosis:J45*\" }", "index = 2024-01-01", each), inside);
  ASSERT_TRUE(open);
  EXPECT_FALSE(open->columns().day);
  EXPECT_FALSE(open->tables()[0].windowed);
  const auto bounded = plan_of(study_text("{ field = \"sex\" }", "index = 2024-01-01", each));
  ASSERT_TRUE(bounded);
  EXPECT_TRUE(bounded->columns().day);
  EXPECT_EQ(bounded->tables()[0].last, *day_of(2024, 12, 31));
  const auto valued = plan_of(study_text("{ last = \"lab:HBA1C\", bands = [5] }"));
  ASSERT_TRUE(valued);
  EXPECT_TRUE(valued->columns().value);
}

TEST(PlanMistakes, APatternThatMatchesNoCodeNamesTheNearest) {
  EXPECT_EQ(error_of(plan_of(study_text("{ any = \"prescription:R03BA2\" }"))),
            "s.toml:9: no code in the vault matches 'prescription:R03BA2'; did you mean "
            "'prescription:R03BA02'?");
  EXPECT_THAT(error_of(plan_of(study_text("{ any = \"vaccination:*\" }"))),
              HasSubstr("kinds of events in the vault: diagnosis, history, lab, prescription"));
}

TEST(PlanMistakes, AVariableThatNoTableUsesIsHeldToTheCodesAsWell) {
  EXPECT_THAT(
      error_of(plan_of(study_text("{ field = \"sex\" }\nunused = { any = \"diagnosis:Z99\" }"))),
      HasSubstr("s.toml:10: no code in the vault matches 'diagnosis:Z99'"));
}

TEST(PlanMistakes, ALevelOfAnotherCodeSystemIsRefused) {
  EXPECT_EQ(error_of(plan_of(study_text("{ first = \"diagnosis:J45*\", level = \"atc4\" }"))),
            "s.toml:9: 'diagnosis:J45.0' belongs to the code system 'icd10', which has no level "
            "'atc4'; known: chapter, icd3, icd4, code");
  EXPECT_THAT(error_of(plan_of(study_text("{ field = \"place\", level = \"icd3\" }"))),
              HasSubstr("'fr-department', which has no level 'icd3'"));
}

TEST(PlanMistakes, APlaceWhereNoPatientLivesIsRefused) {
  EXPECT_THAT(
      error_of(plan_of(study_text("{ field = \"sex\" }", "index = 2024-01-01\nplace = [\"13\"]"))),
      HasSubstr("s.toml:8: no patient in the vault has the place '13'"));
}

TEST(PlanMistakes, APeriodOutsideTheVaultIsRefused) {
  EXPECT_EQ(error_of(plan_of(study_text("{ field = \"sex\" }"),
                             {*day_of(2019, 1, 1), *day_of(2020, 1, 1)})),
            "s.toml:5: no event of the vault lies in the study's period; the vault's events run "
            "from 2019-01-01 to 2020-01-01");
}

TEST(PlanMistakes, ATableOfTooManyCellsIsRefused) {
  std::string bands = "0";
  for (int i = 1; i < 1000; ++i) {
    bands += ", " + std::to_string(i);
  }
  std::string variables = "{ field = \"sex\" }";
  for (const char* id : {"a", "b", "c", "d"}) {
    variables += std::string("\n") + id + " = { count = \"diagnosis:*\", bands = [" + bands + "] }";
  }
  EXPECT_THAT(error_of(plan_of(study_text(variables, "index = 2024-01-01",
                                          "by = [\"a\", \"b\", \"c\", \"d\"]"))),
              HasSubstr("table 't' has more than 2147483648 cells"));
}

TEST(PlanMistakes, AllOfThemAreNamed) {
  const Study study = study_of(study_text("{ any = \"diagnosis:Z99\" }\nw = { any = \"lab:X\" }"));
  const vocabulary::CodeBook book = panel_book();
  EXPECT_THAT(
      Plan::mistakes(study, book, vocabulary::Vocabulary::built_in(), {}, Calendar::dates, {}),
      testing::SizeIs(2));
}

}  // namespace
}  // namespace parcours::study
