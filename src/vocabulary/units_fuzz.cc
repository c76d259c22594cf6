// Whatever text is a unit or none; a unit is finite and converts to its canonical one and back.
#include <cmath>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "vocabulary/units.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto unit = parcours::vocabulary::parse_unit(text);
  if (unit) {
    PARCOURS_CHECK(std::isfinite(unit->factor) && unit->factor > 0);
    const parcours::vocabulary::Unit canonical = parcours::vocabulary::canonical_unit(*unit);
    PARCOURS_CHECK(canonical.same_dimension(*unit));
  }
  return 0;
}
