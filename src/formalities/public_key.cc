#include "formalities/public_key.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <array>
#include <optional>

#include "base/check.h"
#include "formalities/armour.h"
#include "formalities/key_parts.h"
#include "formalities/signature.h"

namespace parcours::formalities {
namespace {

constexpr int key_base64 = sodium_base64_VARIANT_ORIGINAL;
constexpr std::size_t largest_key_line = 4096;

constexpr const char* key_hint =
    "write it as FILE.pub has it: \"ssh-ed25519 AAAA...\"; `ssh-keygen -t ed25519 -f FILE` makes one";
constexpr const char* signature_hint =
    "make one with `ssh-keygen -Y sign -n USE -f KEY FILE`, or `parcours permit sign`";

std::string_view first_word(std::string_view& text) {
  text.remove_prefix(std::min(text.find_first_not_of(" \t"), text.size()));
  const std::string_view word = text.substr(0, text.find_first_of(" \t\r\n"));
  text.remove_prefix(word.size());
  return word;
}

const unsigned char* unsigned_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

Result<PublicKey> parse_public_key(std::string_view line, const std::string& where) {
  std::string_view rest = line;
  const std::string type(first_word(rest));
  const std::string_view digits = first_word(rest);
  if (line.size() > largest_key_line || (type != software_key_type && type != hardware_key_type)) {
    return bad_input("this is not a public key of Ed25519", where, key_hint);
  }
  std::string blob(digits.size(), '\0');
  std::size_t filled = 0;
  if (!only_ascii(digits) ||
      sodium_base642bin(reinterpret_cast<unsigned char*>(blob.data()), blob.size(), digits.data(),
                        digits.size(), nullptr, &filled, nullptr, key_base64) != 0) {
    return bad_input("the public key was cut short or mistyped", where, key_hint);
  }
  blob.resize(filled);
  if (!parts_of(type, blob)) {
    return bad_input("the public key was cut short or mistyped", where, key_hint);
  }
  return PublicKey{type, std::move(blob)};
}

std::optional<SealKey> seal_key(const PublicKey& key) {
  const std::optional<KeyParts> parts = parts_of(key.type, key.blob);
  SealKey sealing{};
  static_assert(std::tuple_size_v<SealKey> == crypto_box_PUBLICKEYBYTES);
  if (!parts || key.type != software_key_type ||
      crypto_sign_ed25519_pk_to_curve25519(sealing.data(), unsigned_of(parts->point)) != 0) {
    return std::nullopt;
  }
  return sealing;
}

std::string to_string(const PublicKey& key) {
  std::string digits(sodium_base64_ENCODED_LEN(key.blob.size(), key_base64), '\0');
  sodium_bin2base64(digits.data(), digits.size(), unsigned_of(key.blob), key.blob.size(),
                    key_base64);
  digits.pop_back();  // the zero byte at its end
  return key.type + " " + digits;
}

std::string fingerprint(const PublicKey& key) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), unsigned_of(key.blob), key.blob.size());
  std::array<char, 64> digits{};
  sodium_bin2base64(digits.data(), digits.size(), hash.data(), hash.size(),
                    sodium_base64_VARIANT_ORIGINAL_NO_PADDING);
  return std::string("SHA256:") + digits.data();
}

Result<PublicKey> signer_of(std::string_view signature, const std::string& where) {
  std::optional<Signature> parsed = parse_signature(signature);
  if (!parsed) {
    return bad_input("this is not a signature of OpenSSH by a key of Ed25519", where,
                     signature_hint);
  }
  return std::move(parsed->key);
}

Status check_signature(std::string_view text, std::string_view signature, const PublicKey& key,
                       std::string_view use, const std::string& where) {
  const std::optional<Signature> parsed = parse_signature(signature);
  if (!parsed) {
    return refused("this is not a signature of OpenSSH by a key of Ed25519", where, signature_hint);
  }
  if (parsed->key != key) {
    return refused(fmt::format("another key made the signature: {}", fingerprint(parsed->key)),
                   where, fmt::format("the key must be {}", fingerprint(key)));
  }
  if (parsed->use != use) {
    return refused("the signature was made for another use", where,
                   fmt::format("sign again for this one: ssh-keygen -Y sign -n {}", use));
  }
  const std::optional<std::string> bytes = signed_bytes(*parsed, text);
  if (!bytes) {
    return refused("the signature is over a hash that is not known", where,
                   "sign with sha512, as ssh-keygen does unless told otherwise");
  }
  constexpr std::uint8_t touched = 1;
  if (key.type == hardware_key_type && (parsed->flags & touched) == 0) {
    return refused("nobody touched the hardware key when it signed", where,
                   "sign again with a key that asks to be touched");
  }
  const auto parts = parts_of(key.type, key.blob);
  PARCOURS_CHECK(parts);
  if (crypto_sign_verify_detached(unsigned_of(parsed->bytes),
                                  reinterpret_cast<const unsigned char*>(bytes->data()),
                                  bytes->size(), unsigned_of(parts->point)) != 0) {
    return refused("the signature is not over this text", where,
                   "sign the text as it is now, or restore the text that was signed");
  }
  return {};
}

}  // namespace parcours::formalities
