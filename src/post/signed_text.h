// A text and OpenSSH's signature of it below, in one text. Whether the signature is true,
// check_signature() says.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "formalities/signing_key.h"

namespace parcours::post {

// Views of the whole text, which must outlive it.
struct SignedText {
  std::string_view text;
  std::string_view signature;
};

// `text` ends with a line feed.
std::string with_signature(std::string text, const formalities::SigningKey& key,
                           std::string_view use);

// Nothing where there is no signature, or one that with_signature() would write otherwise: so no
// byte can be changed.
std::optional<SignedText> signed_text(std::string_view whole);

}  // namespace parcours::post
