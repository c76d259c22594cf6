#include "mapping/source.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/testing/text_source.h"
#include "mapping/testing/trial.h"

namespace parcours::mapping {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr const char* dates = R"(
calendar = "dates"
period = "2024"
missing = ["NA"]
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
day = "date"
kind = { column = "kind", map = { dx = "diagnosis" } }
code = "code"
system = { diagnosis = "icd10", lab = "lab" }
value = "value"
)";

constexpr const char* patient_header = "id,practice,born,sex,dept\n";
constexpr const char* event_header = "id,practice,date,kind,code,value\n";

ingest::Outcome of_patients(const std::string& rows) {
  return Trial().file("p.csv", patient_header + rows).file("e.csv", event_header).run(dates);
}

ingest::Outcome of_events(const std::string& rows) {
  return Trial().file("p.csv", patient_header).file("e.csv", event_header + rows).run(dates);
}

TEST(Source, ReadsPatientsAndEvents) {
  const ingest::Outcome outcome =
      Trial()
          .file("p.csv", "id,practice,born,sex,dept\nP1,A,1980,F,69\n P2 ,B,NA,NA,\n")
          .file("e.csv",
                "id;practice;date;kind;code;value\nP1;A;1970-01-03;dx; j45 ;\n"
                "P2;B;1969-12-31T10:00;lab;hdl;1.5\nP2;B;1970-01-01;lab;hdl;NA\n")
          .run(dates);
  EXPECT_EQ(outcome.error, "");
  EXPECT_THAT(outcome.patients, ElementsAre("P1 A 1980 female 69", "P2 B - unknown -"));
  EXPECT_THAT(outcome.events, ElementsAre("P1 A 2 diagnosis icd10:J45 -", "P2 B -1 lab lab:hdl 1.5",
                                          "P2 B 0 lab lab:hdl -"));
  EXPECT_THAT(outcome.bad_rows, IsEmpty());
  EXPECT_EQ(outcome.rows, 5);
}

TEST(Source, G1EveryKindOfBadPatientIsPutAside) {
  const ingest::Outcome outcome = of_patients(
      ",A,1980,F,69\nP1,,1980,F,69\nP1,A,80,F,69\nP1,A,x,F,69\nP1,A,1980,W,69\nP1,A,1980,F\n"
      "P1,A,1980,F,\xE9\nP1,A,1980,F,69\n");
  EXPECT_THAT(outcome.patients, ElementsAre("P1 A 1980 female 69"));
  EXPECT_THAT(
      outcome.bad_rows,
      ElementsAre("p.csv:2: no patient in column 'id'", "p.csv:3: no practice in column 'practice'",
                  "p.csv:4: not a year of birth from 1850 to 2199 in column 'born'",
                  "p.csv:5: not a year of birth from 1850 to 2199 in column 'born'",
                  "p.csv:6: an unknown sex in column 'sex'", "p.csv:7: the wrong number of columns",
                  "p.csv:8: not UTF-8"));
}

TEST(Source, G1EveryKindOfBadEventIsPutAside) {
  const ingest::Outcome outcome = of_events(
      "NA,A,2024-01-01,dx,J45,\nP1, ,2024-01-01,dx,J45,\nP1,A,,dx,J45,\nP1,A,2023-02-29,dx,J45,\n"
      "P1,A,2024-01-01,dz,J45,\nP1,A,2024-01-01,vital,J45,\nP1,A,2024-01-01,dx,NA,\n"
      "P1,A,2024-01-01,dx,J45,high\nP1,A,2024-01-01,dx,J\"45,\nP1,A,1700-01-01,dx,J45,\n"
      "P1,A,1970-01-01,dx,J45,\n");
  EXPECT_THAT(outcome.events, ElementsAre("P1 A 0 diagnosis icd10:J45 -"));
  EXPECT_THAT(
      outcome.bad_rows,
      ElementsAre("e.csv:2: no patient in column 'id'", "e.csv:3: no practice in column 'practice'",
                  "e.csv:4: no day in column 'date'", "e.csv:5: not a date in column 'date'",
                  "e.csv:6: an unknown kind in column 'kind'",
                  "e.csv:7: a kind without a code system in column 'kind'",
                  "e.csv:8: no code in column 'code'", "e.csv:9: not a number in column 'value'",
                  "e.csv:10: a stray quote", "e.csv:11: not a date in column 'date'"));
}

TEST(Source, G1ADateThatStandsForNoDayIsPutAside) {
  const ingest::Outcome outcome = of_events(
      "P1,A,1900-01-01,dx,J45,\nP1,A,9999-12-31,dx,J45,\nP1,A,0000-00-00,dx,J45,\n"
      "P1,A,1970-01-01,dx,J45,\n");
  EXPECT_THAT(outcome.events, ElementsAre("P1 A 0 diagnosis icd10:J45 -"));
  EXPECT_THAT(outcome.bad_rows,
              ElementsAre("e.csv:2: a date that stands for no day in column 'date'",
                          "e.csv:3: a date that stands for no day in column 'date'",
                          "e.csv:4: a date that stands for no day in column 'date'"));
}

TEST(Source, ADateThatStandsForNoDateOfBirthIsPutAsideUnlessTheMappingSaysThatItIsMissing) {
  const std::string births = R"(
calendar = "dates"
period = "2024"
missing = ["9999-12-31"]
[patients]
file = "p.csv"
patient = "id"
practice = "practice"
birth_date = "born"
)";
  const ingest::Outcome outcome =
      Trial()
          .file("p.csv", "id,practice,born\nP1,A,1900-01-01\nP2,A,9999-12-31\nP3,A,1900-01-02\n")
          .run(births);
  EXPECT_THAT(outcome.patients, ElementsAre("P2 A - unknown -", "P3 A 1900 unknown -"));
  EXPECT_THAT(outcome.bad_rows,
              ElementsAre("p.csv:2: a date that stands for no date of birth in column 'born'"));
}

TEST(Source, G1FreeTextIsNoCodeAndNoPlace) {
  const std::string most(100, 'x');
  EXPECT_THAT(of_patients("P1,A,1980,F," + most + "\nP2,A,1980,F,x" + most + "\n").bad_rows,
              ElementsAre("p.csv:2: a place that is none of its code system in column 'dept'",
                          "p.csv:3: a place longer than 100 bytes in column 'dept'"));
  EXPECT_THAT(of_events("P1,A,2024-01-02,lab," + most + ",\nP1,A,2024-01-02,lab,x" + most + ",\n" +
                        "P1,A,2024-01-02,lab,x" + most + ",\nP1,A,2024-01-02,lab,,\n")
                  .bad_rows,
              ElementsAre("e.csv:3: a code longer than 100 bytes in column 'code'",
                          "e.csv:4: a code longer than 100 bytes in column 'code'",
                          "e.csv:5: no code in column 'code'"));
}

TEST(Source, OneBadRowMoreThanAllowedEndsIt) {
  Trial trial;
  trial.file("p.csv", patient_header)
      .file("e.csv", std::string(event_header) +
                         "P1,A,2024-01-01,dx,J45,\nP1,A,x,dx,J45,\nP1,A,x,dx,J45,\n"
                         "P1,A,2024-01-01,dx,,\n");
  EXPECT_EQ(trial.most_bad_rows(3).run(dates).error, "");
  EXPECT_THAT(
      trial.most_bad_rows(2).run(dates).error,
      HasSubstr("e.csv:3: 3 bad rows, more than 2: not a date in column 'date' (2 of them); "
                "nothing was imported"));
  EXPECT_THAT(trial.most_bad_rows(0).run(dates).error,
              HasSubstr("e.csv:3: a bad row: not a date in column 'date'; nothing was imported"));
}

TEST(Source, SeveralRowsOfAPatientMustAgreeUnlessTheFirstHolds) {
  const std::string rows = "P1,A,1980,F,69\nP1,A,1980,F,69\nP1,A,1981,F,69\nP1,B,1981,F,69\n";
  const ingest::Outcome agree = of_patients(rows);
  EXPECT_THAT(agree.patients, ElementsAre("P1 A 1980 female 69", "P1 B 1981 female 69"));
  EXPECT_THAT(agree.bad_rows, ElementsAre(HasSubstr("p.csv:4: values that differ")));

  std::string first = dates;
  first.replace(first.find("birth_year"), 0, "several_rows = \"first\"\n");
  const ingest::Outcome holds =
      Trial().file("p.csv", patient_header + rows).file("e.csv", event_header).run(first);
  EXPECT_THAT(holds.patients, ElementsAre("P1 A 1980 female 69", "P1 B 1981 female 69"));
  EXPECT_THAT(holds.bad_rows, IsEmpty());
}

constexpr const char* origins = R"(
calendar = "dates"
missing = ["NA"]
practice = { constant = "A" }
[[events]]
file = "e.csv"
patient = "id"
day = "date"
kind = { constant = "lab" }
code = "code"
system = "lab"
provenance = { column = "origin", entered = ["saisie"], received = ["labo"], imported = ["DMP repris"], consulted = ["DMP vu", "vu"] }
)";

TEST(Source, AColumnSaysHowARowCameIntoTheRecord) {
  const ingest::Outcome outcome = Trial()
                                      .telling_provenance()
                                      .file("e.csv",
                                            "id,date,code,origin\nP1,1970-01-01,a,saisie\n"
                                            "P1,1970-01-01,b, labo \nP1,1970-01-01,c,DMP repris\n")
                                      .run(origins);
  EXPECT_THAT(outcome.events,
              ElementsAre("P1 A 0 lab lab:a - entered", "P1 A 0 lab lab:b - received",
                          "P1 A 0 lab lab:c - imported"));
  EXPECT_THAT(outcome.left_out, IsEmpty());
}

TEST(Source, G1WhatWasOnlyConsultedIsLeftOutAndCountedWhateverElseItsRowSays) {
  const ingest::Outcome outcome = Trial()
                                      .file("e.csv",
                                            "id,date,code,origin\nP1,1970-01-01,a,saisie\n"
                                            "P1,1970-01-01,b,DMP vu\n,no date,,vu\n")
                                      .run(origins);
  EXPECT_THAT(outcome.events, ElementsAre("P1 A 0 lab lab:a -"));
  EXPECT_THAT(outcome.bad_rows, IsEmpty());
  EXPECT_THAT(outcome.left_out, ElementsAre(std::string(ingest::only_consulted) + ": 2"));
  EXPECT_EQ(outcome.rows, 3);
}

TEST(Source, G1AProvenanceThatTheMappingDoesNotListPutsItsRowAside) {
  const ingest::Outcome outcome = Trial()
                                      .file("e.csv",
                                            "id,date,code,origin\nP1,1970-01-01,a,Saisie\n"
                                            "P1,1970-01-01,b,\nP1,1970-01-01,c,NA\n")
                                      .run(origins);
  EXPECT_THAT(outcome.events, IsEmpty());
  EXPECT_THAT(outcome.bad_rows,
              ElementsAre("e.csv:2: a provenance that the mapping does not list in column 'origin'",
                          "e.csv:3: no provenance in column 'origin'",
                          "e.csv:4: no provenance in column 'origin'"));
}

TEST(Source, OneProvenanceHoldsForAllRowsOfASectionOrOfTheMapping) {
  const std::string events = "id,date,code\nP1,1970-01-01,a\n";
  std::string of_section = origins;
  of_section.replace(of_section.find("provenance = {"), std::string::npos,
                     "provenance = \"received\"\n");
  EXPECT_THAT(Trial().telling_provenance().file("e.csv", events).run(of_section).events,
              ElementsAre("P1 A 0 lab lab:a - received"));

  std::string of_all = origins;
  of_all.erase(of_all.find("provenance = {"));
  of_all = "provenance = \"consulted\"\n" + of_all;
  const ingest::Outcome none = Trial().file("e.csv", events).run(of_all);
  EXPECT_THAT(none.events, IsEmpty());
  EXPECT_THAT(none.left_out, ElementsAre(std::string(ingest::only_consulted) + ": 1"));
}

constexpr const char* patients_and_events = R"(
calendar = "dates"
practice = { constant = "A" }
[patients]
file = "e.csv"
patient = "id"
[[events]]
file = "e.csv"
patient = "id"
day = "date"
kind = { constant = "lab" }
code = "code"
system = "lab"
provenance = { column = "origin", entered = ["saisie"], consulted = ["vu"] }
)";

TEST(Source, ARowThatWasOnlyConsultedGivesNoPatientEither) {
  const std::string events = "id,date,code,origin\nP1,1970-01-01,a,saisie\nP2,1970-01-01,b,vu\n";
  const std::string silent = patients_and_events;
  EXPECT_THAT(
      Trial().file("e.csv", events).run(silent).error,
      HasSubstr("m.toml:14: e.csv has patients as well, and [patients] does not say which "
                "of its rows were only consulted; write the same provenance in [patients]"));
  std::string said = silent;
  said.insert(said.find("[[events]]"), silent.substr(silent.find("provenance")));
  const ingest::Outcome outcome = Trial().file("e.csv", events).run(said);
  EXPECT_EQ(outcome.error, "");
  EXPECT_THAT(outcome.patients, ElementsAre("P1 A - unknown -"));
  EXPECT_THAT(outcome.events, ElementsAre("P1 A 0 lab lab:a -"));
}

TEST(Source, ReadsRelativeDaysAgesAndConstants) {
  const ingest::Outcome outcome = Trial()
                                      .file("p.csv", "id,age\nP1,57.9\nP2,[0-10)\nP3,131\n")
                                      .file("e.csv", "id,what\nP1,a\nP2,b\n")
                                      .run(R"toml(
calendar = "days"
practice = { constant = "mayo" }
[patients]
file = "p.csv"
patient = "id"
age = { column = "age", map = { "[0-10)" = 5 } }
[[events]]
file = "e.csv"
patient = "id"
day = { constant = -3 }
kind = { constant = "history" }
code = { column = "what", map = { a = "apple" } }
system = "fruit"
)toml");
  EXPECT_EQ(outcome.error, "");
  EXPECT_THAT(outcome.patients, ElementsAre("P1 mayo -57 unknown -", "P2 mayo -5 unknown -"));
  EXPECT_THAT(outcome.events,
              ElementsAre("P1 mayo -3 history fruit:apple -", "P2 mayo -3 history fruit:b -"));
  EXPECT_THAT(outcome.bad_rows, ElementsAre("p.csv:4: not an age from 0 to 130 in column 'age'"));
}

constexpr const char* wide = R"(
calendar = "order"
practice = { constant = "h" }
missing = ["?"]
[patients]
file = "w.csv"
patient = "id"
several_rows = "first"
[[events]]
file = "w.csv"
patient = "id"
day = "stay"
kind = { constant = "consultation" }
code = { constant = "stay" }
system = "encounter"
[[events]]
file = "w.csv"
patient = "id"
day = "stay"
kind = { constant = "diagnosis" }
code = { columns = ["d1", "d2"], not = ["V"] }
system = "icd9"
[[events]]
file = "w.csv"
patient = "id"
day = "stay"
kind = { constant = "lab" }
code = { each_column = ["hb", "chol"], not = ["none"] }
system = "lab"
value = { each_column = true }
where = [{ column = "d1", not = ["V57"] }, { column = "id", in = ["P1", "P2"] }]
)";

TEST(Source, AWideRowGivesManyEvents) {
  const ingest::Outcome outcome =
      Trial()
          .file("w.csv",
                "id,stay,d1,d2,hb,chol\nP1,7,250.1,?,13,none\nP1,9,V,401,,5\n"
                "P2,8,V57,V,1,2\nP3,1,?,?,1,2\n")
          .run(wide);
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(outcome.patients.size(), 3);
  EXPECT_THAT(outcome.events,
              ElementsAre("P1 h 7 consultation encounter:stay -", "P1 h 7 diagnosis icd9:250.1 -",
                          "P1 h 7 lab lab:hb 13", "P1 h 9 consultation encounter:stay -",
                          "P1 h 9 diagnosis icd9:401 -", "P1 h 9 lab lab:chol 5",
                          "P2 h 8 consultation encounter:stay -", "P2 h 8 diagnosis icd9:V57 -",
                          "P3 h 1 consultation encounter:stay -"));
}

TEST(Source, WhatLooksLikeAPersonIsNoCodeAndNoPlace) {
  const std::string text = R"toml(
calendar = "dates"
practice = { constant = "h" }
[patients]
file = "p.csv"
patient = "id"
place = { column = "place", system = "sector" }
[[events]]
file = "e.csv"
patient = "id"
day = "day"
kind = { constant = "lab" }
code = "code"
system = "own"
)toml";
  Trial trial;
  trial.file("p.csv", "id,place\nP1,north\nP2,12 rue de la Paix\n")
      .file("e.csv",
            "id,day,code\nP1,2024-01-01,GLYC\nP1,2024-01-01,06 12 34 56 78\n"
            "P1,2024-01-01,Jean Dupont\nP1,2024-01-02,Jean Dupont\nP1,2024-01-02,GLYC\n");
  const ingest::Outcome outcome = trial.run(text);
  EXPECT_EQ(outcome.error, "");
  EXPECT_THAT(outcome.patients, ElementsAre("P1 h - unknown north"));
  EXPECT_THAT(outcome.events,
              ElementsAre("P1 h 19723 lab own:GLYC -", "P1 h 19724 lab own:GLYC -"));
  EXPECT_THAT(outcome.bad_rows,
              ElementsAre("p.csv:3: a place that looks like an address in column 'place'",
                          "e.csv:3: a code that looks like a phone number in column 'code'",
                          "e.csv:4: a code that looks like the name of a person in column 'code'",
                          "e.csv:5: a code that looks like the name of a person in column 'code'"));
  const ingest::Outcome vouched = trial.run("not_identifiers = \"own\"\n" + text);
  EXPECT_EQ(vouched.events.size(), 5u);
}

// As in every other format: ingest/entering_code.h and vocabulary/value_range.h.
TEST(Source, CodesOfAKnownSystemHaveItsFormAndValuesAreMeasured) {
  const ingest::Outcome outcome = of_events(
      "P1,A,2024-01-01,dx,j450,\nP1,A,2024-01-01,dx,J45.0,\nP1,A,2024-01-01,dx,0612345678,\n"
      "P1,A,2024-01-01,dx,Dupont,\nP1,A,2024-01-01,lab,Glyc,0612345678\n"
      "P1,A,2024-01-01,lab,Glyc,19800214\nP1,A,2024-01-01,lab,Glyc,250000\n"
      "P1,A,2024-01-01,lab,Glyc,\n");
  EXPECT_THAT(
      outcome.events,
      ElementsAre("P1 A 19723 diagnosis icd10:J45.0 -", "P1 A 19723 diagnosis icd10:J45.0 -",
                  "P1 A 19723 lab lab:Glyc -", "P1 A 19723 lab lab:Glyc 250000"));
  const std::string form = "a code that does not have the form of its code system in column 'code'";
  const std::string value = "a value that nothing measured has in column 'value'";
  EXPECT_THAT(outcome.bad_rows, ElementsAre("e.csv:4: " + form, "e.csv:5: " + form,
                                            "e.csv:6: " + value, "e.csv:7: " + value));
}

TEST(Source, ASystemThatIsNamedByItsAddressHasItsForm) {
  const ingest::Outcome outcome =
      Trial().file("e.csv", "id,day,code\nP1,2024-01-01,j450\nP1,2024-01-01,Dupont\n").run(R"toml(
calendar = "dates"
practice = { constant = "h" }
[[events]]
file = "e.csv"
patient = "id"
day = "day"
kind = { constant = "diagnosis" }
code = "code"
system = "http://hl7.org/fhir/sid/icd-10"
)toml");
  EXPECT_THAT(outcome.events,
              ElementsAre("P1 h 19723 diagnosis http://hl7.org/fhir/sid/icd-10:J45.0 -"));
  EXPECT_EQ(outcome.bad_rows.size(), 1u);
}

TEST(Source, G1AWideRowIsTakenWholeOrNotAtAll) {
  const ingest::Outcome outcome =
      Trial().file("w.csv", "id,stay,d1,d2,hb,chol\nP1,7,250,401,13,many\n").run(wide);
  EXPECT_THAT(outcome.events, IsEmpty());
  EXPECT_THAT(outcome.bad_rows, ElementsAre("w.csv:2: not a number in column 'chol'"));
}

TEST(Source, ARowThatIsBadForPatientsAndEventsCountsOnce) {
  const ingest::Outcome outcome =
      Trial().file("w.csv", "id,stay,d1,d2,hb,chol\n,7,250,401,13,1\nP1,1\n").run(wide);
  EXPECT_THAT(outcome.bad_rows, ElementsAre("w.csv:2: no patient in column 'id'",
                                            "w.csv:3: the wrong number of columns"));
}

TEST(Source, AWideRowMayHoldMoreEventsThanAChunk) {
  std::string header = "id";
  std::string row = "P1";
  std::string names;
  for (int i = 0; i < 5000; ++i) {
    header += fmt::format(",c{}", i);
    row += ",1";
    names += fmt::format("\"c{}\",", i);
  }
  const std::string mapping = fmt::format(R"(
calendar = "order"
practice = {{ constant = "h" }}
[[events]]
file = "w.csv"
patient = "id"
day = {{ constant = 1 }}
kind = {{ constant = "lab" }}
code = {{ each_column = [{}] }}
system = "lab"
)",
                                          names);
  const ingest::Outcome outcome =
      Trial().file("w.csv", header + "\n" + row + "\n" + row).run(mapping);
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(outcome.events.size(), 10000);
}

TEST(Source, SeveralFilesFitAPattern) {
  std::string text = dates;
  text.replace(text.find("\"e.csv\""), 7, "[\"e-*.csv\", \"f.csv\"]");
  const std::string row = "P1,A,1970-01-01,dx,J45,\n";
  const ingest::Outcome outcome =
      Trial()
          .file("p.csv", patient_header)
          .file("e-1.csv", event_header + row)
          .file("e-2.csv", event_header + row + row)
          .file("f.csv", "value,code,kind,date,practice,id\n,E10,dx,1970-01-02,A,P2\n")
          .run(text, 2);
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(outcome.events.size(), 4);
}

TEST(Source, AnEmptyCodeMayHaveAName) {
  std::string text = dates;
  text.replace(text.find("code = \"code\""), 13,
               "code = { column = \"code\", if_empty = \"visit\" }");
  const ingest::Outcome outcome =
      Trial()
          .file("p.csv", patient_header)
          .file("e.csv", std::string(event_header) + "P1,A,1970-01-01,lab,,\n")
          .run(text);
  EXPECT_THAT(outcome.events, ElementsAre("P1 A 0 lab lab:visit -"));
}

TEST(Source, DecimalCommasAreReadWhereTheMappingSaysSo) {
  const ingest::Outcome outcome =
      Trial()
          .file("p.csv", patient_header)
          .file("e.csv", "id;practice;date;kind;code;value\nP1;A;1970-01-01;lab;k;4,5\n")
          .run("decimal = \",\"\n" + std::string(dates));
  EXPECT_THAT(outcome.events, ElementsAre("P1 A 0 lab lab:k 4.5"));
}

constexpr const char* joined = R"(
calendar = "dates"
period = "2024"
practice = { constant = "A" }
[[join]]
file = "e*.csv"
column = "visit"
with = "visits.csv"
key = "id"
as = "visit"
[[events]]
file = "e.csv"
patient = "visit.patient"
day = "visit.date"
kind = { constant = "diagnosis" }
code = "code"
system = "icd10"
)";

TEST(Source, RowsOfAnotherFileAreJoinedByTheirKey) {
  const ingest::Outcome outcome =
      Trial()
          .file("visits.csv",
                "date;id;patient\n1970-01-03;v1;P1\n1970-01-04; v2 ;P2\n"
                "1970-01-05;;P3\n")
          .file("e.csv", "visit,code\nv1,J45\nv2,E10\nv9,E11\n,E12\n v2,E13\n")
          .run(joined, 2);
  EXPECT_EQ(outcome.error, "");
  EXPECT_THAT(outcome.events,
              ElementsAre("P1 A 2 diagnosis icd10:J45 -", "P2 A 3 diagnosis icd10:E10 -",
                          "P2 A 3 diagnosis icd10:E13 -"));
  EXPECT_THAT(outcome.bad_rows, ElementsAre("e.csv:4: no patient in column 'visit.patient'",
                                            "e.csv:5: no patient in column 'visit.patient'"));
}

TEST(Source, AJoinByAKeyThatTwoRowsHaveIsRefused) {
  const ingest::Outcome outcome =
      Trial()
          .file("visits.csv", "date,id,patient\n1970-01-03,v1,P1\n,v1,P2\n")
          .file("e.csv", "visit,code\nv1,J45\n")
          .run(joined);
  EXPECT_EQ(outcome.error,
            "visits.csv:3: two rows have the same key in column 'id'; join by a column that tells "
            "the rows apart");
}

TEST(Source, AColumnThatTheJoinedFileLacksIsNamed) {
  const ingest::Outcome outcome = Trial()
                                      .file("visits.csv", "date,id,person\n1970-01-03,v1,P1\n")
                                      .file("e.csv", "visit,code\nv1,J45\n")
                                      .run(joined);
  EXPECT_THAT(outcome.error, HasSubstr("m.toml:5: visits.csv has no column 'patient'"));
}

TEST(Source, Latin1IsReadWhereTheMappingSaysSo) {
  const std::string rows = std::string(event_header) + "P1,A,1970-01-01,lab,glyc\xE9mie,1\n";
  Trial trial;
  trial.file("p.csv", patient_header).file("e.csv", rows);
  EXPECT_THAT(trial.run(dates).bad_rows, ElementsAre("e.csv:2: not UTF-8"));
  EXPECT_THAT(trial.run("encoding = \"latin-1\"\n" + std::string(dates)).events,
              ElementsAre("P1 A 0 lab lab:glycémie 1"));
}

TEST(Source, ParquetIsReadLikeCsvBetweenCommas) {
  Trial trial;
  trial.file("p.csv", patient_header)
      .file("e.csv", "PAR1")
      .reading_parquet([](InputFile) -> Result<std::unique_ptr<ByteSource>> {
        return std::make_unique<TextSource>(std::string(event_header) +
                                            "P1,A,1970-01-03,lab,\"a, \"\"b\"\"\",2.5\n"
                                            ",A,1970-01-03,lab,c,\n");
      });
  const ingest::Outcome outcome = trial.run(dates, 2);
  EXPECT_EQ(outcome.error, "");
  EXPECT_THAT(outcome.events, ElementsAre("P1 A 2 lab lab:a, \"b\" 2.5"));
  EXPECT_THAT(outcome.bad_rows, ElementsAre("e.csv:3: no patient in column 'id'"));
}

TEST(Source, AProgramThatReadsNoParquetSaysSo) {
  Trial trial;
  trial.file("p.csv", patient_header).file("e.csv", "PAR1");
  EXPECT_THAT(trial.run(dates).error,
              HasSubstr("e.csv: this is Parquet, which this program does not read"));
}

TEST(Source, CtrlCEndsTheReading) {
  Trial trial;
  Stop stop;
  stop.request();
  const std::vector<FilePlan> files;
  FileQueue queue(files, stop, nullptr);
  EXPECT_EQ(queue.take({}).error().fault, Fault::stopped);
}

}  // namespace
}  // namespace parcours::mapping
