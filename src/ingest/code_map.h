// A user's table from the codes of one system to those of another: the medicines of France (CIS) to
// ATC. The choices name it; the door uses it where the kind's order prefers the second system.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/error.h"
#include "vocabulary/code_systems.h"

namespace parcours::ingest {

// A column by its name in the header, or by its number from 1 in a file without one.
struct MapColumn {
  std::string name;
  std::size_t number = 0;  // 0: by name
};

struct CodeMap {
  std::string from;  // names of code systems
  std::string to;
  std::filesystem::path file;
  MapColumn from_column;
  MapColumn to_column;
  int line = 0;  // of the choices

  // What is read of the file.
  std::unordered_map<std::string, std::string> codes;

  // The code of `to`; nullptr where the file has none, or two.
  const std::string* find(std::string_view code) const;
};

// Reads the file of a map: CSV, UTF-8 or Latin-1, its separator found. Rows whose codes have not
// the form of their systems are passed over. Errors: no such file or column, no row that fits.
Status read_codes(CodeMap& map, const vocabulary::CodeSystem& from,
                  const vocabulary::CodeSystem& to);

}  // namespace parcours::ingest
