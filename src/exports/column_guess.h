// What each column of an export seems to be, from its name and from what it holds; shown to the
// user with the reason, and corrected by them. No value of the file stands in a reason.
//
//   ASSIGN_OR_RETURN(FileGuess guess, guess_columns(file, stop));
//   // patient_id  patient  named like the patient; comes on 14 lines on average
//   // visit_date  date     named like the day of the event; its values are days
//   // region      place    named like where the person lives or is cared for
//   RETURN_IF_ERROR(correct(guess, {{.column = "region", .role = ColumnRole::quasi}}));
//
// A sample is read: the whole of a small file, drawn; the first lines of a large one. Whether a
// patient has several lines is then looked up in the whole file where the sample leaves it open.
//
// A file with a patient, a day and a code, and patients on several lines, holds events. One without
// days, or where each patient has one line, holds people; where patients have several lines and
// there are no days, each line is looked at by itself and `several_lines` says so.
//
// G1: a column is left out of what attackers know only as patient, drop or weight, which its reason
//     says, and where it holds no value or one in the whole file. What is left out as a key without
//     being named like one is asked about (column_keys.h).
// G2: at most one column each is the patient, the date, the code, the kind, the sex, the age and
//     the birth; others that look like it are quasi or sensitive.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/stop.h"
#include "base/text.h"
#include "exports/column_role.h"
#include "exports/export_file.h"
#include "exports/roles.h"

namespace parcours::exports {

enum class FileForm : std::uint8_t { events, people };

struct ColumnGuess {
  std::string name;
  std::string type;  // as DuckDB says it
  ColumnRole role = ColumnRole::quasi;
  // Its role in a file of events; in a file of people, days are fields like others.
  ColumnRole seems = ColumnRole::quasi;
  Text reason;               // column_reasons.h
  std::string day_format;    // how it writes days; empty: whole numbers, ISO dates, or no days
  double missing = 0;        // share of the sample's lines
  bool repeats = false;      // some value comes on several lines
  bool beyond_days = false;  // its whole numbers are too far apart to be days, or too large
  bool corrected = false;    // the user said so
  // The whole file was looked at, and holds no value or one on all lines: no attacker learns who
  // somebody is by it.
  bool tells_nothing = false;
  bool asked_about = false;  // left out as a key, and may be none (column_keys.h)
  // Named like the day of the event: the share of its values that are not days, and how these are
  // written (value_shapes.h); 0: it holds days, or is not named so.
  double unread_days = 0;
  std::vector<std::string> shapes;
  bool impossible = false;  // taken as an age or a year of birth, and some of its numbers are none
};

struct FileGuess {
  std::string file;               // its name, without the folder
  bool may_list_columns = false;  // in errors (base/column_names.h)
  FileForm form = FileForm::people;
  bool several_lines = false;  // some patients have more than one line
  std::uint64_t lines = 0;     // in the sample
  std::string day_format;      // of its events' days; empty: whole numbers or ISO dates
  std::vector<ColumnGuess> columns;
  // Which columns may be the events' code and day instead; empty: none.
  std::string other_code;
  std::string other_day;
  bool code_is_doubtful = false;  // another fits nearly as well (column_choice.h)
  std::string totals;  // the column that says on some line that it is a total; empty: none

  const ColumnGuess* of_role(ColumnRole role) const;  // the first; nullptr where there is none
  std::vector<std::string> names_of_role(ColumnRole role) const;
  std::vector<std::string> known_columns() const;  // what attackers may know of a line
  // Of the patient, the date and the code, without which there are no events, those that no column
  // seems to be.
  std::vector<ColumnRole> not_found() const;
};

// Whether numbers in it, if they are any, only name something: places, and codes of what happened.
bool only_names(const ColumnGuess& column);

Result<FileGuess> guess_columns(ExportFile& file, const Stop& stop);

struct Correction {
  std::string file;    // its name; empty: whichever file has the column
  std::string column;  // as the file spells it, or in another case of letters
  ColumnRole role;
  std::string where;  // for errors: "--column", "columns.toml:4"
};

// Puts the user's word over the guess; the form follows from what is then known. An error, with the
// nearest name, for a column that no file has.
Status correct(std::vector<FileGuess>& guesses, const std::vector<Correction>& corrections);

// Looks up in the whole file whether a patient has several lines, where the user named the patient:
// the sample may not show it.
Status look_for_several_lines(ExportFile& file, FileGuess& guess, const Stop& stop);

// What `find` and the curves need of an events file. An error where the patient, the day or the
// code is missing, or where the days are whole numbers that can be none (seconds since 1970).
Result<Roles> roles_of(const FileGuess& guess, const std::string& day_format);

}  // namespace parcours::exports
