#include "formalities/signing_key_text.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>
#include <cstdint>
#include <optional>

#include "base/check.h"
#include "formalities/armour.h"
#include "formalities/key_parts.h"
#include "formalities/wire.h"

namespace parcours::formalities {
namespace {

constexpr std::size_t seed_bytes = crypto_sign_SEEDBYTES;
constexpr std::size_t point_bytes = crypto_sign_PUBLICKEYBYTES;
constexpr std::size_t secret_bytes = crypto_sign_SECRETKEYBYTES;
constexpr std::size_t padded_to = 8;
constexpr std::string_view private_magic("openssh-key-v1\0", 15);
constexpr std::string_view private_label = "OPENSSH PRIVATE KEY";

// A secret key of libsodium is its seed and its point.
std::string_view point_of(const records::Secret& key) {
  return key.text().substr(seed_bytes, point_bytes);
}

std::string blob_of(std::string_view point) {
  return wire_text(software_key_type) + wire_text(point);
}

std::size_t wire_size(std::string_view text) {
  return 4 + text.size();
}

auto no_key(const std::string& where) {
  return bad_input("this is not a private key as OpenSSH writes it", where,
                   "name the file that `parcours key make FILE` or `ssh-keygen -t ed25519` made");
}

// The seed, where both halves say the same key.
Result<records::Secret> secret_of(std::string_view section, std::string_view blob,
                                  const std::string& where) {
  WireReader reader(section);
  const auto check = reader.number();
  const auto again = reader.number();
  const auto type = reader.text();
  const auto point = reader.text();
  const auto secret = reader.text();
  const auto comment = reader.text();
  if (!check || check != again || type != software_key_type || !point ||
      point->size() != point_bytes || !secret || secret->size() != secret_bytes || !comment ||
      reader.rest().size() >= padded_to) {
    return no_key(where);
  }
  unsigned char next = 0;
  for (const char c : reader.rest()) {
    if (static_cast<unsigned char>(c) != ++next) {
      return no_key(where);
    }
  }
  records::Secret key =
      secret_of_seed({reinterpret_cast<const unsigned char*>(secret->data()), seed_bytes});
  if (sodium_memcmp(key.data(), secret->data(), secret_bytes) != 0 || *point != point_of(key) ||
      blob != blob_of(*point)) {
    return bad_input("the private key was cut short or changed", where,
                     "copy it again from the original");
  }
  return key;
}

}  // namespace

records::Secret secret_of_seed(std::span<const unsigned char> seed) {
  PARCOURS_CHECK(seed.size() == seed_bytes && sodium_init() >= 0);
  records::Secret key(secret_bytes);
  std::array<unsigned char, point_bytes> point{};
  PARCOURS_CHECK(crypto_sign_seed_keypair(point.data(), key.data(), seed.data()) == 0);
  return key;
}

std::string blob_of_secret(const records::Secret& key) {
  return blob_of(point_of(key));
}

Result<records::Secret> secret_of_text(std::string_view text, const std::string& where) {
  const std::optional<records::Secret> bytes = unarmoured(private_label, text);
  if (!bytes) {
    return no_key(where);
  }
  WireReader reader(bytes->text());
  if (!reader.skip(private_magic)) {
    return no_key(where);
  }
  const auto cipher = reader.text();
  const auto derivation = reader.text();
  const auto options = reader.text();
  const auto many = reader.number();
  const auto blob = reader.text();
  const auto section = reader.text();
  if (!cipher || !derivation || !options || many != 1U || !blob || !section || !reader.done()) {
    return no_key(where);
  }
  if (WireReader(*blob).text() != software_key_type) {
    return bad_input("this key is not one of Ed25519 in a file", where,
                     "a hardware key signs by `ssh-keygen -Y sign -n USE -f KEY FILE`; of other "
                     "kinds of keys none is known here");
  }
  if (*cipher != "none" || *derivation != "none" || !options->empty()) {
    return bad_input("this key has a passphrase", where,
                     "sign with `ssh-keygen -Y sign -n USE -f KEY FILE`, which asks for it");
  }
  return secret_of(*section, *blob, where);
}

records::Secret text_of_secret(const records::Secret& key, std::string_view comment) {
  const std::string_view point = point_of(key);
  const std::string blob = blob_of(point);
  std::size_t section = 8 + wire_size(software_key_type) + wire_size(point) +
                        wire_size(key.text()) + wire_size(comment);
  const std::size_t padding = (padded_to - section % padded_to) % padded_to;
  section += padding;
  records::Secret bytes(private_magic.size() + wire_size("none") + wire_size("none") +
                        wire_size("") + 4 + wire_size(blob) + 4 + section);
  WireWriter writer(bytes.bytes());
  writer.bytes(private_magic);
  writer.text("none");
  writer.text("none");
  writer.text("");
  writer.number(1);
  writer.text(blob);
  writer.number(static_cast<std::uint32_t>(section));
  const std::uint32_t check = randombytes_random();
  writer.number(check);
  writer.number(check);
  writer.text(software_key_type);
  writer.text(point);
  writer.text(key.text());
  writer.text(comment);
  for (std::size_t i = 1; i <= padding; ++i) {
    writer.bytes(std::string(1, static_cast<char>(i)));
  }
  PARCOURS_CHECK(writer.full());
  return armoured(private_label, bytes.text());
}

}  // namespace parcours::formalities
