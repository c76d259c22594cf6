// Whether a CSV file begins with its columns' names, and what they are called where it does not.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"

namespace parcours::exports {

struct FirstLine {
  bool is_data = false;  // the user says that the file has no line of names
  // What the user calls the columns; empty: as its OMOP table does (omop_tables.h), else column1,
  // column2, ...
  std::vector<std::string> names;
};

// A file of one line, the names of columns, separated as in any CSV file.
Result<FirstLine> read_names(const std::filesystem::path& path);

}  // namespace parcours::exports
