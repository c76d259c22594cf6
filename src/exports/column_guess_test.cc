#include "exports/column_guess.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "base/files.h"
#include "exports/column_names.h"
#include "exports/column_sql.h"
#include "exports/columns_file.h"
#include "exports/day_text.h"

namespace parcours::exports {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;
using testing::Not;

class Guesses : public testing::Test {
 protected:
  FileGuess guess(const std::string& text, const std::string& name = "export.csv") {
    EXPECT_TRUE(write_file(folder_.path() / name, text));
    return guess_file(folder_.path() / name);
  }
  static FileGuess guess_file(const fs::path& path) {
    ExportFile file = *ExportFile::open(path, 1);
    const Stop stop;
    return *guess_columns(file, stop);
  }
  static std::map<std::string, std::string> roles(const FileGuess& guess) {
    std::map<std::string, std::string> roles;
    for (const ColumnGuess& column : guess.columns) {
      roles[column.name] = name_of(column.role);
    }
    return roles;
  }
  const ScratchFolder folder_ = *ScratchFolder::make(fs::temp_directory_path(), "parcours-test-");
};

const std::string events =
    "patient,nom,courriel,date_visite,code_cim10,sexe,annee_naissance,region,commentaire\n"
    "a1,Durand,a@b.fr,06/03/2023,J45,F,1980,84,vu ce jour\n"
    "a1,Durand,a@b.fr,26/03/2023,I10,F,1980,84,revient\n"
    "a2,Martin,c@d.fr,07/03/2023,J45.0,M,1975,11,va bien\n";

TEST_F(Guesses, AFrenchExportOfEvents) {
  const FileGuess found = guess(events);
  EXPECT_EQ(found.form, FileForm::events);
  EXPECT_TRUE(found.several_lines);
  EXPECT_EQ(found.day_format, "%d/%m/%Y");
  EXPECT_EQ(roles(found), (std::map<std::string, std::string>{{"patient", "patient"},
                                                              {"nom", "drop"},
                                                              {"courriel", "drop"},
                                                              {"date_visite", "date"},
                                                              {"code_cim10", "code"},
                                                              {"sexe", "sex"},
                                                              {"annee_naissance", "birth_year"},
                                                              {"region", "place"},
                                                              {"commentaire", "drop"}}));
}

TEST_F(Guesses, OneLineAPersonIsAFileOfPeopleWhoseDaysAreFields) {
  const FileGuess found =
      guess("id,age,admission_date,diag_1\n1,34,2023-01-01,J45\n2,35,2023-02-01,I10\n");
  EXPECT_EQ(found.form, FileForm::people);
  EXPECT_EQ(roles(found)["admission_date"], "quasi");
  EXPECT_EQ(roles(found)["diag_1"], "sensitive");
  EXPECT_THAT(found.known_columns(), Contains("admission_date"));
}

TEST_F(Guesses, WhatNamesThePersonIsSeenByItsValuesWhateverItsName) {
  std::string text = "a;b;c;d;e\n";
  for (int i = 10; i < 60; ++i) {
    const std::int64_t number = 1'850'175'115'000 + i;
    text += fmt::format("{}{:02};x{}@y.org;06 12 34 56 {};10.0.0.{};{}\n", number, 97 - number % 97,
                        i, i, i, i % 3);
  }
  auto found = roles(guess(text));
  EXPECT_EQ(found["a"], "drop");
  EXPECT_EQ(found["b"], "drop");
  EXPECT_EQ(found["c"], "drop");
  EXPECT_EQ(found["d"], "drop");
  EXPECT_EQ(found["e"], "quasi");
}

TEST_F(Guesses, G1_AMeasureThatDiffersOnEveryLineIsKnownToAttackers) {
  const FileGuess found = guess("subject,height,line_no\n1,1.61,1\n2,1.62,2\n3,1.74,3\n");
  EXPECT_THAT(found.known_columns(), Contains("height"));
  EXPECT_THAT(found.known_columns(), Not(Contains("line_no")));
}

TEST_F(Guesses, G1_ABodysWeightIsKnownAndASurveysIsNot) {
  auto found = roles(guess("id,weight,PWGTP\n1,60,72\n2,71,6\n"));
  EXPECT_EQ(found["weight"], "quasi");
  EXPECT_EQ(found["PWGTP"], "weight");
}

TEST_F(Guesses, G2_OfSeveralDaysOneIsTheEvents) {
  const FileGuess found = guess(
      "person_id,code,end_date,start_date\n1,A,2023-01-02,2023-01-01\n1,B,2023-01-04,2023-01-03\n");
  EXPECT_EQ(found.form, FileForm::events);
  EXPECT_EQ(found.names_of_role(ColumnRole::date), std::vector<std::string>{"start_date"});
  EXPECT_THAT(found.known_columns(), Contains("end_date"));
}

TEST_F(Guesses, DaysAreSeenInEveryUsualForm) {
  const std::map<std::string, std::string> forms = {
      {"2022-05-18", ""},
      {"2022-05-18T20:43:10Z", ""},
      {"18/05/2022", "%d/%m/%Y"},
      {"18/05/2022 20:43", "%d/%m/%Y"},
      {"18/05/2022 20:43:10", "%d/%m/%Y"},
      {"5/18/2022 8:43 PM", "%m/%d/%Y"},
      {"2022/05/18", "%Y/%m/%d"},
      {"2022.05.18 20:43", "%Y.%m.%d"},
      {"20220518", "%Y%m%d"},
      {"18MAY2022", "%d%b%Y"},
      {"18MAY2022:00:00:00", "%d%b%Y"},
      {"18-May-2022", "%d-%b-%Y"},
  };
  for (const auto& [day, format] : forms) {
    const FileGuess found = guess(fmt::format("patient,x,code\n1,{0},A\n1,{0},B\n2,{0},A\n", day));
    EXPECT_EQ(roles(found)["x"], "date") << day;
    EXPECT_EQ(found.day_format, format) << day;
    DayText days(found.day_format);
    EXPECT_EQ(days.parse(day), day_of(2022, 5, 18)) << day;
  }
}

TEST_F(Guesses, MonthsWeeksAndYearsAreDaysThatAreKnownLessWell) {
  const std::map<std::string, std::pair<std::string, Precision>> forms = {
      {"2022-05", {"%Y-%m", Precision::months}},  {"2022/05", {"%Y/%m", Precision::months}},
      {"05/2022", {"%m/%Y", Precision::months}},  {"202205", {"%Y%m", Precision::months}},
      {"2022", {"%Y", Precision::years}},         {"2022-W07", {"%G-W%V", Precision::weeks}},
      {"2022W07", {"%GW%V", Precision::weeks}},   {"2022-Q2", {"%Y-Q%q", Precision::quarters}},
      {"2022Q2", {"%YQ%q", Precision::quarters}}, {"2022-T2", {"%Y-T%q", Precision::quarters}},
  };
  for (const auto& [text, said] : forms) {
    const FileGuess found =
        guess(fmt::format("patient,year,code\n1,{0},A\n1,{0},B\n2,{0},A\n", text));
    EXPECT_EQ(found.form, FileForm::events) << text;
    EXPECT_EQ(found.day_format, said.first) << text;
    const Result<Roles> columns = roles_of(found, {});
    ASSERT_TRUE(columns);
    EXPECT_EQ(columns->precision, said.second) << text;
    ExportFile file = *ExportFile::open(folder_.path() / "export.csv", 1);
    const Stop stop;
    const DaySql day = *day_sql(file, *columns, stop);
    const auto read =
        *one_row(file, "SELECT CAST(" + day.expression + " AS BIGINT) FROM " + file.source(), stop);
    EXPECT_EQ(read[0], DayText(found.day_format).parse(text)->number) << text;
    // Some day of the period, and none.
    const Day first = first_day(Day{static_cast<std::int32_t>(read[0])}, said.second);
    const auto fits = [&](Day from, Day to) {
      return (*one_row(
          file, "SELECT count(*) FILTER (" + day.within(from, to) + ") FROM " + file.source(),
          stop))[0];
    };
    EXPECT_EQ(fits(last_day(first, said.second), last_day(first, said.second) + 9), 3) << text;
    EXPECT_EQ(fits(last_day(first, said.second) + 1, first + 999), 0) << text;
    EXPECT_EQ(fits(first + -9, first + -1), 0) << text;
  }
  // Numbers that count something are no years, and a day is better than its year.
  EXPECT_EQ(roles(guess("patient,x,code\n1,2001,A\n1,2002,B\n2,2001,A\n"))["x"], "quasi");
  EXPECT_EQ(roles(guess("patient,month,code\n1,1,A\n1,12,B\n2,3,A\n"))["month"], "quasi");
  auto both = roles(guess(
      "patient,year,visit_date,code\n1,2001,2001-02-03,A\n1,2002,2002-02-03,B\n2,2001,2001-02-09,A\n"));
  EXPECT_EQ(both["visit_date"], "date");
  EXPECT_EQ(both["year"], "quasi");
}

TEST_F(Guesses, DaysInTextAreReadAlikeInSqlAndLineByLine) {
  const std::vector<std::string> texts = {"18/05/2022",         "18/05/2022 20:43:10",
                                          "1/5/2022T8:43",      "1/5/2022 8:43:10 pm",
                                          "18/05/2022 evening", "18/05/22",
                                          "18/5/2022 "};
  for (const std::string& text : texts) {
    ASSERT_TRUE(write_file(folder_.path() / "t.csv", "p,d,c\na," + text + ",x\n"));
    ExportFile file = *ExportFile::open(folder_.path() / "t.csv", 1);
    const Roles roles{.patient = {"p", "VARCHAR"},
                      .day = {"d", "VARCHAR"},
                      .code = {"c", "VARCHAR"},
                      .day_format = "%d/%m/%Y"};
    const Stop stop;
    const auto sql = day_sql(file, roles, stop);
    const std::optional<Day> day = DayText(roles.day_format).parse(text);
    ASSERT_EQ(sql.has_value(), day.has_value()) << text;
    if (sql) {
      const auto read = *one_row(
          file, "SELECT CAST(" + sql->expression + " AS BIGINT) FROM " + file.source(), stop);
      EXPECT_EQ(read[0], day->number) << text;
    }
  }
}

TEST_F(Guesses, TheDaysOfAColumnThatTheUserNamesAreReadAsTheyAreWritten) {
  std::vector<FileGuess> found = {
      guess("patient,date,seen,code\n1,2023-01-02,18/05/2022,A\n1,2023-01-04,19/05/2022,B\n")};
  EXPECT_EQ(found[0].day_format, "");
  ASSERT_TRUE(correct(found, {{{}, "seen", ColumnRole::date, "--day"}}));
  EXPECT_EQ(roles_of(found[0], {})->day_format, "%d/%m/%Y");
}

TEST_F(Guesses, AColumnsFileLeavesDaysThatFilesWriteDifferentlyToBeGuessedAgain) {
  const std::vector<FileGuess> found = {
      guess(events), guess("patient,day,code\n1,2023-01-02,A\n1,2023-01-03,B\n", "more.csv")};
  EXPECT_EQ(parse_columns(columns_text(found), "c.toml")->day_format, "");
}

TEST_F(Guesses, ADateThatAParquetFileHoldsAsANumberIsReadByItsFormat) {
  const fs::path path = folder_.path() / "export.parquet";
  duck::Connection duck = *duck::Database::open({})->connect();
  ASSERT_TRUE(duck::write_parquet(
      duck, "SELECT i % 3 AS patient, 20230306 + i AS day, 'A' AS code FROM range(20) t(i)", path));
  const Roles found = *roles_of(guess_file(path), {});
  ExportFile file = *ExportFile::open(path, 1);
  const Stop stop;
  const DaySql day = *day_sql(file, found, stop);
  EXPECT_EQ(day.calendar, Calendar::dates);
  EXPECT_EQ(
      (*one_row(file, "SELECT CAST(min(" + day.expression + ") AS BIGINT) FROM " + file.source(),
                stop))[0],
      day_of(2023, 3, 6)->number);
}

TEST_F(Guesses, SecondsAreNoDays) {
  const auto days = [&](const std::string& first, const std::string& second) {
    return roles_of(
        guess(fmt::format("patient,day,code\n1,{},A\n1,{},B\n2,{},A\n", first, second, first)), {});
  };
  EXPECT_TRUE(days("0", "7300"));
  EXPECT_TRUE(days("2459000", "2460000"));    // Julian days
  EXPECT_TRUE(days("20230306", "20230307"));  // a date written without marks
  for (const auto& [first, second] : std::map<std::string, std::string>{
           {"1678060800", "1678147200"}, {"1678060800000", "1678147200000"}, {"0", "864000"}}) {
    const auto read = days(first, second);
    ASSERT_FALSE(read) << first;
    EXPECT_THAT(read.error().sentence(), HasSubstr("they look like seconds"));
    EXPECT_THAT(read.error().sentence(), Not(HasSubstr(second)));
  }
}

TEST_F(Guesses, AColumnThatIsEmptyTellsNothingWhateverItsName) {
  const FileGuess found = guess("patient,region,visit_date,diagnosis,surname\n1,,,,NA\n2,,,?,\n");
  auto roles_found = roles(found);
  for (const char* column : {"region", "visit_date", "diagnosis", "surname"}) {
    EXPECT_EQ(roles_found[column], "constant") << column;
  }
  EXPECT_EQ(found.columns[1].reason.en, "empty on every line");
  EXPECT_EQ(roles(guess("patient,age\n,3\n,4\n"))["patient"], "patient");
}

TEST_F(Guesses, WhatIsTheSameOnAllLinesOfTheFileIsNoKnowledge) {
  const FileGuess found = guess("id,sex,age,site,empty\n1,F,30,A,\n2,F,31,A,\n3,F,32,A,\n");
  EXPECT_EQ(found.known_columns(), std::vector<std::string>{"age"});
  EXPECT_EQ(found.columns[1].role, ColumnRole::sex);  // which --find asks about
  // One line says nothing about other lines.
  EXPECT_EQ(guess("id,age,site\n1,30,A\n").known_columns().size(), 2);
}

TEST_F(Guesses, OfASampleAnEmptyColumnKeepsItsRoleAndTheReasonSaysSo) {
  std::string text = "id,region,extra,rare,age\n";
  for (int line = 0; line < 25'000; ++line) {
    text += fmt::format("{},,,{},{}\n", line, line == 24'990 ? "x" : "", line % 80);
  }
  const FileGuess found = guess(text);
  auto role = roles(found);
  EXPECT_EQ(role["region"], "place");
  EXPECT_EQ(role["extra"], "quasi");
  EXPECT_EQ(found.columns[1].reason.en,
            "empty on every line of the sample; named like where the person lives or is cared for");
  EXPECT_THAT(found.known_columns(), Contains("rare"));
}

TEST_F(Guesses, G1_WhatOnlyTellsLinesOrStaysApartIsLeftOutWithAReason) {
  std::string text = "patient,.order,hadm,stay_id,token,cost,age\n";
  for (int line = 0; line < 120; ++line) {
    text += fmt::format("{},{},{},{},K{:09}X,{}.{:02},{}\n", line, line + 1, 700'000 + line * line,
                        9000 + line, line * 7919, line, line % 100, line % 80);
  }
  const FileGuess people = guess(text);
  auto role = roles(people);
  EXPECT_EQ(role[".order"], "drop");
  EXPECT_EQ(role["token"], "drop");
  EXPECT_EQ(role["stay_id"], "drop");
  EXPECT_EQ(role["cost"], "quasi");  // a measure
  EXPECT_EQ(role["hadm"], "drop");   // which may be one too: the user is asked
  EXPECT_TRUE(people.columns[2].asked_about);
  EXPECT_EQ(std::ranges::count_if(people.columns, &ColumnGuess::asked_about), 1);

  std::string lines = "patient,hadm_id,day,code,ward_id\n";
  for (int line = 0; line < 120; ++line) {
    lines +=
        fmt::format("{},{},{},C{},{}\n", line / 4, 5000 + line / 4, line % 50, line % 7, line % 9);
  }
  auto of_events = roles(guess(lines));
  EXPECT_EQ(of_events["hadm_id"], "drop");
  EXPECT_EQ(of_events["ward_id"], "quasi");
}

TEST_F(Guesses, DayIsAnotherNameOfTheRoleDate) {
  EXPECT_EQ(role_named("day"), ColumnRole::date);
  EXPECT_EQ(role_named("date"), ColumnRole::date);
  EXPECT_EQ(name_of(ColumnRole::date), "date");
}

TEST_F(Guesses, FrancesNationalHealthData) {
  const FileGuess found = guess(
      "NUM_ENQ;BEN_NAI_ANN;BEN_SEX_COD;BEN_RES_DPT;EXE_SOI_DTD;EXE_SOI_DTF;PRS_NAT_REF;PHA_PRS_"
      "C13\n"
      "x1;1980;2;075;2023-01-02;2023-01-02;3313;3400930000001\n"
      "x1;1980;2;075;2023-01-05;2023-01-05;1111;\n"
      "x2;1971;1;069;2023-01-02;2023-01-03;1111;\n");
  EXPECT_EQ(found.form, FileForm::events);
  auto role = roles(found);
  EXPECT_EQ(role["NUM_ENQ"], "patient");
  EXPECT_EQ(role["EXE_SOI_DTD"], "date");
  EXPECT_EQ(role["PRS_NAT_REF"], "code");
  EXPECT_EQ(role["PHA_PRS_C13"], "sensitive");
  EXPECT_EQ(role["BEN_NAI_ANN"], "birth_year");
  EXPECT_EQ(role["BEN_SEX_COD"], "sex");
  EXPECT_EQ(role["BEN_RES_DPT"], "place");
  for (const char* patient : {"BEN_IDT_ANO", "BEN_NIR_PSA"}) {
    EXPECT_EQ(name_says(patient)->role, ColumnRole::patient) << patient;
  }
  for (const char* code : {"CIP_CDC", "CAM_PRS_IDE", "PHA_PRS_C13"}) {
    EXPECT_EQ(name_says(code)->role, ColumnRole::code) << code;
  }
}

TEST_F(Guesses, ANumberThatNamesThePersonElsewhereIsThePatientOfEventsWhereNothingElseIs) {
  const FileGuess found =
      guess("MRN,date,code\n77,2023-01-02,A\n77,2023-01-04,B\n78,2023-01-02,A\n");
  EXPECT_EQ(found.form, FileForm::events);
  EXPECT_EQ(roles(found)["MRN"], "patient");
  EXPECT_THAT(found.columns[0].reason.en, HasSubstr("replace it by a pseudonym"));
  for (const char* otherwise :
       {"MRN,date,code,patient\n77,2023-01-02,A,1\n77,2023-01-04,B,1\n",  // a pseudonym is there
        "MRN,date,age\n77,2023-01-02,3\n77,2023-01-04,3\n",      // nothing says what happened
        "MRN,date,code\n77,2023-01-02,A\n78,2023-01-04,B\n"}) {  // a line each
    EXPECT_EQ(roles(guess(otherwise))["MRN"], "drop") << otherwise;
  }
}

TEST_F(Guesses, HowLongAndHowManyAreNoPlaceAndNoDay) {
  for (const char* amount : {"time_in_hospital", "num_procedures", "number_inpatient", "nb_jour",
                             "duree_hospital", "number_of_hospital_stays"}) {
    EXPECT_FALSE(name_says(amount)) << amount;
  }
  EXPECT_EQ(name_says("hospital")->role, ColumnRole::place);
  EXPECT_EQ(name_says("num_departement")->role, ColumnRole::place);
  EXPECT_EQ(name_says("date_time")->role, ColumnRole::date);
}

TEST_F(Guesses, MeasuresAreNoCodes) {
  std::string text = "id,WEIGHT,lab,dx\n";
  for (int i = 0; i < 40; ++i) {
    text += fmt::format("{},{}.25,{}.5,{}\n", i, 101 + i, i % 8 == 0 ? 99 : 100 + i,
                        i % 2 == 0 ? "250.83" : "V27");
  }
  auto role = roles(guess(text));
  EXPECT_EQ(role["WEIGHT"], "quasi");
  EXPECT_EQ(role["lab"], "quasi");
  EXPECT_EQ(role["dx"], "sensitive");  // codes, in a file of people
}

TEST_F(Guesses, ALineThatSaysThatItIsATotalIsNoticed) {
  const std::string people = "patient;age;actes\n1;30;4\n2;41;5\n3;52;6\n";
  EXPECT_EQ(guess(people).totals, "");
  EXPECT_EQ(guess(people + "Total;;15\n").totals, "patient");
}

TEST_F(Guesses, NumbersThatAreNoAgesAndNoYearsOfBirthAreNoticed) {
  const auto impossible = [&](const std::string& text) {
    std::string names;
    const FileGuess found = guess(text);
    for (const ColumnGuess& column : found.columns) {
      names += column.impossible ? column.name + " " : "";
    }
    return names;
  };
  EXPECT_EQ(impossible("id,age,birth_year\n1,30,1990\n2,101,1921\n"), "");
  EXPECT_EQ(impossible("id,age,birth_year\n1,30,9999\n2,999,1980\n"), "age birth_year ");
  EXPECT_EQ(impossible("id,age,birth_date\n1,-1,19800501\n2,40,19790102\n"), "age ");
}

TEST_F(Guesses, KeysThatRepeatBesideDaysAndCodesAreThePatients) {
  std::string text = "who,when,code\n";
  for (int line = 0; line < 90; ++line) {
    text += fmt::format("{:04}QSBX,2023-01-{:02},J45\n", 3613 + line / 3, 1 + line % 28);
  }
  const FileGuess found = guess(text);
  EXPECT_EQ(roles(found)["who"], "patient");
  EXPECT_EQ(found.form, FileForm::events);
}

TEST_F(Guesses, NoReasonHoldsAValue) {
  for (const ColumnGuess& column : guess(events).columns) {
    for (const char* value : {"Durand", "a@b.fr", "J45", "1980", "vu ce jour"}) {
      EXPECT_THAT(column.reason.en, Not(HasSubstr(value)));
    }
  }
}

TEST_F(Guesses, TheUsersWordStandsOverTheGuess) {
  std::vector<FileGuess> found = {guess(events)};
  ASSERT_TRUE(correct(found, {{{}, "REGION", ColumnRole::unknown, "--column"}}));
  EXPECT_EQ(roles(found[0])["region"], "unknown");
  EXPECT_THAT(found[0].known_columns(), Not(Contains("region")));
  const Status wrong = correct(found, {{{}, "regoin", ColumnRole::place, "--column"}});
  ASSERT_FALSE(wrong);
  EXPECT_THAT(wrong.error().sentence(), HasSubstr("did you mean 'region'?"));
}

TEST_F(Guesses, AnotherPatientNamedByTheUserMayMakeEventsOfPeople) {
  std::vector<FileGuess> found = {
      guess("id,family,date,code\n1,x,2023-01-01,A\n2,x,2023-01-02,B\n3,y,2023-01-03,A\n")};
  EXPECT_EQ(found[0].form, FileForm::people);
  ASSERT_TRUE(correct(found, {{{}, "family", ColumnRole::patient, "--patient"}}));
  EXPECT_EQ(found[0].form, FileForm::events);
  const Roles columns = *roles_of(found[0], {});
  EXPECT_EQ(columns.patient.name, "family");
  EXPECT_EQ(columns.day.name, "date");
}

TEST_F(Guesses, G1_AColumnsFileSaysWhatWasGuessed) {
  const std::vector<FileGuess> first = {
      guess(events), guess("patient,\"a\nb\",dep\na1,1,75\na2,2,69\n", "people.csv")};
  const ColumnsFile file = *parse_columns(columns_text(first), "columns.toml");
  std::vector<FileGuess> second = first;
  for (FileGuess& guess : second) {
    for (ColumnGuess& column : guess.columns) {
      column.role = ColumnRole::quasi;
      column.seems = ColumnRole::quasi;
    }
  }
  ASSERT_TRUE(correct(second, file.corrections));
  for (std::size_t i = 0; i < first.size(); ++i) {
    EXPECT_EQ(roles(first[i]), roles(second[i]));
    EXPECT_EQ(first[i].form, second[i].form);
  }
  EXPECT_EQ(file.day_format, "%d/%m/%Y");
}

TEST_F(Guesses, AMistakeInAColumnsFileHasItsLine) {
  const auto mistake = [](const char* text) {
    const auto read = parse_columns(text, "c.toml");
    return read ? "" : read.error().sentence();
  };
  EXPECT_THAT(mistake("[columns]\nregion = \"plac\"\n"), HasSubstr("c.toml:2"));
  EXPECT_THAT(mistake("[columns]\nregion = \"plac\"\n"), HasSubstr("did you mean 'place'?"));
  EXPECT_THAT(mistake("[colums]\n"), HasSubstr("did you mean 'columns'?"));
  EXPECT_THAT(mistake("[columns]\nregion = 3\n"), HasSubstr("c.toml:2"));
  EXPECT_THAT(mistake("[columns\n"), HasSubstr("c.toml:1"));
  EXPECT_THAT(mistake("file = 3\n"), HasSubstr("c.toml:1"));
  EXPECT_THAT(mistake("day_format = \"%Q\"\n"), HasSubstr("c.toml:1: '%Q' says no day"));
}

std::optional<fs::path> shared(const std::string& name) {
  const fs::path path = fs::path(PARCOURS_SOURCE_DIR) / "../shared/data" / name;
  return fs::exists(path) ? std::optional(path) : std::nullopt;
}

TEST_F(Guesses, RealFilesAreReadAsTheirOwnersWould) {
  const auto adult = shared("arx_adult/adult.csv");
  const auto nafld = shared("nafld/nafld3.csv");
  const auto cohort = shared("nafld/nafld1.csv");
  const auto diabetes = shared("diabetes130/diabetic_data.csv.gz");
  const auto census = shared("nist_ma2019/ma2019.csv");
  if (!adult || !nafld || !cohort || !diabetes || !census) {
    GTEST_SKIP() << "the folder of real records is not there";
  }
  EXPECT_EQ(guess_file(*adult).known_columns().size(), 9);
  const FileGuess onsets = guess_file(*nafld);
  EXPECT_EQ(onsets.form, FileForm::events);
  EXPECT_EQ(roles(onsets), (std::map<std::string, std::string>{
                               {"id", "patient"}, {"days", "date"}, {"event", "code"}}));
  const FileGuess people = guess_file(*cohort);
  EXPECT_EQ(people.form, FileForm::people);
  EXPECT_EQ(roles(people)["weight"], "quasi");
  const FileGuess encounters = guess_file(*diabetes);
  EXPECT_EQ(encounters.form, FileForm::people);
  EXPECT_TRUE(encounters.several_lines);
  EXPECT_EQ(roles(encounters)["patient_nbr"], "patient");
  EXPECT_EQ(roles(encounters)["encounter_id"], "drop");
  EXPECT_EQ(encounters.known_columns().size(), 48);
  EXPECT_EQ(roles(guess_file(*census))["PWGTP"], "weight");
}

}  // namespace
}  // namespace parcours::exports
