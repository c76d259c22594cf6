// The people of an export as one table: for each person, what the export says of them, column by
// column.
//
//   a file of people     its lines as they lie, mostly one a person
//   a file of events     a line a patient, in order of their codes: what its lines say of the
//                        person. Of a column that differs between a patient's lines the first value
//                        in order of text stands there.
//
// All code that needs the people of an export uses this table: the fields that an attacker may know
// (known), the columns that a file names itself (called), the column that tells right joins from
// wrong ones (called, too), and what microdata needs to know of columns.
//
//   ASSIGN_OR_RETURN(Persons persons, persons_on_lines(events, guess, 2, stop));
//   persons.known()            sex, birth_year, region: those with one value a patient, for 99 of
//                              100 patients
//   persons.called({"age"})    sex, birth_year, practice, region, and age where the table has it
//
// Personal data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/stop.h"
#include "exports/column_guess.h"
#include "exports/export_file.h"

namespace parcours::exports {

struct PersonColumn {
  ColumnGuess guess;
  // It says something of the person, and not of the event that a line is about. Of a file of people
  // every column does.
  bool of_person = true;
};

// A column under the name that it is asked for by.
struct AskedColumn {
  std::string name;  // "region"
  ExportColumn column;
  bool year = false;  // the year off the front of a date alone
};

struct Persons {
  ExportFile file;
  std::string from;                   // the name of the file that says it
  std::vector<PersonColumn> columns;  // all that the file has
  bool on_lines_of_events = false;
  bool several_lines = false;  // a patient has several lines, and each is a person by itself

  // Who they are; nothing where no column says it.
  std::optional<ExportColumn> patient() const;

  // Names of columns, in the file's order: all that an attacker may know of a person; of these
  // those that others would like to learn; those of numbers that only name something; and columns
  // that name the person by themselves, which are known to nobody.
  std::vector<std::string> known() const;
  // With them those with the same value on all lines, which tells something beside other people: in
  // a population, or in another export.
  std::vector<std::string> known_beside_others() const;
  std::vector<std::string> sensitive() const;
  std::vector<std::string> only_naming() const;
  std::vector<std::string> naming_the_person() const;
  std::string weight() const;  // of a survey; empty: none

  // All that is known, by the columns' own names.
  std::vector<AskedColumn> asked() const;

  // The sex, the year of birth, the age, the practice, the region, and the columns called as one of
  // `wanted`. Where no column is called region, the first of places stands for it: who lives in a
  // town lives in its region, so this is the worst that can be known.
  std::vector<AskedColumn> called(const std::vector<std::string>& wanted) const;

  // The column of that name, whatever it is; nothing where there is none.
  std::optional<AskedColumn> column(const std::string& name) const;
};

// Of a file of people.
Result<Persons> persons_in(const ExportFile& file, const FileGuess& guess, int threads);

// Of a file of events with a patient column.
Result<Persons> persons_on_lines(const ExportFile& events, const FileGuess& guess, int threads,
                                 const Stop& stop);

}  // namespace parcours::exports
