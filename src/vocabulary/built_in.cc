#include "vocabulary/built_in.h"

#include <string_view>
#include <vector>

#include "base/check.h"
#include "vocabulary/text_table.h"

namespace parcours::vocabulary {

std::string_view codes_csv();  // codes.csv

namespace {

std::vector<BuiltInCode> read_codes() {
  const Result<TextTable> table = parse_text_table(codes_csv(), "codes.csv");
  PARCOURS_CHECK(table);
  std::vector<BuiltInCode> codes;
  for (const TextTable::Row& row : table->rows) {
    PARCOURS_CHECK(row.fields.size() == 5 || row.fields.size() == 6);
    const std::string& kind = row.fields[0];
    codes.push_back({.code = {find_kind(kind), row.fields[1], row.fields[2]},
                     .label = {row.fields[3], row.fields[4]},
                     .within = row.fields.size() == 6 ? row.fields[5] : ""});
    PARCOURS_CHECK(kind.empty() || codes.back().code.kind);
  }
  return codes;
}

}  // namespace

std::span<const BuiltInCode> built_in_codes() {
  static const std::vector<BuiltInCode> codes = read_codes();
  return codes;
}

}  // namespace parcours::vocabulary
