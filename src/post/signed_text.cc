#include "post/signed_text.h"

#include "formalities/signature.h"

namespace parcours::post {
namespace {

constexpr std::string_view signature_begins = "\n-----BEGIN SSH SIGNATURE-----\n";

}  // namespace

std::string with_signature(std::string text, const formalities::SigningKey& key,
                           std::string_view use) {
  return text + key.sign(text, use);
}

std::optional<SignedText> signed_text(std::string_view whole) {
  const std::size_t end = whole.rfind(signature_begins);
  if (end == std::string_view::npos) {
    return std::nullopt;
  }
  const SignedText parts{whole.substr(0, end + 1), whole.substr(end + 1)};
  const auto signature = formalities::parse_signature(parts.signature);
  const bool exact = signature && formalities::to_text(*signature) == parts.signature;
  return exact ? std::optional(parts) : std::nullopt;
}

}  // namespace parcours::post
