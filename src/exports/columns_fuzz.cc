// Reads whatever text as a file of columns.
#include <cstdint>
#include <string_view>

#include "exports/columns_file.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto columns = parcours::exports::parse_columns(text, "fuzz.toml");
  return columns || !columns.error().sentence().empty() ? 0 : -1;
}
