// The rules of disclosure control, read from a rules file (TOML). No rule has a default: a missing
// rule is an error, and so is an unknown one. For every rule the file gives the reason and the
// source.
//
//   id    = "france-2026"
//   title = { en = "...", fr = "..." }
//   practices = "counted"      # or "none", with practices_because = { en = "...", fr = "..." }
//
//   [patients_min]
//   value   = 11
//   because = { en = "...", fr = "..." }
//   source  = { en = "...", fr = "..." }     # or one text for both: "GDPR, article 9"
//
// and so on for every rule below. For a source without practices, leave out practices_min,
// largest_practice_share_below and without_largest_practice_min.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "tables/table.h"

namespace parcours::protect {

// The reason and the source of a rule, for the report.
struct RuleReason {
  std::string rule;  // "patients_min"
  tables::Label because;
  tables::Label source;
};

struct Rules {
  std::string id;  // "france-2026"
  tables::Label title;
  std::string sha256;            // of the file, so that the evidence names exactly these rules
  std::uint32_t patients_min;    // in a cell: 0 or at least this many
  std::uint32_t complement_min;  // in what a cell leaves of its group: 0 or at least this many
  bool has_practices;            // false: the source has no practices, and the file says why
  tables::Label no_practices_because;   // repeated in the report; empty when has_practices
  std::uint32_t practices_min;          // behind a cell; 0 without practices
  double largest_practice_share_below;  // 0.85: a practice may have less than 85 % of a cell's
                                        // patients; 0 without practices
  // What a cell counts beside the patients of its largest practice: at least this many; 0: not
  // required, and without practices.
  std::uint32_t without_largest_practice_min;
  double largest_value_share_below;  // in a table of means: one patient's part of the sum
  // A mean is rounded so coarsely that its sum is known to no less than the value of this many
  // average patients (protect/mean.h); 0: not rounded.
  std::uint32_t mean_rounding_patients;
  // A group all of whose members share a sensitive value is not published.
  bool hide_group_disclosure;
  std::uint32_t width_min;  // of an unsafe hidden count's interval; 0: not required
  bool cover_insiders;      // an insider alone in a hidden cell must not learn another one from it
  std::vector<std::string> sensitive;  // kinds of events whose values are sensitive
  std::vector<RuleReason> reasons;     // one for each rule that the file gives, in its order
};

// Errors name the file, the line, and what would be right; of several mistakes the first, and how
// many more.
Result<Rules> read_rules(const std::filesystem::path& file);
inline constexpr std::size_t largest_rules_file = std::size_t{1} << 20;  // bytes

Result<Rules> parse_rules(std::string_view text, const std::filesystem::path& file);

}  // namespace parcours::protect
