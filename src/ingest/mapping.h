// The mapping: a TOML file that says which files hold which data, what each column means, and how
// its values are written. A complete example:
//
//   calendar = "dates"                  # "dates"; "days" since each patient's day 0; "order" alone
//   period   = "2024"                   # label of the package that this send is; --period wins
//   missing  = ["NA", "?"]              # cells that say nothing, besides the empty ones
//
//   [patients]                          # one row a patient
//   file       = "patients.csv"         # in the folder that --data names; plain or gzip
//   patient    = "id"
//   practice   = "practice"
//   birth_year = "born"
//   sex        = { column = "sex", female = ["F", "2"], male = ["M", "1"], unknown = ["U"] }
//   place      = { column = "dept", system = "fr-department" }
//
//   [[events]]                          # one row an event
//   file     = ["events-1.csv", "events-2.csv.gz"]
//   patient  = "id"
//   practice = "practice"
//   day      = { column = "date", format = "%d/%m/%Y" }
//   kind     = { column = "type", map = { dx = "diagnosis", rx = "prescription" } }
//   code     = "code"
//   system   = { diagnosis = "icd10", prescription = "atc" }
//   value    = "result"
//
// A string names a column; { constant = "..." } gives the same value for every row. Spaces around a
// cell are dropped. Other keys:
//
//   top        practice (a default for all sections), separator (found when not given), decimal =
//              "," (in numbers; "." when not given), max_bad_rows (0 when not given; --max-bad-rows
//              wins), not_identifiers = ["orphanet"]: systems whose codes are no identifiers of
//              people, though most of them are of one patient each
//   patients   instead of birth_year: birth_date = { column, format }; with days or order age = {
//              column, map }, the age in years at day 0. several_rows = "first": of several rows of
//              a patient the first in the file holds; when not given, one that says something else
//              is a bad row.
//   day        "%Y-%m-%d" when no format is given; %Y %y %m %d and literal characters. A time of
//              day after the date is dropped. With days and order: whole numbers; { constant = 0 }
//              for all.
//   kind       one of kinds() of vocabulary/kinds.h, or { constant = "lab" }
//   code       { columns = ["diag_1", "diag_2"], not = ["V00"] }: an event for each cell that says
//              something. { each_column = ["hb", "chol"], not = ["No"] }: the same, the code being
//              the column's name, and value = { each_column = true } its cell. { constant = "visit"
//              }. map = { "<30" = "within-30" } recodes, what it does not name stays; if_empty =
//              "visit" is taken for a cell that says nothing, which is else a bad row.
//   system     a label for all, or one for each kind
//   where      { column = "type", in = ["dx"] } or { column = "diag", not = ["?"] }, or a list of
//              such: rows that do not fit are passed over
//
// Any number of sections may name a file; it is read once for its patients and once for all its
// events. If a file is both, the events of a row are imported only if its patient is good, and all
// of them or none.
//
// G1: a mistake is an error with the mapping's file and line and the nearest known name, before any
//     row is read; of several the error is the first, and says how many more there are.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/error.h"
#include "records/patient.h"
#include "vocabulary/kinds.h"

namespace parcours::ingest {

// A column by name, and the line of the mapping that names it.
struct ColumnName {
  std::string name;
  int line = 0;
};

using Recode = std::map<std::string, std::string, std::less<>>;

// The cell of a column, or the same for every row.
struct Cell {
  std::optional<ColumnName> column;
  std::string constant;
  Recode map;
};

// A row fits when its cell is one of the values (`in`), or none of them.
struct Condition {
  ColumnName column;
  bool in = true;
  std::vector<std::string> values;  // in order
};

struct Section {
  int line = 0;
  std::vector<std::string> files;
  ColumnName patient;
  Cell practice;
  std::vector<Condition> where;
};

enum class Birth : std::uint8_t { unknown, year, date, age };

struct PatientsSection : Section {
  Birth birth = Birth::unknown;
  Cell born;
  std::string birth_format;
  std::optional<ColumnName> sex;
  std::map<std::string, Sex, std::less<>> sexes;
  std::optional<Cell> place;
  std::string place_system;
  bool first_row_holds = false;
};

enum class CodeForm : std::uint8_t { cell, columns, each_column };

struct EventsSection : Section {
  Cell day;
  std::string day_format;
  Cell kind;  // its map and constant hold names of kinds
  CodeForm code_form = CodeForm::cell;
  Cell code;
  std::vector<ColumnName> code_columns;
  std::vector<std::string> code_not;  // in order
  std::optional<std::string> code_if_empty;
  std::vector<std::string> systems;  // by KindId; empty: no such kind is expected
  std::optional<ColumnName> value;
  bool value_of_each_column = false;
};

struct Mapping {
  std::filesystem::path path;
  Calendar calendar = Calendar::dates;
  std::string period;                // may be empty: --period must say
  std::vector<std::string> missing;  // in order
  char separator = '\0';
  char decimal = '.';
  std::uint64_t max_bad_rows = 0;
  std::vector<std::string> not_identifiers;
  std::optional<PatientsSection> patients;
  std::vector<EventsSection> events;

  std::string place(int line) const;  // "mapping.toml:12"
};

Result<Mapping> read_mapping(const std::filesystem::path& path);
Result<Mapping> parse_mapping(std::string_view text, const std::filesystem::path& path);

}  // namespace parcours::ingest
