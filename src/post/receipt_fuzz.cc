// Whatever text comes as a receipt or as a request: one that is written again as it was, or one
// clear error.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "base/check.h"
#include "post/access_request.h"
#include "post/receipt.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace parcours;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto receipt = post::receipt_of_json(text, "fuzz")) {
    PARCOURS_CHECK(post::receipt_json(*receipt) == text);
  } else {
    PARCOURS_CHECK(!receipt.error().found.empty());
  }
  const auto nobody = post::read_receipt(text, formalities::PublicKey{"ssh-ed25519", ""}, "fuzz");
  PARCOURS_CHECK(!nobody && !nobody.error().found.empty());
  const auto asker = post::requesting_practice(text, "fuzz");
  PARCOURS_CHECK(asker ? !asker->empty() : !asker.error().found.empty());
  return 0;
}
