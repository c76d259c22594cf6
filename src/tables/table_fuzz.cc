// Any text is refused with an error or read as a table that is written and read again as itself.

#include <cstddef>
#include <cstdint>

#include "base/check.h"
#include "tables/csv.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parcours;
  const Result<tables::Table> table =
      tables::parse_table(std::string(reinterpret_cast<const char*>(data), size), "fuzz.csv");
  if (table) {
    const Result<std::string> text = tables::csv(*table);
    PARCOURS_CHECK(text.has_value());
    const Result<tables::Table> again = tables::parse_table(*text, "fuzz.csv");
    PARCOURS_CHECK(again.has_value());
    PARCOURS_CHECK(tables::csv(*again).value() == *text);
  }
  return 0;
}
