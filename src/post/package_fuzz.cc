// Whatever bytes somebody sends: a package taken apart, or one clear reason. Whatever bytes a
// practice has sealed: contents that pass every check, or one clear error.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "post/body.h"
#include "post/deflated.h"
#include "post/envelope.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parcours::post;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto envelope = envelope_of(bytes)) {
    PARCOURS_CHECK(envelope->letter.size() + envelope->signature.size() == size);
    PARCOURS_CHECK(is_label(envelope->header.practice));
  } else {
    PARCOURS_CHECK(!envelope.error().error.found.empty());
  }
  constexpr std::size_t most = std::size_t{1} << 20;
  if (const auto text = inflated(bytes, most)) {
    PARCOURS_CHECK(text->size() <= most);
  }
  if (const auto contents = contents_of(bytes)) {
    PARCOURS_CHECK(check(*contents).has_value());
    const std::string again = body_of(*contents);
    const auto same = contents_of(again);
    PARCOURS_CHECK(same && body_of(*same) == again);
  } else {
    PARCOURS_CHECK(!contents.error().found.empty());
  }
  return 0;
}
