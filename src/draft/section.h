// A section of a mapping as it is drafted: its lines, with the reason for each, and what is
// doubtful of it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "draft/seen_files.h"

namespace parcours::draft {

struct Section {
  std::string text;
  std::vector<std::string> doubts;  // sentences

  // "patient    = "id"   # why"
  void line(const std::string& key, const std::string& value, std::string_view why);
  // Which practice the rows of a file are of.
  void practice(const SeenFile& file);
};

// ["a", "b"]
std::string list(const std::vector<std::string>& texts);

}  // namespace parcours::draft
