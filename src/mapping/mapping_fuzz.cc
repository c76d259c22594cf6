// Reads whatever text as a mapping.
#include <cstdint>
#include <string_view>

#include "mapping/mapping.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto mapping = parcours::mapping::parse_mapping(text, "fuzz.toml");
  return mapping || !mapping.error().sentence().empty() ? 0 : -1;
}
