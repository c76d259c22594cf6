// parcours risk on files in their original form, which nobody prepared: what is guessed wrongly
// there must not become a headline without a word.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "risk_command.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

class RiskOriginal : public RiskCommand {
 protected:
  std::string first_line(const std::vector<std::string>& words) const {
    const std::string out = risk(words).out;
    return out.substr(0, out.find('\n'));
  }
  static std::string role(const Json& answer, const std::string& column) {
    for (const Json& one : answer["files"][0]["columns"]) {
      if (one["column"] == column) {
        return one["role"];
      }
    }
    return "-";
  }
};

// An event log: 40 cases of 10 lines; a result that few lines have, and a diagnosis of the case.
std::string event_log() {
  const char* activities[] = {"Registration", "CRP", "Leucocytes", "Release", "Admission"};
  std::string text =
      "Case ID,CASE_diagnosis,DiagnosticArtAstrup,Activity,Complete Timestamp,org:group\n";
  for (int line = 0; line < 400; ++line) {
    const int patient = line / 10;
    text += fmt::format("K{},D{},{},{},2014-{:02}-{:02} 10:00:00,{}\n", patient, patient % 7,
                        line % 14 == 0 ? "true" : "", activities[line * 7 % 5 * (line % 3) % 5],
                        1 + line % 12, 1 + patient % 28, "ABC"[line % 3]);
  }
  return text;
}

TEST_F(RiskOriginal, TheCodeIsTheColumnThatLinesHaveAndThatChangesWithinPatients) {
  const Json answer = json({file("log.csv", event_log())});
  EXPECT_EQ(role(answer, "Activity"), "code");
  EXPECT_EQ(role(answer, "Case ID"), "patient");
  EXPECT_EQ(answer["events"], 400);
  EXPECT_TRUE(answer["doubts"].empty());
}

TEST_F(RiskOriginal, NoHeadlineStandsOnDaysThatCannotBeRead) {
  const fs::path days = file("e.csv", "id,day,code\na,2024-13-40,x\na,2024-13-41,y\nb,soon,x\n");
  const Ran refused = risk({days});
  EXPECT_EQ(refused.exit, 2);
  EXPECT_THAT(refused.err, AllOf(HasSubstr("look like 9999-99-99, AAAA"), Not(HasSubstr("soon"))));
  EXPECT_EQ(refused.out, "");
  EXPECT_THAT(risk({days, "--guess"}).out, HasSubstr("Check this first: the values of column"));
  EXPECT_EQ(risk({days, "--column", "day=quasi"}).exit, 0);
}

TEST_F(RiskOriginal, DatesThatStandForNoDayAreNoKnowledgeAndAreSaidFirst) {
  const fs::path one = file("e.csv",
                            "id,day,code\na,2024-01-06,x\na,9999-12-31,y\nb,2024-01-06,x\n"
                            "b,2024-03-01,y\n");
  const fs::path more = file("f.csv", "id,day,code\na,0000-00-00,x\na,2024-01-09,x\n");
  EXPECT_THAT(first_line({one}),
              AllOf(StartsWith("Check this first: only 3 of 4 lines"),
                    HasSubstr("a date that stands for no day, such as 9999-12-31")));
  EXPECT_EQ(json({one, more})["events"], 4);
}

TEST_F(RiskOriginal, AnAnswerAboutFewLinesSaysSoFirstAndNamesTheOtherColumn) {
  const fs::path log = file("log.csv", event_log());
  const std::vector<std::string> wrong = {log, "--code", "DiagnosticArtAstrup"};
  const std::string first = first_line(wrong);
  EXPECT_THAT(first, StartsWith("Check this first: only 29 of 400 lines and 29 of 40 patients"));
  EXPECT_THAT(first, HasSubstr("If 'Activity' is the code, say --code Activity."));
  const Json answer = json(wrong);
  EXPECT_EQ(answer["doubts"][0], first);
  EXPECT_THAT(answer["answer"].get<std::string>(), StartsWith(first));
  const fs::path page = folder / "risk.html";
  EXPECT_EQ(risk({log, "--code", "DiagnosticArtAstrup", "--report", page}).exit, 0);
  const std::string html = text_of(page);
  EXPECT_LT(html.find("only 29 of 400 lines"), html.find("<h1"));
  EXPECT_THAT(html, HasSubstr("seules 29 lignes sur 400 et 29 patients sur 40"));
}

TEST_F(RiskOriginal, AKeyThatLooksLikeACodeIsNotTheCodeOfADrugTable) {
  std::string text = "subject_id,hadm_id,order_provider_id,starttime,drug_type,drug\n";
  for (int line = 0; line < 600; ++line) {
    const int patient = line / 6;
    text += fmt::format("{},{},{},2150-{:02}-{:02} 08:00:00,MAIN,{}\n", 10000 + patient,
                        20000 + patient, patient % 4 == 0 ? fmt::format("P{:02}AB", line % 60) : "",
                        1 + line % 12, 1 + patient % 28,
                        std::vector<const char*>{"Aspirin", "Heparin", "Insulin"}[line % 3]);
  }
  const Json answer = json({file("prescriptions.csv", text)});
  EXPECT_EQ(role(answer, "drug"), "code");
  EXPECT_EQ(answer["patients"], 100);
}

TEST_F(RiskOriginal, TwoColumnsThatFitAlikeAreBothNamed) {
  std::string text = "patient,day,event,item\n";
  for (int line = 0; line < 200; ++line) {
    text += fmt::format("p{},{},e{},i{}\n", line / 5, line, line % 7, line % 5);
  }
  const fs::path log = file("log.csv", text);
  EXPECT_THAT(first_line({log}), AllOf(HasSubstr("'event' or 'item' may be the code of events"),
                                       HasSubstr("--code item")));
  EXPECT_THAT(risk({log, "--guess"}).out, HasSubstr("'event' or 'item' may be the code"));
  EXPECT_EQ(json({log, "--guess"})[0]["doubts"].size(), 1);
  EXPECT_THAT(first_line({log, "--code", "item"}), Not(HasSubstr("Check this first")));
  // A label of the code says the same, so nothing is in doubt.
  std::string labelled = "patient,day,code,event\n";
  for (int line = 0; line < 200; ++line) {
    labelled += fmt::format("p{},{},{},name of {}\n", line / 5, line, line % 7, line % 7);
  }
  EXPECT_THAT(first_line({file("labelled.csv", labelled)}), Not(HasSubstr("Check this first")));
}

TEST_F(RiskOriginal, ALineOfTotalsAndAnAgeOf999AreToldFirst) {
  std::string text = "patient;age;commune;actes\n";
  for (int line = 0; line < 50; ++line) {
    text += fmt::format("p{};{};c{};{}\n", line, line == 7 ? 999 : line + 20, line % 3, line % 5);
  }
  const fs::path people = file("people.csv", text + "Total;;;100\n");
  EXPECT_THAT(risk({people}).out,
              AllOf(StartsWith("Check this first"), HasSubstr("that it is a total"),
                    HasSubstr("in 'age' of people.csv, 999 stands where nothing is known")));
}

TEST_F(RiskOriginal, ATitleAboveTheNamesAndUtf16AreRefused) {
  const Ran title = risk({file("title.csv", "Export of patients;;\n;;\nid;day;code\na;1;x\n")});
  EXPECT_EQ(title.exit, 2);
  EXPECT_THAT(title.err, HasSubstr("the first line looks like a title"));
  const Ran utf16 = risk({file("utf16.txt", std::string("\xff\xfei\0d\0", 6))});
  EXPECT_EQ(utf16.exit, 2);
  EXPECT_THAT(utf16.err, HasSubstr("iconv -f UTF-16"));
}

// Nobody's name says that it is the patient.
TEST_F(RiskOriginal, WithoutAPatientBesideDaysEachLineCountsAndItIsToldFirst) {
  std::string text = "wer;datum;wert\n";
  for (int line = 0; line < 60; ++line) {
    text += fmt::format("{};{:02}.03.2020;{}\n", line / 3, 1 + line % 28, line % 7);
  }
  const fs::path visits = file("visits.csv", text);
  EXPECT_THAT(first_line({visits}), HasSubstr("no column of visits.csv looks like the patient"));
  EXPECT_THAT(first_line({visits, "--patient", "wer"}),
              HasSubstr("patients of visits.csv have several lines, but no column looks like the "
                        "code of events"));
}

TEST_F(RiskOriginal, DaysAsSasWritesThemAreDays) {
  std::string text = "BEN_NIR_PSA;EXE_SOI_DTD;PRS_NAT_REF\n";
  for (int line = 0; line < 200; ++line) {
    text += fmt::format("{:017X};{:02}MAR2023:00:00:00;{}\n", 1'000'003 * (line / 5 + 1),
                        line * 7 % 28 + 1, 1111 + line % 3);
  }
  const fs::path payments = file("ER_PRS_F.csv", text);
  EXPECT_EQ(json({payments})["patients"], 40);
  EXPECT_EQ(risk({payments, "--find", "event 1112 on 2023-03-08"}).exit, 0);
}

TEST_F(RiskOriginal, WhatIsMissingIsLeftOutAndSpacesDoNotCount) {
  const fs::path log = file("log.csv",
                            "patient,date,code\na,2023-01-01,J45 \na,NA,J45\nb,2023-01-01, J45\n"
                            "b ,2023-01-05,I10\nc,NULL,I10\nNA,2023-01-05,I10\nc,2023-01-09,.\n"
                            "c,2023-01-05,I10\nd,.,I10\n");
  const Json answer = json({log});
  EXPECT_EQ(answer["patients"], 3);
  EXPECT_EQ(answer["events"], 4);
  EXPECT_EQ(answer["left_out"], 5);
  EXPECT_EQ(answer["curve"][0]["unique_share"], 0);  // J45 of that day is a's and b's
  EXPECT_THAT(answer["doubts"][0].get<std::string>(), HasSubstr("3 of 4 patients"));
}

TEST_F(RiskOriginal, MonthsAreAttackedAsMonths) {
  std::string text = "patient,month,code\n";
  for (int line = 0; line < 60; ++line) {
    text +=
        fmt::format("p{},2021-{:02},C{}\n", line % 15, 1 + (line * 7 + line / 15) % 12, line % 4);
  }
  const fs::path months = file("months.csv", text);
  const Json answer = json({months});
  EXPECT_EQ(answer["precision"], "months");
  EXPECT_GT(answer["curve"][1]["unique_share"], 0);
  for (const Json& point : answer["curve"]) {
    EXPECT_EQ(point["within_days"], 0);  // a week more or less says nothing of a month
  }
  std::vector<std::string> timings;
  for (const Json& one : answer["timings"]) {
    timings.push_back(one["timing"]);
  }
  EXPECT_EQ(timings, (std::vector<std::string>{"days", "since_first", "order", "none"}));
  const std::string out = risk({months}).out;
  EXPECT_THAT(out, HasSubstr("by two known dated events, each known by its month."));
  EXPECT_THAT(out, HasSubstr("the months since the patient's first event"));
  EXPECT_THAT(risk({months, "--find", "event C0 on 2021-01-20"}).out, Not(HasSubstr("None of")));
  EXPECT_EQ(risk({months, "--day-format", "%Y-%m"}).exit, 0);
  EXPECT_THAT(mistake({months, "--day-format", "%m"}), HasSubstr("%Y-%m"));
  // Beside a file that has days, both are attacked by months.
  const Json joined =
      json({months, file("days.csv", "patient,day,code\np1,2021-01-07,C1\np1,2021-01-09,C1\n")});
  EXPECT_EQ(joined["precision"], "months");
  EXPECT_EQ(joined["events"], 62);
}

TEST_F(RiskOriginal, ANumberOfTheLineIsLeftOutAndAskedAbout) {
  std::string text = "id,stay,age\n";
  for (int line = 0; line < 100; ++line) {
    text += fmt::format("{},{},{}\n", line, 31 * line * line + 7, line % 20);
  }
  const fs::path people = file("people.csv", text);
  const Json answer = json({people});
  EXPECT_EQ(answer["people"]["singled_out"], 0);
  EXPECT_EQ(answer["people"]["known_columns"], Json{"age"});
  EXPECT_THAT(answer["doubts"][0].get<std::string>(),
              AllOf(HasSubstr("'stay' of people.csv has another value on every line"),
                    HasSubstr("say --column stay=quasi")));
  const Json known = json({people, "--column", "stay=quasi"});
  EXPECT_EQ(known["people"]["singled_out"], 100);
  EXPECT_TRUE(known["doubts"].empty());
}

TEST_F(RiskOriginal, AColumnOfOneValueIsNoKnowledgeButBesideAPopulation) {
  const fs::path people =
      file("people.csv", "id,age,sex,note1\n1,30,F,\n2,30,F,\n3,41,F,\n4,41,F,\n");
  const Json alone = json({people});
  EXPECT_EQ(alone["people"]["known_columns"], Json{"age"});
  EXPECT_THAT(risk({people}).out, HasSubstr("by the one known field"));
  // The only women of their age among men.
  const fs::path all =
      file("all.csv", "age,sex\n30,F\n30,F\n30,M\n30,M\n30,M\n41,F\n41,F\n41,M\n41,M\n");
  const Json population = json({people, "--population", all});
  EXPECT_EQ(population["measures"]["in_population_groups_below_3"], 1);
}

TEST_F(RiskOriginal, NamesOfFieldsMatchInAnyCase) {
  std::string first = "patient,SEX,day,code\n";
  std::string second = "patient,sex,day,code\n";
  for (int line = 0; line < 60; ++line) {
    const std::string rest =
        fmt::format(",{},{},C{}\n", line / 3 % 2 == 0 ? "F" : "M", line * 7 % 40, line % 4);
    first += fmt::format("x{}", line / 3) + rest;
    second += fmt::format("y{}", line / 3) + rest;
  }
  const Json linkage =
      json({file("a.csv", first), "--with", file("b.csv", second)})["paths_linkage"];
  EXPECT_EQ(linkage["fields"], Json{"SEX"});
  // And they are parts of one table.
  const Json both = json({folder / "a.csv", folder / "b.csv"});
  EXPECT_EQ(both["people"]["records"], 40);
}

TEST_F(RiskOriginal, JsonIsCalledByItsName) {
  EXPECT_THAT(mistake({file("a.json", "[{\"id\":1},\n{\"id\":2}]\n")}),
              HasSubstr("this is JSON, not CSV"));
  EXPECT_THAT(mistake({file("a.ndjson", "{\"id\":1,\"x\":2}\n{\"id\":2,\"x\":2}\n")}),
              HasSubstr("this is NDJSON (a JSON object a line), not CSV"));
}

TEST_F(RiskOriginal, AFileOfOnePersonSaysNothingOfWhatWouldHelp) {
  const fs::path one = file("one.csv", "id,age,town,diagnosis\n1,30,x,J45\n");
  const Ran ran = risk({one, "--report", folder / "risk.html"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, StartsWith("All people are singled out by the 3 known fields."));
  for (const char* odd : {"well-chosen", "Dropping", "fewest values"}) {
    EXPECT_THAT(ran.out, Not(HasSubstr(odd)));
  }
  const Json answer = json({one});
  EXPECT_EQ(answer["people"]["singled_out"], 1);
  EXPECT_TRUE(answer["people"]["sensitive"].empty());
}

TEST_F(RiskOriginal, OneIsWrittenAsOne) {
  const fs::path one = file("one.csv", "patient,day,code\na,1,x\na,2,y\n");
  const std::string out = risk({one, "--known", "1"}).out;
  EXPECT_THAT(out, HasSubstr("  1 patient, 2 events. "));
  EXPECT_THAT(out, HasSubstr("1 event"));
  EXPECT_THAT(out, Not(HasSubstr("1 events")));
  EXPECT_THAT(out, Not(HasSubstr("1 patients")));
}

TEST_F(RiskOriginal, AnEstimateFromAlmostNobodyIsNotToBeReliedOn) {
  std::string text = "id,age,town\n";
  for (int line = 0; line < 300; ++line) {
    text += fmt::format("{},{},t{}\n", line, line % 70, line % 6);
  }
  const fs::path people = file("people.csv", text);
  const std::string out = risk({people, "--population-size", "60000000"}).out;
  EXPECT_THAT(out, HasSubstr("; do not rely on it"));
  EXPECT_THAT(out, HasSubstr("The file is 0.00050 % of the population: too little"));
  const Json few = json({people, "--population-size", "60000000"});
  EXPECT_EQ(few["people"]["population_uniques"]["reliable"], false);
  EXPECT_THAT(risk({people, "--population-size", "6000"}).out, Not(HasSubstr("rely")));
}

TEST_F(RiskOriginal, AnEmptyNameIsSaidToNameNoFile) {
  EXPECT_THAT(mistake({""}), HasSubstr("'' names no file"));
}

// As the tables of OMOP are often sent: tabs, dates twice, and no line of names.
std::string conditions() {
  std::string text;
  for (int line = 0; line < 60; ++line) {
    const std::string day = fmt::format("2009-{:02}-{:02}", 1 + line % 12, 1 + line % 28);
    text += fmt::format("{}\t{}\t{}\t{}\t\t{}\t\t38000230\t\t{}\t{}\t0\tV58{}\t44821787\t\t\n",
                        777001 + line, 515 + line / 4, 320128 + line % 5, day, day, 4001 + line,
                        9001 + line, 10 + line % 50);
  }
  return text;
}

TEST_F(RiskOriginal, AFirstLineOfDataIsRefusedWithTheRemedyAndNeverShown) {
  const fs::path table = file("CONDITION_OCCURRENCE_1.txt", conditions());
  const std::string error = mistake({table});
  EXPECT_THAT(error, HasSubstr("CONDITION_OCCURRENCE_1.txt:1: the first line looks like data"));
  EXPECT_THAT(error, HasSubstr("--no-header gives the columns the names of OMOP's table "
                               "condition_occurrence"));
  EXPECT_THAT(error, HasSubstr("--header FILE"));
  for (const char* value : {"777001", "515", "320128", "2009", "V58"}) {
    EXPECT_THAT(error, Not(HasSubstr(value)));
  }
  EXPECT_THAT(mistake({file("export.txt", conditions())}),
              AllOf(HasSubstr("--header FILE"), HasSubstr("--no-header"), Not(HasSubstr("OMOP"))));
}

TEST_F(RiskOriginal, ATableOfOmopHasItsNamesByItsFileName) {
  const Json answer = json({file("CONDITION_OCCURRENCE_1.txt", conditions()), "--no-header"});
  EXPECT_EQ(answer["events"], 60);  // the first line is one of them
  EXPECT_EQ(answer["patients"], 15);
  EXPECT_EQ(role(answer, "person_id"), "patient");
  EXPECT_EQ(role(answer, "condition_concept_id"), "code");
  EXPECT_EQ(role(answer, "condition_start_date"), "date");
  EXPECT_EQ(role(answer, "condition_occurrence_id"), "drop");
  // A value stands where the newest version has a number, so an older order of columns is right.
  EXPECT_NE(role(answer, "condition_status_concept_id"), "-");
  const Json person = json({file("person.csv",
                                 "1,8507,1923,5,1,,8527,38003564,2,,,A1B2,1,,1,,1,\n"
                                 "2,8532,1943,1,1,,8527,38003564,3,,,A1B3,2,,1,,1,\n"
                                 "3,8532,1933,1,1,,8516,38003564,3,,,A1B4,2,,2,,1,\n"),
                            "--no-header"});
  EXPECT_EQ(person["people"]["records"], 3);
  EXPECT_EQ(role(person, "year_of_birth"), "birth_year");
}

TEST_F(RiskOriginal, TheUserNamesTheColumnsOfAFileWithoutNames) {
  const std::string text =
      "\xef\xbb\xbf"
      "7,2023-01-01,J45\n7,2023-01-05,I10\n8,2023-01-01,J45\n";
  const fs::path plain = file("plain.csv", text);
  const Json numbered = json({plain, "--no-header", "--patient", "column1", "--code", "column3"});
  EXPECT_EQ(numbered["events"], 3);
  EXPECT_EQ(numbered["patients"], 2);
  const fs::path names = file("names.csv", "patient,day,code\n");
  const Json named = json({plain, "--header", names});
  EXPECT_EQ(named["events"], 3);
  EXPECT_EQ(role(named, "day"), "date");
  EXPECT_THAT(mistake({plain, "--header", file("two.csv", "patient,day\n")}),
              HasSubstr("plain.csv:1: the file has 3 columns, and 2 names were given"));
  EXPECT_THAT(mistake({plain, "--header", file("lines.csv", "patient,day,code\na,b,c\n")}),
              HasSubstr("there is more than one line"));
  const fs::path with_names = file("named.csv", "patient,day,code\n7,2023-01-01,J45\n");
  EXPECT_THAT(mistake({with_names, "--no-header"}), HasSubstr("the first line holds column names"));
  EXPECT_THAT(mistake({with_names, "--header", names}), HasSubstr("holds column names"));
  EXPECT_THAT(mistake({small_panel() / "panel.vault", "--no-header"}), HasSubstr("--no-header"));
}

}  // namespace
}  // namespace parcours
