// Any text is refused with an error or read as rules.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "protect/rules.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parcours;
  const Result<protect::Rules> rules = protect::parse_rules(
      std::string_view(reinterpret_cast<const char*>(data), size), "fuzz.toml");
  if (rules) {
    PARCOURS_CHECK(rules->patients_min >= 2 && rules->complement_min >= 2);
    PARCOURS_CHECK(rules->has_practices == rules->no_practices_because.en.empty());
  }
  return 0;
}
