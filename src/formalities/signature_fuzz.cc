// Any bytes are a public key, a signature, a private key, or an error. What is a key is written as
// it was read, and no signature that was not made is accepted.

#include "base/check.h"
#include "formalities/public_key.h"
#include "formalities/signing_key_text.h"

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
  using namespace parcours;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  if (const auto key = formalities::parse_public_key(text, "fuzz")) {
    PARCOURS_CHECK(formalities::parse_public_key(to_string(*key), "again") == *key);
    PARCOURS_CHECK(
        !formalities::check_signature("text", text, *key, formalities::act_signature, "fuzz"));
  }
  if (const auto signer = formalities::signer_of(text, "fuzz")) {
    PARCOURS_CHECK(formalities::parse_public_key(to_string(*signer), "again") == *signer);
    (void)formalities::check_signature("text", text, *signer, formalities::act_signature, "fuzz");
  }
  if (const auto secret = formalities::secret_of_text(text, "fuzz")) {
    const records::Secret again = formalities::text_of_secret(*secret, "again");
    PARCOURS_CHECK(formalities::secret_of_text(again.text(), "again").has_value());
  } else {
    PARCOURS_CHECK(!secret.error().found.empty());
  }
  return 0;
}
