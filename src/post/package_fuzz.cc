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
  using namespace parcours;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  if (const auto envelope = post::envelope_of(bytes)) {
    PARCOURS_CHECK(envelope->letter.size() + envelope->signature.size() == size);
    PARCOURS_CHECK(post::is_label(envelope->header.practice));
  } else {
    PARCOURS_CHECK(!envelope.error().error.found.empty());
  }
  constexpr std::size_t most = std::size_t{1} << 20;
  if (const auto text = post::inflated(bytes, most)) {
    PARCOURS_CHECK(text->size() <= most);
  }
  if (const auto contents = post::contents_of(bytes)) {
    PARCOURS_CHECK(post::check(*contents).has_value());
    const std::string again = post::body_of(*contents);
    const auto same = post::contents_of(again);
    PARCOURS_CHECK(same && post::body_of(*same) == again);
  } else {
    PARCOURS_CHECK(!contents.error().found.empty());
  }
  return 0;
}
