// The mapping: a TOML file that says which files hold which data, what each column means, and how
// its values are written. docs/mapping.md describes every key; in short:
//
//   calendar = "dates"
//   [patients]
//   file    = "patients.csv"
//   patient = "id"                                   # a string names a column
//   [[events]]
//   file    = "events.csv"
//   kind    = { constant = "diagnosis" }             # the same for every row
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
#include "mapping/row_file.h"
#include "records/patient.h"
#include "records/provenance.h"
#include "vocabulary/kinds.h"

namespace parcours::mapping {

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

// How what a section reads came into the practice's software: in one way for all rows, or as a
// column says. What was only consulted is left out.
struct SaidProvenance {
  int line = 0;
  std::optional<ColumnName> column;
  records::Provenance constant = records::Provenance::entered;
  std::map<std::string, records::Provenance, std::less<>> words;  // of the column

  bool may_be_consulted() const;
};

struct Section {
  int line = 0;
  std::vector<std::string> files;
  ColumnName patient;
  Cell practice;
  std::vector<Condition> where;
  std::optional<SaidProvenance> provenance;  // not said: the practice entered it
};

// Rows of some files get the columns of a row of another one.
struct JoinSection {
  int line = 0;
  std::vector<std::string> files;
  ColumnName column;  // of these files
  std::string with;   // the other file
  ColumnName key;     // its column that has the same
  std::string as;     // its columns are called "visit.patient"
};

enum class Birth : std::uint8_t { unknown, year, date, age };

struct PatientsSection : Section {
  Birth birth = Birth::unknown;
  Cell born;
  std::string birth_format;
  std::optional<ColumnName> sex;
  std::map<std::string, records::Sex, std::less<>> sexes;
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
  Encoding encoding = Encoding::utf8;
  std::uint64_t max_bad_rows = 0;
  std::vector<std::string> not_identifiers;
  std::vector<JoinSection> joins;
  std::optional<PatientsSection> patients;
  std::vector<EventsSection> events;

  std::string place(int line) const;  // "mapping.toml:12"
};

Result<Mapping> read_mapping(const std::filesystem::path& path);
Result<Mapping> parse_mapping(std::string_view text, const std::filesystem::path& path);

}  // namespace parcours::mapping
