// A person's or a practice's public key, as OpenSSH writes it, and what it has signed.
//
//   ASSIGN_OR_RETURN(const PublicKey key, parse_public_key(line, "keeper.pub"));
//   RETURN_IF_ERROR(check_signature(text, signature, key, "parcours-act", "permit.toml.sig"));
//
// Signatures are OpenSSH's (PROTOCOL.sshsig): `ssh-keygen -Y sign -n parcours-act -f key FILE`
// makes one, and so a hardware key can. Keys are Ed25519: "ssh-ed25519", and
// "sk-ssh-ed25519@openssh.com" of hardware keys (FIDO).
//
// G1: a signature that is accepted was made by this key, over this text, for this use; ssh-keygen
//     accepts the same.
#pragma once

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"

namespace parcours::formalities {

// What a signature is for; one made for another use is refused.
inline constexpr std::string_view act_signature = "parcours-act";
inline constexpr std::string_view package_signature = "parcours-package";
inline constexpr std::string_view receipt_signature = "parcours-receipt";
inline constexpr std::string_view request_signature = "parcours-request";
inline constexpr std::string_view letter_signature = "parcours-letter";
inline constexpr std::string_view study_signature = "parcours-study";

struct PublicKey {
  std::string type;  // "ssh-ed25519"
  std::string blob;  // as the wire has it
  friend bool operator==(const PublicKey&, const PublicKey&) = default;
};

// "ssh-ed25519 AAAA... anything"; `where` is for errors.
Result<PublicKey> parse_public_key(std::string_view line, const std::string& where);

// "ssh-ed25519 AAAA...", without a comment.
std::string to_string(const PublicKey& key);

// "SHA256:..." as `ssh-keygen -l` prints it.
std::string fingerprint(const PublicKey& key);

// To seal to: X25519.
using SealKey = std::array<unsigned char, 32>;

// The same key for sealing, as the curve's two forms allow (RFC 7748, section 4.1; Thormarker, "On
// using the same key pair for Ed25519 and an X25519 based KEM", 2021, has the proof that both uses
// are safe together). Nothing for a key of hardware, which only signs.
std::optional<SealKey> seal_key(const PublicKey& key);

// The key that made a signature, which need not be true. The text is in OpenSSH's armour.
Result<PublicKey> signer_of(std::string_view signature, const std::string& where);

// Error (Fault::rule): the signature is not this key's over this text for this use.
Status check_signature(std::string_view text, std::string_view signature, const PublicKey& key,
                       std::string_view use, const std::string& where);

}  // namespace parcours::formalities
