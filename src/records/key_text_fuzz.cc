#include "base/check.h"
#include "records/key_text.h"

// Whatever is no key is an error; what is one is written as it was read.
extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto key = parcours::records::key_of(text, "fuzz");
  if (key) {
    const parcours::records::Secret again = parcours::records::text_of(*key);
    PARCOURS_CHECK(parcours::records::key_of(again.text(), "again").has_value());
  } else {
    PARCOURS_CHECK(!key.error().found.empty());
  }
  return 0;
}
