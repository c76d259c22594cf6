// Any text is refused with an error or read as attackers.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "paths/attackers.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parcours;
  const Result<paths::Attackers> read = paths::parse_attackers(
      std::string_view(reinterpret_cast<const char*>(data), size), "fuzz.toml");
  if (read) {
    PARCOURS_CHECK(!read->attackers.empty());
    for (const paths::Attacker& attacker : read->attackers) {
      PARCOURS_CHECK(!attacker.id.empty() && !attacker.knows.empty() && attacker.within >= 0);
    }
  } else {
    PARCOURS_CHECK(!read.error().found.empty() && !read.error().where.empty());
  }
  return 0;
}
