// The rules of disclosure control, read from a rules file. Nothing here has a default: a rule that the file does not
// give is an error. docs/formats.md lists them with their sources.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"

namespace parcours {

struct Rules {
  std::string id;       // "france-2026"
  std::string title;
  std::string sha256;   // of the file, so that the evidence names exactly these rules
  std::uint32_t patients_min;           // in a cell: 0 or at least this many
  std::uint32_t complement_min;         // in what a cell leaves of its group: 0 or at least this many
  bool has_practices;                   // false: the source has no practices, and the file says why
  std::string no_practices_because;     // repeated in the report; empty when has_practices
  std::uint32_t practices_min;          // behind a cell
  double largest_practice_share_below;  // 0.85: a practice may have less than 85 % of a cell's patients
  double largest_value_share_below;     // in a table of means: one patient's part of the sum
  bool hide_group_disclosure;           // a group all of whose members share a sensitive value is not published
  std::vector<std::string> sensitive;   // kinds of events whose values are sensitive
};

Result<Rules> read_rules(const std::filesystem::path& file);
Result<Rules> parse_rules(std::string_view text, const std::filesystem::path& file);

}  // namespace parcours
