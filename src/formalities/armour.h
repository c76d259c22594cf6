// Bytes as text between a line "-----BEGIN SSH SIGNATURE-----" and one that says END: base64 in
// lines of 70 characters, as OpenSSH writes it.
#pragma once

#include <optional>
#include <string_view>

#include "records/secret.h"

namespace parcours::formalities {

// `label`: "SSH SIGNATURE". Private keys pass through here, so the text is a secret.
records::Secret armoured(std::string_view label, std::string_view bytes);

// Nothing where the text is not that. Lines may have any length, and may end in CR LF; nothing but
// line feeds may follow.
std::optional<records::Secret> unarmoured(std::string_view label, std::string_view text);

// libsodium takes some bytes above 127 for digits of base64.
bool only_ascii(std::string_view text);

}  // namespace parcours::formalities
