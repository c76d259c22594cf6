// parcours risk as a user meets it: what it says of files of their own, and what it refuses.

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <span>
#include <sstream>

#include "base/testing/sanitizer.h"
#include "command.h"
#include "one_line.h"
#include "risk_command.h"
#include "sign_again.h"
#include "story.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::json;
using testing::HasSubstr;
using testing::Not;

const std::string events_text =
    "id,day,code,sex\nSECRETA,2023-03-06,J45,F\nSECRETA,2023-03-09,I10,F\n"
    "b,2023-03-06,J45,M\nb,2023-04-01,I10,M\nc,2023-03-06,J45,M\n";
const std::string people_text = "id,age,town\nSECRETA,71,x\nb,38,y\nc,38,y\n";

class Risk : public RiskCommand {};

TEST_F(Risk, TheAnswerComesFirst) {
  const Ran ran = risk({file("e.csv", events_text)});
  EXPECT_EQ(ran.exit, 0);
  EXPECT_THAT(ran.out, testing::StartsWith("7 of 10 patients are singled out by two known dated"));
  EXPECT_THAT(ran.out, HasSubstr("taken for"));
  EXPECT_THAT(ran.out, Not(HasSubstr("SECRETA")));
}

TEST_F(Risk, PeopleAndEventsAreLinkedByTheirPatients) {
  const Json answer = json({file("e.csv", events_text), file("p.csv", people_text)});
  EXPECT_EQ(answer["link"]["in_both"], 3);
  EXPECT_EQ(answer["people"]["singled_out"], 1);
  EXPECT_EQ(answer["people"]["known_columns"], (Json{"age", "town"}));
  EXPECT_EQ(answer["patients"], 3);
  // One event of SECRETA's is enough for who knows the age too.
  EXPECT_GT(answer["curve_with_fields"][0]["unique_share"], answer["curve"][0]["unique_share"]);
}

TEST_F(Risk, SeveralFilesOfEventsAreOne) {
  const Json answer = json({file("e.csv", events_text),
                            file("f.csv", "id,day,code\nb,2023-03-06,X1\nb,2023-03-07,X2\n")});
  EXPECT_EQ(answer["events"], 7);
  EXPECT_EQ(answer["patients"], 3);
}

TEST_F(Risk, FieldsThatEventLinesRepeatAreThePersons) {
  const Json answer = json({file("e.csv", events_text)});
  EXPECT_EQ(answer["people"]["known_columns"], Json{"sex"});
  EXPECT_TRUE(answer["people"]["fields_of_an_events_file"]);
  EXPECT_EQ(answer["people"]["records"], 3);
}

TEST_F(Risk, AnExportOverALimitIsRefusedByItsName) {
  const fs::path export_file = file("e.csv", events_text);
  const Ran over = risk({export_file, "--limit", "singled_out=0.05"});
  EXPECT_EQ(over.exit, 1);
  EXPECT_THAT(over.err, HasSubstr("singled_out is 0.66"));
  EXPECT_THAT(over.out, HasSubstr("singled out"));
  EXPECT_EQ(risk({export_file, "--limit", "singled_out=0.9"}).exit, 0);
  EXPECT_THAT(mistake({export_file, "--limit", "singled_uot=0.9"}),
              HasSubstr("did you mean 'singled_out'?"));
  EXPECT_THAT(mistake({export_file, "--limit", "singled_out"}), HasSubstr("singled_out=0.05"));
  EXPECT_THAT(mistake({export_file, "--limit", "=0.9"}), HasSubstr("is not a limit"));
  EXPECT_THAT(
      mistake({export_file, "--limit", "singled_out=51"}),
      HasSubstr("the limit 51 of singled_out is not a share; a share is at most 1: 0.51 is 51 %"));
}

const std::string ours = R"([[attacker]]
id     = "coach"
title  = { en = "A coach", fr = "Un entraineur" }
who    = { en = "Saw one diagnosis on its day.", fr = "A vu un diagnostic." }
person = ["sex", "shoe_size"]
timing = "days"
within = 0
detail = "code"
knows  = [{ events = ["*"], how_many = 1 }]
)";

TEST_F(Risk, SixAttackersComeWithIt) {
  const Json answer = json({file("e.csv",
                                 "id,day,code,kind,sex\n"
                                 "a,2023-03-06,J45,diagnosis,F\n"
                                 "a,2023-04-10,I10,diagnosis,F\n"
                                 "b,2023-03-06,J45,diagnosis,M\n"
                                 "c,2023-03-07,J45,diagnosis,M\n")});
  ASSERT_EQ(answer["attackers"].size(), 6);
  const Json& press = answer["attackers"][5];
  EXPECT_EQ(press["id"], "press");
  EXPECT_EQ(press["applies"], 3);
  EXPECT_EQ(press["not_there"], (Json{"age", "region"}));
  EXPECT_NEAR(press["unique_share"].get<double>(), 1.0 / 3, 1e-12);  // the one woman of that week
  EXPECT_EQ(answer["measures"]["attacker_press"], press["unique_share"]);
  EXPECT_TRUE(answer["attackers"][1]["unique_share"].is_null());  // nobody has a sick leave
  EXPECT_TRUE(json({folder / "e.csv", "--attackers", "none"})["attackers"].empty());
}

TEST_F(Risk, UsersBringTheirOwnAttackers) {
  const fs::path export_file = file("e.csv", events_text);
  const fs::path attackers = file("ours.toml", ours);
  const Ran ran = risk({export_file, "--attackers", attackers});
  EXPECT_THAT(ran.out, HasSubstr("A coach"));
  EXPECT_THAT(ran.out, HasSubstr("Saw one diagnosis on its day. Not in this export: shoe_size"));
  const Json coach = json({export_file, "--attackers", attackers})["attackers"][0];
  EXPECT_EQ(coach["applies"], 3);
  EXPECT_NEAR(coach["unique_share"].get<double>(), 0.5, 1e-12);  // 1, 1/2 and 0
  EXPECT_EQ(risk({export_file, "--attackers", attackers, "--limit", "attacker_coach=0.1"}).exit, 1);
  EXPECT_THAT(
      mistake({export_file, "--attackers", file("bad.toml", with(ours, "\"days\"", "\"weaks\""))}),
      HasSubstr("bad.toml:6: unknown timing 'weaks'; did you mean 'weeks'?"));
  EXPECT_THAT(mistake({file("p.csv", people_text), "--attackers", attackers}),
              HasSubstr("the files hold no events"));
}

TEST_F(Risk, DaysMayBeKnownInSixWays) {
  const fs::path export_file = file("e.csv", events_text);
  std::map<std::string, Json> by_timing;
  const Json answer = json({export_file});
  for (const Json& one : answer["timings"]) {
    by_timing[one["timing"]] = one;
  }
  EXPECT_EQ(by_timing.size(), 6);
  EXPECT_EQ(by_timing["days"]["whole_paths_unique"], 3);
  EXPECT_EQ(by_timing["months"]["whole_paths_unique"], 3);
  EXPECT_EQ(by_timing["none"]["whole_paths_unique"], 1);  // c has J45 alone, the others both
  EXPECT_EQ(by_timing["none"]["curve"][0]["known"], 2);
  EXPECT_EQ(json({export_file, "--timing", "order"})["timings"].size(), 1);
  EXPECT_THAT(mistake({export_file, "--timing", "weaks"}), HasSubstr("did you mean 'weeks'?"));
}

TEST_F(Risk, GroupsAreToldOfFromAThresholdOn) {
  std::string text = "id,day,code,sex\n";
  for (int i = 0; i < 40; ++i) {
    const char* sex = i < 3 ? "X" : i % 2 == 0 ? "F" : "M";
    text +=
        fmt::format("p{0},{1},C{2},{3}\np{0},{4},C{2},{3}\n", i, i % 7, i % 5, sex, i % 11 + 20);
  }
  const fs::path export_file = file("e.csv", text);
  EXPECT_FALSE(json({export_file}).contains("worst_off"));
  const Json worst = json({export_file, "--threshold", "11"})["worst_off"];
  EXPECT_EQ(worst["threshold"], 11);
  ASSERT_GE(worst["groupings"].size(), 2);
  for (const Json& grouping : worst["groupings"]) {
    for (const Json& group : grouping["groups"]) {
      EXPECT_GE(group["patients"], 11);
      EXPECT_NE(group["group"], "X");
    }
  }
  EXPECT_THAT(risk({export_file, "--threshold", "11"}).out,
              HasSubstr("Groups that are singled out most"));
}

TEST_F(Risk, APageSaysWhoCouldDoItAndToWhom) {
  const fs::path page = folder / "risk.html";
  const Ran ran = risk({small_panel() / "panel.vault", "--threshold", "11", "--known", "2",
                        "--within", "0", "--report", page, "--quiet"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  const std::string html = text_of(page);
  EXPECT_THAT(html, HasSubstr("A neighbour"));
  EXPECT_THAT(html, HasSubstr("Groups that are singled out most"));
  EXPECT_THAT(html, Not(HasSubstr("{{")));
}

TEST_F(Risk, WrongColumnsAreAnsweredWithTheNearest) {
  const fs::path export_file = file("e.csv", events_text);
  EXPECT_THAT(mistake({export_file, "--code", "coed2"}), HasSubstr("known: id, day, code, sex"));
  EXPECT_THAT(mistake({export_file, "--column", "sex=plac"}), HasSubstr("did you mean 'place'?"));
  EXPECT_THAT(mistake({export_file, "--column", "sex"}), HasSubstr("--column region=place"));
  EXPECT_THAT(mistake({export_file, "--columns", file("c.toml", "[columns]\nsxe = \"sex\"\n")}),
              HasSubstr("c.toml:2"));
}

TEST_F(Risk, FlagsMayComeBeforeTheFile) {
  const fs::path export_file = file("p.csv", people_text);
  for (const std::vector<std::string>& flag :
       std::vector<std::vector<std::string>>{{"--limit", "singled_out=1"},
                                             {"--drop", "town"},
                                             {"--column", "town=place"},
                                             {"--known", "1,2"},
                                             {"--within", "0"}}) {
    EXPECT_EQ(risk({flag[0], flag[1], export_file}).exit, 0) << flag[0];
  }
}

TEST_F(Risk, ThreeHundredColumnsAreNotTooMany) {
  std::string text;
  for (int line = 0; line < 20; ++line) {
    for (int column = 0; column < 300; ++column) {
      text += (column == 0 ? "" : ",") + (line == 0 ? "c" + std::to_string(column)
                                                    : std::to_string((line * (line + column)) % 7));
    }
    text += '\n';
  }
  EXPECT_EQ(json({file("wide.csv", text)})["people"]["known_columns"].size(), 300);
}

TEST_F(Risk, FilesThatHoldNothingAreSaid) {
  EXPECT_THAT(mistake({file("empty.csv", "")}), HasSubstr("the file is empty"));
  EXPECT_THAT(mistake({file("names.csv", "id,day,code\n")}), HasSubstr("no line of data"));
  EXPECT_THAT(mistake({folder / "missing.csv"}), HasSubstr("no such file"));
  EXPECT_THAT(mistake({file("d.csv", "id,name\n1,a\n2,b\n")}),
              HasSubstr("no column is left that an attacker may know"));
}

TEST_F(Risk, MixedDaysAreRefusedWithoutTheDay) {
  const std::string err =
      mistake({file("m.csv", "id,day,code\na,2023-03-06,J45\na,17,J46\nb,2023-03-07,J45\n"),
               "--day", "day"});
  EXPECT_THAT(err, HasSubstr("row 2"));
  EXPECT_THAT(err, Not(HasSubstr("17")));
}

TEST_F(Risk, DaysMayHaveATimeAndBeWrittenInOtherWays) {
  const Json expected = json({file("e.csv", events_text)});
  std::string written = events_text;
  for (const auto& [from, to] :
       std::map<std::string, std::string>{{"2023-03-06", "06/03/2023 20:43"},
                                          {"2023-03-09", "09/03/2023 20:43:10"},
                                          {"2023-04-01", "01/04/2023 8:43"}}) {
    for (std::size_t at = 0; (at = written.find(from)) != std::string::npos;) {
      written.replace(at, from.size(), to);
    }
  }
  const fs::path other = file("other.csv", written);
  EXPECT_EQ(json({other})["curve"], expected["curve"]);
  EXPECT_EQ(json({other, "--day-format", "%d/%m/%Y"})["curve"], expected["curve"]);
  const fs::path more = file("more.csv", events_text);
  EXPECT_EQ(json({other, more})["events"], 10);  // several files are brought together by SQL
  EXPECT_THAT(mistake({other, "--day-format", "%Q"}), HasSubstr("--day-format: '%Q' says no day"));
  EXPECT_THAT(mistake({other, "--day-format", "%d/%m/%Y %H:%M:%S"}), HasSubstr("cannot be read"));
}

TEST_F(Risk, AFileThatIsNotOneOfEventsSaysWhatItLacks) {
  const auto guess = [&](const std::string& text) {
    return risk({file("g.csv", text), "--guess"}).out;
  };
  EXPECT_THAT(guess("id,moment,what\na,x,J45\na,y,I10\n"),
              HasSubstr("No events: no column looks like the day. If one is, name it with "
                        "--day COLUMN."));
  EXPECT_THAT(guess("age,town\n3,x\n4,y\n"),
              HasSubstr("looks like the patient or the day or the code"));
  EXPECT_THAT(guess("id,day,code\na,2023-03-06,J45\nb,2023-03-06,J45\n"),
              HasSubstr("no patient has two lines"));
  EXPECT_THAT(guess(events_text), Not(HasSubstr("No events")));
}

TEST_F(Risk, AFlagThatTheFilesHaveNothingForIsNotPassedOver) {
  const fs::path bare = file("bare.csv", "id,day,code\na,2023-03-06,J45\na,2023-03-09,I10\n");
  const fs::path people = file("p.csv", people_text);
  EXPECT_THAT(mistake({bare, "--population-size", "1000"}), HasSubstr("--population-size: "));
  EXPECT_THAT(mistake({bare, "--population", people}), HasSubstr("--population: "));
  EXPECT_THAT(mistake({people, "--threshold", "11"}),
              HasSubstr("--threshold: the files hold no events"));
  EXPECT_THAT(mistake({small_panel() / "panel.vault", "--population-size", "1000"}),
              HasSubstr("a vault cannot be compared with a population"));
}

TEST_F(Risk, APopulationHoldsTheExport) {
  const fs::path people = file("p.csv", people_text);
  EXPECT_THAT(mistake({people, "--population", folder / "missing.csv"}), HasSubstr("no such file"));
  EXPECT_THAT(mistake({people, "--population", file("q.csv", "id,age\n1,2\n")}),
              HasSubstr("no column 'town' for the population"));
  EXPECT_THAT(mistake({people, "--population-size", "2"}),
              HasSubstr("a population of 2 is less than the 3 people"));
  EXPECT_EQ(risk({people, "--population-size", "3"}).exit, 0);
  EXPECT_THAT(mistake({file("e.csv", events_text), "--population-size", "2"}),
              HasSubstr("less than the 3 people"));
  for (const char* none : {"0", "-3", "many", "nan", "1e300"}) {
    const std::string err = mistake({people, "--population-size", none});
    EXPECT_THAT(err, HasSubstr("a number of people, from 1"));
    EXPECT_LT(err.size(), 200U);
  }
}

TEST_F(Risk, WhatAsksForFiguresIsNotPassedOverWhereNoneAreWorkedOut) {
  const fs::path export_file = file("e.csv", events_text);
  const std::vector<std::vector<std::string>> asked = {{"--limit", "singled_out=0.1"},
                                                       {"--report", folder / "page.html"},
                                                       {"--threshold", "11"},
                                                       {"--periods", "year"},
                                                       {"--with", export_file}};
  for (const std::vector<std::string>& only :
       {std::vector<std::string>{"--guess"}, {"--find", "F"}}) {
    for (const std::vector<std::string>& more : asked) {
      std::vector<std::string> words = {export_file};
      words.insert(words.end(), only.begin(), only.end());
      words.insert(words.end(), more.begin(), more.end());
      EXPECT_THAT(mistake(words), HasSubstr(more[0] + " is given with " + only[0]));
    }
  }
  EXPECT_FALSE(fs::exists(folder / "page.html"));
  EXPECT_THAT(mistake({export_file, "--guess", "--find", "F"}), HasSubstr("given together"));
}

TEST_F(Risk, ColumnsAreGuessedAlikeByAnyNumberOfThreads) {
  // So many that DuckDB reads the file with several threads, and only its beginning is looked at.
  const Ran made =
      run_parcours({"synth", folder / "many", "--patients", "100000", "--flat", "--quiet"});
  ASSERT_EQ(made.exit, 0) << made.err;
  const auto guess = [&](const std::string& threads) {
    return risk({folder / "many" / "export.csv", "--guess", "--json", "--threads", threads}).out;
  };
  const std::string guessed = guess("1");
  EXPECT_THAT(guessed, HasSubstr("missing_share"));
  for (const char* threads : {"2", "4", "4"}) {
    EXPECT_EQ(guess(threads), guessed) << threads;
  }
}

TEST_F(Risk, AColumnIsOneThing) {
  const fs::path export_file = file("e.csv", events_text);
  EXPECT_THAT(mistake({export_file, "--day", "code", "--code", "CODE"}),
              HasSubstr("--day and --code: column 'CODE' is given two roles: date and code"));
  EXPECT_THAT(mistake({export_file, "--drop", "sex", "--column", "sex=sex"}),
              HasSubstr("--drop and --column"));
  EXPECT_EQ(risk({export_file, "--drop", "sex", "--column", "sex=drop"}).exit, 0);
}

TEST_F(Risk, AStopSaysWhatWasWrittenBeforeIt) {
  const fs::path columns = folder / "c.toml";
  const Ran ran = run_parcours({"risk", small_panel() / "send" / "events.csv", "--save-columns",
                                columns, "--draws", "1000000000000", "--quiet"},
                               {.interrupt_after = 1});
  EXPECT_EQ(ran.exit, 130);
  EXPECT_THAT(ran.err, HasSubstr(fs::exists(columns) ? "c.toml was already written"
                                                     : "nothing was changed"));
}

TEST_F(Risk, WhatIsAskedTwiceIsAnsweredOnce) {
  const Json curve =
      json({file("e.csv", events_text), "--known", "2,2,1", "--within", "0,0"})["curve"];
  ASSERT_EQ(curve.size(), 2);
  EXPECT_EQ(curve[0]["known"], 2);
  EXPECT_EQ(curve[1]["known"], 1);
}

TEST_F(Risk, AColumnThatComesTwiceIsReadAsTwo) {
  const Json answer = json({file("t.csv", "age,age,town\n1,2,x\n1,3,x\n2,2,y\n")});
  EXPECT_EQ(answer["people"]["known_columns"].size(), 3);
}

TEST_F(Risk, FilesThatShareNoPatientAreNotLinked) {
  EXPECT_THAT(mistake({file("e.csv", events_text), file("q.csv", "id,age\nz1,3\nz2,4\n")}),
              HasSubstr("no patient of q.csv is in e.csv"));
  EXPECT_THAT(mistake({file("p.csv", people_text), file("q.csv", "id,age\nz1,3\nz2,4\n")}),
              HasSubstr("no patient of q.csv is in p.csv"));
}

// Halves and samples are of lines in an order, so the order must not be the threads' either.
TEST_F(Risk, TheSameFilesAndSeedGiveTheSameFigures) {
  const std::string flat = small_panel() / "send" / "export.csv";
  const std::string people = small_panel() / "send" / "patients.csv";
  std::string other = "patient,shoe\n";
  std::ifstream lines(people);
  std::string line;
  std::getline(lines, line);
  for (int i = 0; std::getline(lines, line); ++i) {
    other += fmt::format("{},{}\n", line.substr(0, line.find(',')), 30 + i % 17);
  }
  const fs::path shoes = file("shoes.csv", other);
  for (const std::vector<std::string>& files :
       {std::vector{flat}, std::vector{people, shoes.string()}}) {
    std::vector<std::string> words = files;
    words.insert(words.end(),
                 {"--attackers", "none", "--timing", "days", "--known", "1", "--json"});
    const Ran first = risk(words);
    ASSERT_EQ(first.exit, 0) << first.err;
    const std::vector<const char*> all = {"1", "2", "7", "2"};
    for (const char* threads : std::span(all).last(under_sanitizer ? 1 : all.size())) {
      std::vector<std::string> again = words;
      again.insert(again.end(), {"--threads", threads});
      EXPECT_EQ(risk(again).out, first.out);
    }
  }
}

TEST_F(Risk, PeopleAreMeasuredInTheFieldsOwnTerms) {
  const fs::path people = file("p.csv", "sex,town,illness\nF,x,A\nF,x,B\nM,y,C\nM,y,C\n");
  const fs::path all =
      file("all.csv", "sex,town,illness\nF,x,A\nF,x,B\nM,y,C\nM,y,C\nM,y,C\nF,z,A\n");
  const Json answer =
      json({people, "--population", all, "--sensitive", "illness", "--attacks", "2"})["people"];
  EXPECT_EQ(answer["sensitive"][0]["fewest_values"], 1);
  EXPECT_EQ(answer["sensitive"][0]["learnt"], 2);  // both of M, y have C
  EXPECT_EQ(answer["presence"]["highest"], 1);
  EXPECT_EQ(answer["presence"]["sure"], 2);                           // the two of F, x
  EXPECT_NEAR(answer["presence"]["lowest"].get<double>(), 0, 1e-12);  // nobody of z
  EXPECT_EQ(answer["singled_out_by_descriptions"]["fields"], 3);
  EXPECT_EQ(answer["singled_out_by_descriptions"]["in_file"]["tried"], 2);
  EXPECT_THAT(risk({people, "--sensitive", "illness"}).out, HasSubstr("fewest values"));
}

TEST_F(Risk, SeveralFilesOfPeopleAreOne) {
  const fs::path people = file("p.csv", people_text);
  const Json answer =
      json({people, file("d.csv", "id,age,death\nSECRETA,71,2023-05-01\nz,3,\n")})["people"];
  EXPECT_EQ(answer["records"], 4);
  EXPECT_EQ(answer["known_columns"], (Json{"p.csv: age", "town", "d.csv: age", "death"}));
  EXPECT_EQ(answer["singled_out"], 2);
  EXPECT_THAT(mistake({people, file("t.csv", "town,size\nx,1\ny,2\n")}),
              HasSubstr("no column of this one says who they are"));
  EXPECT_THAT(mistake({people, file("s.csv", "id,visits\nb,1\nb,2\nSECRETA,3\n")}),
              HasSubstr("several lines in this one"));
}

TEST_F(Risk, TheNameOfATableSaysWhatKindItsEventsAre) {
  const fs::path drugs =
      file("DRUG_EXPOSURE.csv",
           "person_id,date,drug\na,2023-03-06,1\na,2023-03-09,2\na,2023-03-12,3\nb,2023-03-06,1\n");
  const Json answer = json(
      {drugs, file("conditions.csv",
                   "person_id,date,condition\na,2023-03-06,1\nb,2023-03-06,1\nb,2023-04-06,1\n")});
  EXPECT_EQ(answer["patients"], 2);
  EXPECT_EQ(answer["attackers"][2]["applies"], 1);  // the pharmacist saw three drugs of one patient
  EXPECT_EQ(answer["attackers"][5]["applies"], 2);  // and the press reads of illnesses
  EXPECT_EQ(json({drugs, "--find", "prescription 2"})["funnel"][0]["patients"], 1);
  // Parts of one table: codes are the same in both, so nobody is told from the other by them.
  const Json parts =
      json({file("x1.csv", "id,day,code\na,1,C\nb,2,C\na,3,D\n"),
            file("x2.csv", "id,day,code\nb,4,D\nb,5,C\na,6,C\n"), "--timing", "none"});
  EXPECT_EQ(parts["timings"][0]["whole_paths_different"], 1);
  // And what their lines say of people is read in all of them.
  const Json people = json({file("y1.csv", "id,day,code,sex\na,1,C,F\na,2,C,F\n"),
                            file("y2.csv", "id,day,code,sex\nb,1,C,M\nb,2,C,M\n")});
  EXPECT_EQ(people["people"]["records"], 2);
  EXPECT_EQ(people["curve_with_fields"][0]["unique_share"], 1);
}

TEST_F(Risk, WhatWasGuessedIsWrittenCorrectedAndTakenBack) {
  const fs::path export_file = file("p.csv", "id,age,town,remark_code\n1,71,x,a\n2,38,y,b\n");
  EXPECT_EQ(risk({export_file, "--guess", "--save-columns", folder / "c.toml"}).exit, 0);
  write(folder / "c.toml", with(text_of(folder / "c.toml"), "\"quasi\"", "\"unknown\""));
  const Json answer = json({export_file, "--columns", folder / "c.toml"});
  EXPECT_LT(answer["people"]["known_columns"].size(),
            json({export_file})["people"]["known_columns"].size());
}

TEST_F(Risk, NothingThatIsReadIsWrittenOver) {
  const fs::path export_file = file("e.csv", events_text);
  const fs::path columns = file("c.toml", "[columns]\nsex = \"sex\"\n");
  for (const char* flag : {"--report", "--save-columns"}) {
    EXPECT_THAT(mistake({export_file, flag, export_file}), HasSubstr("would overwrite an input"));
    EXPECT_THAT(mistake({export_file, "--columns", columns, flag, columns}),
                HasSubstr("would overwrite an input"));
    EXPECT_THAT(mistake({export_file, flag, folder / "no" / "x"}), HasSubstr("no such folder"));
    EXPECT_THAT(mistake({export_file, flag, folder.path()}), HasSubstr("this is a folder"));
  }
  EXPECT_THAT(mistake({export_file, "--report", folder / "x", "--save-columns", folder / "x"}),
              HasSubstr("the same file"));
  EXPECT_EQ(text_of(export_file), events_text);
}

TEST_F(Risk, ThePageOpensOfflineAndHoldsNoValue) {
  const fs::path page = folder / "risk.html";
  EXPECT_EQ(risk({file("e.csv", events_text), file("p.csv", people_text), "--report", page}).exit,
            0);
  const std::string html = text_of(page);
  EXPECT_THAT(html, HasSubstr("7 of 10 patients are singled out"));
  EXPECT_THAT(html, Not(HasSubstr("SECRETA")));
  EXPECT_THAT(html, Not(HasSubstr("src=\"http")));
  EXPECT_THAT(html, Not(HasSubstr("{{")));
}

TEST_F(Risk, AnExerciseOnAFileOfPeopleTellsOfTheLine) {
  const fs::path people =
      file("s.csv",
           "age,sex,region,diagnosis,income\n12,F,84,J45.0,SECRETB\n12,F,84,E10,low\n"
           "12,M,84,J45.9,low\n40,F,11,I10,high\n");
  const std::string facts = "age 12, F, region 84, diagnosis J45*";
  const Ran ran = risk({people, "--find", facts});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, testing::StartsWith("One patient of 4 fits: singled out."));
  EXPECT_THAT(ran.out, HasSubstr("1 more of its columns is filled, 1 of them sensitive."));
  EXPECT_THAT(ran.out, Not(HasSubstr("SECRETB")));
  EXPECT_THAT(ran.err, HasSubstr("sex = sex, age = age"));
  const Json answer = json({people, "--find", facts});
  EXPECT_EQ(answer["patients"], 4);
  EXPECT_EQ(answer["funnel"][3], (Json{{"fact", "diagnosis J45*"}, {"patients", 1}}));
  EXPECT_EQ(answer["fields"], (Json{{"columns", 1}, {"sensitive", 1}}));
  EXPECT_EQ(json({people, "--find", facts, "--show-path"})["fields"]["values"][0]["value"],
            "SECRETB");
  EXPECT_THAT(mistake({people, "--find", "lab HBA1C"}), HasSubstr("the columns are age, sex"));
  EXPECT_THAT(mistake({people, "--find", "F", "--column", "sex=unknown"}),
              HasSubstr("no column looks like the sex"));
}

TEST_F(Risk, AnExerciseOnAVaultIsLoggedWithoutItsFacts) {
  const fs::path vault = folder / "panel.vault";
  fs::copy(small_panel() / "panel.vault", vault, fs::copy_options::recursive);
  EXPECT_EQ(risk({vault, "--find", "age 37, F, diagnosis I10*", "--quiet"}).exit, 0);
  EXPECT_EQ(risk({vault, "--find", "M", "--quiet"}).exit, 0);
  const std::string log = text_of(vault / "exercises.log");
  EXPECT_EQ(std::ranges::count(log, '\n'), 2);
  EXPECT_THAT(log, HasSubstr("3 facts"));
  EXPECT_THAT(log, HasSubstr("1 fact "));
  EXPECT_THAT(log, HasSubstr("uid "));
  EXPECT_THAT(log, Not(HasSubstr("I10")));
  struct stat status {};
  ASSERT_EQ(::stat((vault / "exercises.log").c_str(), &status), 0);
  EXPECT_EQ(status.st_mode & 0777, 0600U);
}

TEST_F(Risk, TheAnswerOfAVaultSaysThatItStaysInside) {
  const std::string vault = small_panel() / "panel.vault";
  const Ran ran = risk({vault, "--quiet", "--report", folder / "risk.html"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, testing::StartsWith("This answer stays inside"));
  EXPECT_THAT(text_of(folder / "risk.html"), HasSubstr("Cette réponse reste en interne"));
  EXPECT_THAT(risk({vault, "--quiet", "--json"}).out, HasSubstr("\"stays_inside\": true"));
}

TEST_F(Risk, TheAnswerOfAnExportDoesNot) {
  EXPECT_THAT(risk({small_panel() / "send" / "export.csv", "--quiet"}).out,
              Not(HasSubstr("stays inside")));
}

TEST_F(Risk, AnExerciseThatCannotBeLoggedIsNotTold) {
  const fs::path vault = folder / "panel.vault";
  fs::copy(small_panel() / "panel.vault", vault, fs::copy_options::recursive);
  fs::create_directory(vault / "exercises.log");
  const Ran ran = risk({vault, "--find", "F", "--quiet"});
  EXPECT_EQ(ran.exit, 3);
  EXPECT_TRUE(ran.out.empty());
}

// A real release, whose tables are then edited.
class RiskOfRelease : public Risk {
 protected:
  RiskOfRelease() {
    write(folder / "study.toml", good_study());
    write(folder / "france-2026.toml", good_rules());
    const Ran ran = run_parcours({"release", "--vault", small_panel() / "panel.vault", "--study",
                                  folder / "study.toml", "--rules", folder / "france-2026.toml",
                                  "--key", small_panel_key(), "--out", release, "--quiet"});
    EXPECT_EQ(ran.exit, 0) << ran.err;
  }
  std::map<std::string, std::uint64_t> attacks() const {
    sign_again(release);
    std::map<std::string, std::uint64_t> found;
    const Json answer = Json::parse(risk({release, "--json"}).out, nullptr, false);
    for (const Json& attack : answer["tables"]["attacks"]) {
      found[attack["id"]] = attack["succeeded"];
    }
    return found;
  }
  // One of its tables of counts.
  fs::path a_table() const {
    for (const auto& entry : fs::directory_iterator(release / "tables")) {
      if (entry.path().extension() == ".csv" &&
          text_of(entry.path()).find("status,patients\n") != std::string::npos) {
        return entry.path();
      }
    }
    return {};
  }
  const fs::path release = folder / "release";
};

TEST_F(RiskOfRelease, NothingIsAskedOfItThatIsAboutEvents) {
  for (const std::vector<std::string>& flag :
       {std::vector<std::string>{"--periods", "year"},
        std::vector<std::string>{"--attackers",
                                 std::string(PARCOURS_SOURCE_DIR) + "/attackers/default.toml"}}) {
    const Ran ran = run_parcours({"risk", release, flag[0], flag[1]});
    EXPECT_EQ(ran.exit, 2);
    EXPECT_THAT(ran.err, HasSubstr("hold no events"));
  }
}

TEST_F(RiskOfRelease, NothingGetsThroughARelease) {
  EXPECT_EQ(attacks().size(), 7);
  for (const auto& [attack, succeeded] : attacks()) {
    EXPECT_EQ(succeeded, 0U) << attack;
  }
  EXPECT_EQ(risk({release, "--limit", "attacks_through=0"}).exit, 0);
  EXPECT_EQ(risk({release, "--limit", "attacks_through=3"}).exit, 0);  // a count, and no share
}

// A table that adds up, in which one cell is small.
constexpr const char* small_shown =
    "colour,status,patients\nred,published,40\nblue,published,4\n_T,published,44\n";

TEST_F(RiskOfRelease, OneSmallCellShownIsCaught) {
  write(release / "tables" / "more.csv", small_shown);
  EXPECT_GT(attacks()["small-cells"], 0U);
  EXPECT_EQ(risk({release, "--limit", "attacks_through=0"}).exit, 1);
}

TEST_F(RiskOfRelease, AnAttackThatGetsThroughIsRefusedWithoutALimitToo) {
  write(release / "tables" / "more.csv", small_shown);
  sign_again(release);
  const Ran ran = risk({release});
  EXPECT_EQ(ran.exit, 1);
  EXPECT_THAT(ran.err, HasSubstr("attacks got through: small-cells"));
  EXPECT_THAT(ran.err, IsOneLine());
  EXPECT_EQ(risk({release, "--limit", "attacks_through=7"}).exit, 0);
}

TEST_F(RiskOfRelease, AChangedTableIsRefusedByItsName) {
  const fs::path table = a_table();
  std::string text = text_of(table);
  const std::size_t count = text.find("published,") + 10;
  text.replace(count, text.find('\n', count) - count, "4");
  write(table, text);
  for (const std::vector<std::string>& more :
       {std::vector<std::string>{}, std::vector<std::string>{"--find", "F"}}) {
    std::vector<std::string> words = {"risk", release};
    words.insert(words.end(), more.begin(), more.end());
    const Ran ran = run_parcours(words);
    EXPECT_EQ(ran.exit, 2);
    EXPECT_THAT(ran.err, HasSubstr(table.filename().string() + ": this file was changed"));
    EXPECT_THAT(ran.err, IsOneLine());
  }
  // Signed again, it still does not add up.
  sign_again(release);
  const Ran ran = run_parcours({"risk", release});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr(table.filename().string() + ": the table does not add up"));
}

TEST_F(RiskOfRelease, ATableThatIsMissingOrAddedIsRefused) {
  write(release / "tables" / "more.csv", small_shown);
  Ran ran = run_parcours({"risk", release});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("more.csv: this table is not one of the release"));
  fs::remove(release / "tables" / "more.csv");
  const fs::path table = a_table();
  fs::remove(table);
  ran = run_parcours({"risk", release});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("this table of the release is missing"));
}

TEST_F(RiskOfRelease, EvidenceThatIsNoneIsOneClearError) {
  const std::string whole = text_of(release / "evidence.json");
  const auto error = [&](const std::string& evidence) {
    write(release / "evidence.json", evidence);
    const Ran ran = run_parcours({"risk", release});
    EXPECT_EQ(ran.exit, 2);
    EXPECT_THAT(ran.err, IsOneLine());
    return ran.err;
  };
  EXPECT_THAT(error(whole.substr(0, whole.size() / 2)), HasSubstr("cannot be read as JSON"));
  EXPECT_THAT(error("[]"), HasSubstr("this is not the evidence of a release"));
  EXPECT_THAT(error("{\"format\": 7}"), HasSubstr("its format is not parcours-evidence"));
  EXPECT_THAT(error("{\"format\": \"parcours-evidence/2\"}"), HasSubstr("it names no files"));
  EXPECT_THAT(error("{\"format\": \"parcours-evidence/2\", \"files\": [{\"path\": \"../x\", "
                    "\"sha256\": \"a\"}]}"),
              HasSubstr("no path in the folder"));
  EXPECT_THAT(error(with(whole, "\"patients_min\": 11", "\"patients_min\": 2")),
              HasSubstr("evidence.json: this file was changed"));
  fs::remove(release / "evidence.json");
  const Ran ran = run_parcours({"risk", release});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("has no file 'evidence.json'"));
}

TEST_F(RiskOfRelease, WhatIsAboutColumnsIsNotPassedOver) {
  for (const std::vector<std::string>& flag :
       {std::vector<std::string>{"--guess"}, std::vector<std::string>{"--column", "sex=sex"},
        std::vector<std::string>{"--save-columns", folder / "columns.toml"},
        std::vector<std::string>{"--patient", "id"}}) {
    std::vector<std::string> words = {"risk", release};
    words.insert(words.end(), flag.begin(), flag.end());
    const Ran ran = run_parcours(words);
    EXPECT_EQ(ran.exit, 2) << flag[0];
    EXPECT_THAT(ran.err, HasSubstr("a release has no columns to name"));
  }
}

TEST_F(RiskOfRelease, AFactThatTheTablesCannotKnowSaysWhatTheyKnow) {
  const Ran ran = run_parcours({"risk", release, "--find", "age 3, F"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("'age 3' is not understood: no table has this value of age"));
  EXPECT_THAT(ran.err, HasSubstr("65to99"));
  write(folder / "facts.txt", "age 3\nF\n");
  const Ran read = run_parcours({"risk", release, "--find-file", folder / "facts.txt"});
  EXPECT_EQ(read.exit, 2);
  EXPECT_THAT(read.err, testing::Not(HasSubstr("age 3")));
  const Ran known = run_parcours({"risk", release, "--find", "F, town Nowhere"});
  EXPECT_EQ(known.exit, 0) << known.err;
  EXPECT_THAT(known.out, HasSubstr("(no table has this field)"));
  EXPECT_THAT(known.out, HasSubstr("Fields of the tables: age, sex, hypertension"));
}

TEST_F(RiskOfRelease, ATableThatDiffersByAChildIsCaught) {
  write(release / "tables" / "years.csv",
        "years,status,patients\n0to8,published,40\n9to17,published,60\n_T,published,100\n");
  write(release / "tables" / "again.csv",
        "years,status,patients\n0to8,published,40\n9to17,published,59\n_T,published,99\n");
  EXPECT_GT(attacks()["near-groups"], 0U);
}

TEST_F(RiskOfRelease, OneMarginTooManyIsCaught) {
  // A hidden cell beside its published neighbours and their sum.
  write(release / "tables" / "more.csv",
        "colour,status,patients\nred,published,40\nblue,confidential,\n_T,published,44\n");
  const auto found = attacks();
  EXPECT_EQ(found.at("recover"), 1U);
  EXPECT_GT(found.at("small-cells"), 0U);
}

}  // namespace
}  // namespace parcours
