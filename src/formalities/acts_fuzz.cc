// Any text is refused with an error or read as an act, which sentences can say; without a signature
// it is never taken.

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/check.h"
#include "formalities/act_text.h"
#include "formalities/acts.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parcours;
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto act = formalities::parse_act(text, "fuzz.toml");
  if (act) {
    PARCOURS_CHECK(!formalities::sentences(*act).empty());
  } else {
    PARCOURS_CHECK(!act.error().found.empty());
  }
  formalities::Formalities formalities("3f2a");
  PARCOURS_CHECK(!formalities.add({text, text, "2026-11-23T20:18:00Z"}, "fuzz.toml"));
  PARCOURS_CHECK(formalities.holders().empty() && formalities.permits().empty());
  return 0;
}
