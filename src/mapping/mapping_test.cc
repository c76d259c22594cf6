#include "mapping/mapping.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "mapping/testing/trial.h"

namespace parcours::mapping {
namespace {

using ::testing::HasSubstr;

constexpr const char* good = R"(calendar = "dates"
period = "2024"

[patients]
file = "p.csv"
patient = "id"
practice = "practice"
birth_year = "born"
sex = { column = "sex", female = ["F"], male = ["M"] }
place = { column = "dept", system = "fr-department" }

[[events]]
file = "e.csv"
patient = "id"
practice = "practice"
day = { column = "date", format = "%d/%m/%Y" }
kind = "kind"
code = "code"
system = { diagnosis = "icd10", lab = "lab" }
value = "value"
where = { column = "code", not = ["?"] }
)";

std::string mistake(std::string_view line, std::string_view instead) {
  std::string text = good;
  const std::size_t at = text.find(line);
  EXPECT_NE(at, std::string::npos) << line;
  text.replace(at, line.size(), instead);
  Trial trial;
  trial.file("p.csv", "id,practice,born,sex,dept\n")
      .file("e.csv", "id,practice,date,kind,code,value\n");
  return trial.run(text).error;
}

TEST(Mapping, AGoodOneIsTaken) {
  EXPECT_EQ(mistake("period", "period"), "");
}

TEST(Mapping, G1AnUnknownKeyIsNamedWithTheNearest) {
  EXPECT_EQ(mistake("birth_year", "brith_year"),
            "m.toml:8: unknown key 'brith_year' in [patients]; did you mean 'birth_year'?");
  EXPECT_THAT(mistake("period", "perod"), HasSubstr("m.toml:2: unknown key 'perod'"));
  EXPECT_THAT(mistake("format =", "fromat ="),
              HasSubstr("m.toml:16: unknown key 'fromat' in 'day' in [[events]]; did you mean"));
  EXPECT_THAT(mistake("female", "femal"), HasSubstr("m.toml:9: unknown key 'femal' in 'sex'"));
}

TEST(Mapping, G1AMissingColumnIsNamedWithTheNearest) {
  EXPECT_EQ(mistake("\"born\"", "\"borne\""),
            "m.toml:8: p.csv has no column 'borne'; did you mean 'born'?");
  EXPECT_EQ(mistake("value = \"value\"", "value = \"valu\""),
            "m.toml:20: e.csv has no column 'valu'; did you mean 'value'?");
  EXPECT_THAT(mistake("{ column = \"code\", not", "{ column = \"cod\", not"),
              HasSubstr("m.toml:21: e.csv has no column 'cod'"));
}

TEST(Mapping, G1AKindThatIsNoColumnIsMeantForEveryRow) {
  EXPECT_THAT(mistake("kind = \"kind\"", "kind = \"diagnosis\""),
              HasSubstr("m.toml:17: e.csv has no column 'diagnosis'; a string names a column; if "
                        "every row is of this kind, write kind = { constant = \"diagnosis\" }"));
}

TEST(Mapping, G1AnUnknownKindIsNamedWithTheNearest) {
  EXPECT_EQ(mistake("kind = \"kind\"", "kind = { constant = \"diagnossis\" }"),
            "m.toml:17: unknown kind 'diagnossis'; did you mean 'diagnosis'?");
  EXPECT_THAT(mistake("kind = \"kind\"", "kind = { column = \"kind\", map = { d = \"labb\" } }"),
              HasSubstr("m.toml:17: unknown kind 'labb'; did you mean 'lab'?"));
  EXPECT_THAT(mistake("diagnosis = \"icd10\"", "diagnosys = \"icd10\""),
              HasSubstr("m.toml:19: unknown kind 'diagnosys'"));
}

TEST(Mapping, G1AKindWithoutASystemIsSaid) {
  EXPECT_THAT(mistake("kind = \"kind\"", "kind = { constant = \"vital\" }"),
              HasSubstr("m.toml:19: the kind 'vital' has no code system"));
}

TEST(Mapping, G1ADateFormatIsChecked) {
  EXPECT_THAT(mistake("%d/%m/%Y", "%d/%m/%Q"), HasSubstr("m.toml:16: '%d/%m/%Q' is not a date"));
}

TEST(Mapping, G1WhatIsMissingIsShown) {
  EXPECT_THAT(
      mistake("calendar = \"dates\"\n", ""),
      HasSubstr("the mapping has no 'calendar'; write, for instance, calendar = \"dates\""));
  EXPECT_THAT(mistake("patient = \"id\"\n", ""), HasSubstr("[patients] has no 'patient'"));
  EXPECT_THAT(mistake("day = { column", "#"), HasSubstr("m.toml:12: [[events]] has no 'day'"));
}

TEST(Mapping, G1TheCalendarDecidesHowAgesAreSaid) {
  EXPECT_THAT(mistake("\"dates\"", "\"days\""),
              HasSubstr("m.toml:8: birth_year does not fit this calendar; with the calendar "
                        "'days' or 'order'"));
  EXPECT_THAT(mistake("birth_year", "age"), HasSubstr("with the calendar 'dates', write "
                                                      "birth_year or birth_date"));
  EXPECT_THAT(mistake("\"dates\"", "\"date\""),
              HasSubstr("m.toml:1: unknown calendar 'date'; did you mean 'dates'?"));
}

TEST(Mapping, G1OtherMistakesAreOneErrorEach) {
  EXPECT_THAT(mistake("\"p.csv\"", "\"q.csv\""),
              HasSubstr("m.toml:4: q.csv: there is no such file"));
  EXPECT_THAT(mistake("\"e.csv\"", "\"x*.csv\""), HasSubstr("m.toml:12: no file fits 'x*.csv'"));
  EXPECT_THAT(mistake("{ column = \"code\", not = [\"?\"] }", "{ column = \"code\" }"),
              HasSubstr("m.toml:21: where needs either in = [...] or not = [...]"));
  EXPECT_THAT(mistake("male = [\"M\"]", "male = [\"F\"]"),
              HasSubstr("m.toml:9: 'F' is given for two sexes"));
  EXPECT_THAT(mistake("period = \"2024\"", "period = 2024\nseparator = \"##\""),
              HasSubstr("m.toml:3: separator is not one of the characters allowed"));
  EXPECT_THAT(mistake("period = \"2024\"", "period = "), HasSubstr("m.toml:2: this is not TOML"));
  EXPECT_THAT(
      mistake("[[events]]", "[events]"),
      HasSubstr("m.toml:12: 'events' in the mapping is a table; it must be a list of tables"));
  EXPECT_THAT(mistake("\"code\"\n", "{ column = \"code\", constant = \"x\" }\n"),
              HasSubstr("m.toml:18: 'code' in [[events]] needs either a column or a constant"));
}

TEST(Mapping, G1AnErrorSaysHowManyMoreMistakesThereAre) {
  EXPECT_EQ(
      mistake("calendar = \"dates\"\nperiod = \"2024\"",
              "calender = \"dates\"\nperiod = \"2024\"\nmax_bad_rows = -1"),
      "m.toml:1: unknown key 'calender' in the mapping; did you mean 'calendar'? (and 1 more)");
}

TEST(Mapping, G1AProvenanceIsHeldToTheKnownOnes) {
  const auto of = [](const std::string& says) {
    return mistake("kind = \"kind\"", "provenance = " + says + "\nkind = \"kind\"");
  };
  EXPECT_EQ(of("\"received\""), "");
  EXPECT_EQ(of("{ column = \"kind\", entered = [\"saisie\"], consulted = [\"vu\"] }"), "");
  EXPECT_THAT(of("\"origin\""),
              HasSubstr("m.toml:17: unknown provenance 'origin'; write \"entered\", \"received\", "
                        "\"imported\" or \"consulted\" for all rows; for a column, { column = "));
  EXPECT_THAT(of("{ column = \"knd\", entered = [\"saisie\"] }"),
              HasSubstr("m.toml:17: e.csv has no column 'knd'; did you mean 'kind'?"));
  EXPECT_THAT(of("{ column = \"kind\", entered = [\"x\"], consulted = [\"x\"] }"),
              HasSubstr("m.toml:17: 'x' is given for two provenances"));
  EXPECT_THAT(of("{ column = \"kind\" }"),
              HasSubstr("m.toml:17: provenance lists no word of its column; add, for instance, "
                        "entered = [\"...\"] and consulted = [\"...\"]"));
  EXPECT_THAT(of("{ column = \"kind\", consultd = [\"x\"] }"),
              HasSubstr("m.toml:17: unknown key 'consultd' in 'provenance' in [[events]]; did you "
                        "mean 'consulted'?"));
}

TEST(Mapping, AColumnThatAFileNamesTwiceIsRefused) {
  Trial trial;
  trial.file("p.csv", "id,practice,born,sex,dept,born\n")
      .file("e.csv", "id,practice,date,kind,code,value\n");
  EXPECT_THAT(trial.run(good).error, HasSubstr("m.toml:8: p.csv has more than one column 'born'"));
}

TEST(Mapping, AMissingFileIsSaid) {
  EXPECT_THAT(read_mapping("/nowhere.toml").error().sentence(), HasSubstr("/nowhere.toml"));
}

}  // namespace
}  // namespace parcours::mapping
