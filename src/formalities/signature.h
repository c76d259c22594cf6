// A signature in OpenSSH's form (PROTOCOL.sshsig), taken apart; whether it is true, public_key.h
// says.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "formalities/public_key.h"

namespace parcours::formalities {

struct Signature {
  PublicKey key;
  std::string use;         // "parcours-act"; OpenSSH's namespace
  std::string hash;        // "sha512"
  std::string bytes;       // 64
  std::uint8_t flags = 0;  // of hardware keys
  std::uint32_t counter = 0;
};

// Nothing where the text is no signature by a key of Ed25519.
std::optional<Signature> parse_signature(std::string_view armoured);

// In OpenSSH's armour.
std::string to_text(const Signature& signature);

// What the key itself signs for a text; nothing where the hash is neither sha512 nor sha256. A
// hardware key signs its flags and its counter, too (PROTOCOL.u2f).
std::optional<std::string> signed_bytes(const Signature& signature, std::string_view text);

}  // namespace parcours::formalities
