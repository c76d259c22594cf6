// Any bytes are a public key, a signature, a private key, or an error. What is a key is written as
// it was read, and no signature that was not made is accepted.

#include "base/check.h"
#include "formalities/public_key.h"
#include "formalities/signing_key_text.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace parcours;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto key = parse_public_key(text, "fuzz")) {
    PARCOURS_CHECK(parse_public_key(to_string(*key), "again") == *key);
    PARCOURS_CHECK(!check_signature("text", text, *key, act_signature, "fuzz"));
  }
  if (const auto signer = signer_of(text, "fuzz")) {
    PARCOURS_CHECK(parse_public_key(to_string(*signer), "again") == *signer);
    (void)check_signature("text", text, *signer, act_signature, "fuzz");
  }
  if (const auto secret = secret_of_text(text, "fuzz")) {
    const Secret again = text_of_secret(*secret, "again");
    PARCOURS_CHECK(secret_of_text(again.text(), "again").has_value());
  } else {
    PARCOURS_CHECK(!secret.error().found.empty());
  }
  return 0;
}
