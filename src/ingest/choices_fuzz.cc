// Reads whatever text as choices; whatever is read has an order of known systems for each kind.
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "ingest/choices.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto choices = parcours::ingest::parse_choices(text, "fuzz.toml");
  if (!choices) {
    PARCOURS_CHECK(!choices.error().sentence().empty());
    return 0;
  }
  PARCOURS_CHECK(choices->systems.size() == parcours::vocabulary::kinds().size());
  for (const std::vector<std::string>& order : choices->systems) {
    for (const std::string& system : order) {
      PARCOURS_CHECK(choices->system_called(system) != nullptr);
    }
  }
  return 0;
}
