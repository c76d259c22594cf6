// What the columns of an export are taken for: the flags that correct it, and the table that shows
// it.
#pragma once

#include <string>
#include <vector>

#include "assessment/inputs.h"
#include "cli/command.h"
#include "exports/column_guess.h"

namespace parcours::cli {

struct ColumnFlags {
  // One column each.
  std::string patient, day, code, kind, sex, birth_year, age, weight;
  std::vector<std::string> drop;
  std::vector<std::string> sensitive;
  std::vector<std::string> roles;  // NAME=ROLE or FILE:NAME=ROLE
  std::string day_format;
  bool no_header = false;
  std::string header;  // a file of one line of names
  std::string file;    // TOML
  std::string save;    // where to write what was taken
};

void add_column_flags(CLI::App& verb, ColumnFlags& flags);

// What the flags say of the files' first lines.
Result<exports::FirstLine> first_line_of(const ColumnFlags& flags);

// The columns file first, the flags over it.
Status apply(const ColumnFlags& flags, assessment::Inputs& inputs, const Stop& stop);

// The same over another export, as far as it has the columns.
Status apply_to_other(const ColumnFlags& flags, assessment::Inputs& other, const Stop& stop);

// The fields of a vault's people that the flags drop or call unknown. An error for a field that a
// vault has not.
Result<std::vector<std::string>> unknown_fields(const ColumnFlags& flags);

// A line a column: its name, its role, how many lines miss it, and the reason.
std::string columns_table(const std::vector<exports::FileGuess>& guesses,
                          const std::vector<std::string>& settled);

}  // namespace parcours::cli
