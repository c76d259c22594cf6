// What the columns of one or more exports are, in a file that people read and correct:
//
//   day_format = "%d/%m/%Y"
//
//   [columns]
//   patient_id = "patient"        # in whichever file has it
//   region     = "quasi"
//
//   [file."events.csv"]           # of that file alone, over the above
//   code = "code"
//
// Roles are those of column_role.h. An unknown key, role or column is an error with file, line and
// the nearest known name.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "exports/column_guess.h"

namespace parcours::exports {

struct ColumnsFile {
  std::vector<Correction> corrections;  // those of one file after those of all
  std::string day_format;               // empty where it is not said
};

Result<ColumnsFile> parse_columns(std::string_view text, const std::string& name);
Result<ColumnsFile> read_columns(const std::filesystem::path& path);

// The file that says what was guessed, with the reasons as comments. G1: read again, it makes the
// same roles.
std::string columns_text(const std::vector<FileGuess>& guesses);

}  // namespace parcours::exports
