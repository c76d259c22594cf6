#include "exports/persons.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/files.h"

namespace parcours::exports {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

class PersonsTable : public testing::Test {
 protected:
  // Of a file of that text, whose columns are guessed and then what the test says.
  Persons made(const std::string& text, const std::vector<Correction>& said = {}) {
    const fs::path path = folder_.path() / "export.csv";
    EXPECT_TRUE(write_file(path, text));
    ExportFile file = *ExportFile::open(path, 1);
    std::vector<FileGuess> guess = {*guess_columns(file, stop_)};
    EXPECT_TRUE(correct(guess, said));
    return guess[0].form == FileForm::events ? *persons_on_lines(file, guess[0], 1, stop_)
                                             : *persons_in(file, guess[0], 1);
  }

  // Every value of a column, in the order of the table's lines.
  static std::vector<std::string> values(Persons& persons, const std::string& column) {
    duck::Stream rows = *persons.file.query("SELECT " + column + " FROM " + persons.file.source());
    std::vector<std::string> all;
    while (*rows.next()) {
      for (std::size_t row = 0; row < rows.rows(); ++row) {
        all.push_back(rows.null(0, row) ? "-" : std::string(rows.text(0, row)));
      }
    }
    return all;
  }

  static std::vector<std::string> names(const std::vector<AskedColumn>& columns) {
    std::vector<std::string> all;
    for (const AskedColumn& column : columns) {
      all.push_back(column.name + " of " + column.column.name + (column.year ? ", its year" : ""));
    }
    return all;
  }

  const ScratchFolder folder_ = *ScratchFolder::make(fs::temp_directory_path(), "parcours-test-");
  const Stop stop_;
};

const std::string lines_of_events =
    "patient,sex,birth_date,town,date,code,value\n"
    "b,F,1980-05-01,Lyon,2023-01-01,J45,7\n"
    "b,F,1980-05-01,Lyon,2023-02-01,I10,8\n"
    "a,M,1990-01-01,Paris,2023-01-01,J45,9\n"
    "a,M,1990-01-01,Paris,2023-01-03,E11,4\n"
    ",M,1990-01-01,Paris,2023-01-03,E11,4\n";

const std::vector<Correction> roles_of_events = {
    {{}, "patient", ColumnRole::patient, "a test"},
    {{}, "date", ColumnRole::date, "a test"},
    {{}, "code", ColumnRole::code, "a test"},
    {{}, "town", ColumnRole::place, "a test"},
    {{}, "sex", ColumnRole::sex, "a test"},
    {{}, "birth_date", ColumnRole::birth_year, "a test"}};

TEST_F(PersonsTable, OfEventsHasALineForEachPatientInOrderOfTheirCodes) {
  Persons persons = made(lines_of_events, roles_of_events);
  EXPECT_TRUE(persons.on_lines_of_events);
  EXPECT_THAT(values(persons, "patient"), ElementsAre("a", "b"));
  EXPECT_THAT(values(persons, "town"), ElementsAre("Paris", "Lyon"));
}

TEST_F(PersonsTable, OfEventsWhatDiffersBetweenAPatientsLinesIsNotKnownOfThePerson) {
  const Persons persons = made(lines_of_events, roles_of_events);
  EXPECT_THAT(persons.known(), ElementsAre("sex", "birth_date", "town"));
  EXPECT_EQ(persons.patient()->name, "patient");
}

TEST_F(PersonsTable, IsAskedByTheNamesThatAttackersUse) {
  const Persons persons = made(lines_of_events, roles_of_events);
  EXPECT_THAT(names(persons.called({})),
              ElementsAre("sex of sex", "birth_year of birth_date, its year", "region of town"));
  EXPECT_THAT(names(persons.called({"town"})), testing::Contains("town of town"));
}

TEST_F(PersonsTable, OfPeopleIsTheirLinesAsTheyLie) {
  Persons persons = made(
      "name,sex,region,job\nAnn,F,84,x\nBob,M,11,y\n",
      {{{}, "name", ColumnRole::drop, "a test"}, {{}, "job", ColumnRole::sensitive, "a test"}});
  EXPECT_FALSE(persons.on_lines_of_events);
  EXPECT_THAT(values(persons, "region"), ElementsAre("84", "11"));
  EXPECT_THAT(persons.known(), ElementsAre("sex", "region", "job"));
  EXPECT_THAT(persons.sensitive(), ElementsAre("job"));
  EXPECT_THAT(persons.naming_the_person(), ElementsAre("name"));
  EXPECT_EQ(persons.weight(), "");
}

// Of a wide file only the first lines are read for all columns: what they say must be held against
// all lines.
TEST_F(PersonsTable, AColumnThatDiffersInTheFirstLinesIsThePersonsWhereFewPatientsOfAllDiffer) {
  constexpr int lines_of_the_first = 250'000;
  constexpr int first_patients = 100;
  constexpr int others = 50'000;
  std::string text = "patient,date,code,c1,c2,c3,c4,c5,c6,c7,c8,mostly_one,differs\n";
  for (int line = 0; line < lines_of_the_first + others; ++line) {
    const bool first = line < lines_of_the_first;
    const int patient = first ? line % first_patients : line;
    const int value = first && patient < first_patients / 2 ? line / first_patients % 2 : 0;
    text += fmt::format("p{},2023-01-01,J45,1,1,1,1,1,1,{},2,{},{}\n", patient, patient % 7, value,
                        line % 3);
    if (!first) {  // a second line, which differs in the last column alone
      text += fmt::format("p{},2023-01-01,J45,1,1,1,1,1,1,{},2,{},{}\n", patient, patient % 7,
                          value, line % 3 + 1);
    }
  }
  const Persons persons = made(text);
  ASSERT_TRUE(persons.on_lines_of_events);
  const auto of_person = [&](std::string_view name) {
    return std::ranges::any_of(persons.columns, [&](const PersonColumn& column) {
      return column.guess.name == name && column.of_person;
    });
  };
  EXPECT_TRUE(of_person("mostly_one"));
  EXPECT_TRUE(of_person("c7"));
  EXPECT_FALSE(of_person("differs"));
}

TEST_F(PersonsTable, WhatTheUserCallsUnknownIsKnownToNobody) {
  const Persons persons = made(
      "sex,region\nF,84\nM,11\n",
      {{{}, "sex", ColumnRole::unknown, "a test"}, {{}, "region", ColumnRole::unknown, "a test"}});
  EXPECT_THAT(persons.known(), IsEmpty());
  EXPECT_THAT(persons.asked(), IsEmpty());
  EXPECT_THAT(persons.called({}), IsEmpty());
}

TEST_F(PersonsTable, AColumnOfAnyRoleMaySayWhoSomebodyIs) {
  const Persons persons =
      made("sex,truth\nF,84\nM,11\n", {{{}, "truth", ColumnRole::drop, "a test"}});
  EXPECT_TRUE(persons.column("truth"));
  EXPECT_FALSE(persons.column("nobody"));
}

}  // namespace
}  // namespace parcours::exports
