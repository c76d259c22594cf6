// Any bytes are a table or an error; a table has a header, and its rows lie on ascending lines.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "vocabulary/text_table.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto table = parcours::vocabulary::parse_text_table(text, "fuzz");
  if (!table) {
    return 0;
  }
  PARCOURS_CHECK(!table->header.empty());
  std::size_t line = 1;
  for (const parcours::vocabulary::TextTable::Row& row : table->rows) {
    PARCOURS_CHECK(row.line > line && !row.fields.empty());
    line = row.line;
  }
  return 0;
}
