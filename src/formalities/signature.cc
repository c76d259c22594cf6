#include "formalities/signature.h"

#include <sodium.h>

#include <utility>

#include "base/check.h"
#include "formalities/armour.h"
#include "formalities/key_parts.h"
#include "formalities/wire.h"

namespace parcours::formalities {
namespace {

constexpr std::string_view signature_magic = "SSHSIG";
constexpr std::uint32_t signature_version = 1;
constexpr std::string_view signature_label = "SSH SIGNATURE";
constexpr std::size_t largest_signature = 8192;

template <std::size_t size>
std::string hashed(int (*hash)(unsigned char*, const unsigned char*, unsigned long long),
                   std::string_view text) {
  std::string bytes(size, '\0');
  hash(reinterpret_cast<unsigned char*>(bytes.data()),
       reinterpret_cast<const unsigned char*>(text.data()), text.size());
  return bytes;
}

std::string sha256_bytes(std::string_view text) {
  return hashed<crypto_hash_sha256_BYTES>(crypto_hash_sha256, text);
}

std::string sha512_bytes(std::string_view text) {
  return hashed<crypto_hash_sha512_BYTES>(crypto_hash_sha512, text);
}

// The innermost part: the key's type and its 64 bytes.
bool take_bytes(std::string_view inner, Signature& signature) {
  WireReader reader(inner);
  if (reader.text() != signature.key.type) {
    return false;
  }
  signature.bytes = reader.text().value_or(std::string_view());
  if (signature.key.type == hardware_key_type) {
    const auto flags = reader.byte();
    const auto counter = reader.number();
    if (!flags || !counter) {
      return false;
    }
    signature.flags = *flags;
    signature.counter = *counter;
  }
  return signature.bytes.size() == crypto_sign_BYTES && reader.done();
}

}  // namespace

std::optional<Signature> parse_signature(std::string_view armoured) {
  const auto whole =
      armoured.size() > largest_signature ? std::nullopt : unarmoured(signature_label, armoured);
  if (!whole) {
    return std::nullopt;
  }
  WireReader reader(whole->text());
  if (!reader.skip(signature_magic) || reader.number() != signature_version) {
    return std::nullopt;
  }
  const auto blob = reader.text();
  const auto use = reader.text();
  const auto reserved = reader.text();
  const auto hash = reader.text();
  const auto inner = reader.text();
  if (!blob || !use || !reserved || !reserved->empty() || !hash || !inner || !reader.done()) {
    return std::nullopt;
  }
  const std::string type(WireReader(*blob).text().value_or(std::string_view()));
  if (!parts_of(type, *blob)) {
    return std::nullopt;
  }
  Signature signature;
  signature.key.type = type;
  signature.key.blob = *blob;
  signature.use = *use;
  signature.hash = *hash;
  return take_bytes(*inner, signature) ? std::optional(std::move(signature)) : std::nullopt;
}

std::string to_text(const Signature& signature) {
  std::string inner = wire_text(signature.key.type) + wire_text(signature.bytes);
  if (signature.key.type == hardware_key_type) {
    inner += static_cast<char>(signature.flags);
    inner += wire_number(signature.counter);
  }
  std::string whole(signature_magic);
  whole += wire_number(signature_version);
  for (const std::string_view part :
       {std::string_view(signature.key.blob), std::string_view(signature.use), std::string_view(),
        std::string_view(signature.hash), std::string_view(inner)}) {
    whole += wire_text(part);
  }
  return std::string(armoured(signature_label, whole).text());
}

std::optional<std::string> signed_bytes(const Signature& signature, std::string_view text) {
  const bool longer = signature.hash == "sha512";
  if (!longer && signature.hash != "sha256") {
    return std::nullopt;
  }
  std::string bytes(signature_magic);
  bytes += wire_text(signature.use);
  bytes += wire_text("");
  bytes += wire_text(signature.hash);
  bytes += wire_text(longer ? sha512_bytes(text) : sha256_bytes(text));
  if (signature.key.type != hardware_key_type) {
    return bytes;
  }
  const auto parts = parts_of(signature.key.type, signature.key.blob);
  PARCOURS_CHECK(parts);
  std::string by_hardware = sha256_bytes(parts->application);
  by_hardware += static_cast<char>(signature.flags);
  by_hardware += wire_number(signature.counter);
  by_hardware += sha256_bytes(bytes);
  return by_hardware;
}

}  // namespace parcours::formalities
