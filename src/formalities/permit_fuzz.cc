// Any text is refused with an error or read as a permit, which sentences can say.

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "formalities/permit.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parcours;
  const Result<formalities::Permit> permit = formalities::parse_permit(
      std::string_view(reinterpret_cast<const char*>(data), size), "fuzz.toml");
  if (!permit) {
    PARCOURS_CHECK(!permit.error().found.empty());
    return 0;
  }
  PARCOURS_CHECK(!permit->purposes.empty() && permit->retention.years >= 1);
  PARCOURS_CHECK(permit->valid.first <= permit->valid.last);
  PARCOURS_CHECK(
      !permit->covers.provenance[static_cast<std::size_t>(records::Provenance::consulted)]);
  for (const std::string& purpose : permit->purposes) {
    PARCOURS_CHECK(!formalities::wrong_purpose(purpose, ""));
  }
  PARCOURS_CHECK(formalities::sentences(*permit).size() > 8);
  return 0;
}
