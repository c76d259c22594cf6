#include "records/keys.h"

#include <fmt/format.h>
#include <sodium.h>

#include "base/check.h"
#include "base/random.h"
#include "vocabulary/national_number.h"

namespace parcours::records {
namespace {

constexpr char kdf_context[crypto_kdf_CONTEXTBYTES + 1] = "parcours";

}  // namespace

ProgrammeKey ProgrammeKey::generate() {
  Secret bytes(size);
  fill_secret(std::as_writable_bytes(bytes.bytes()));
  return ProgrammeKey(std::move(bytes));
}

ProgrammeKey::ProgrammeKey(Secret bytes) : bytes_(std::move(bytes)) {
  static_assert(size == crypto_kdf_KEYBYTES);
  PARCOURS_CHECK(bytes_.size() == size);
}

void ProgrammeKey::derive(KeyUse use, std::array<unsigned char, 16>& derived) const {
  crypto_kdf_derive_from_key(derived.data(), derived.size(), static_cast<std::uint64_t>(use),
                             kdf_context, bytes_.data());
}

Secret ProgrammeKey::derive(KeyUse use) const {
  Secret derived(size);
  crypto_kdf_derive_from_key(derived.data(), derived.size(), static_cast<std::uint64_t>(use),
                             kdf_context, bytes_.data());
  return derived;
}

KeyedHash KeyedHash::of_this_run() {
  KeyedHash hash;
  fill_secret(std::as_writable_bytes(std::span(hash.key_)));
  return hash;
}

KeyedHash::~KeyedHash() {
  sodium_memzero(key_.data(), key_.size());
}

Uint128 KeyedHash::operator()(std::string_view text) const {
  Uint128 hash = 0;
  static_assert(crypto_shorthash_siphashx24_BYTES == sizeof(hash));
  crypto_shorthash_siphashx24(reinterpret_cast<unsigned char*>(&hash),
                              reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                              key_.data());
  return hash;
}

Uint128 KeyedHash::operator()(const PatientId& id) const {
  const std::uint64_t words[2] = {id.high, id.low};
  return (*this)(std::string_view(reinterpret_cast<const char*>(words), sizeof(words)));
}

KeyedHash pseudonym_hash(const ProgrammeKey& key) {
  return {key, KeyUse::pseudonym};
}
KeyedHash practice_hash(const ProgrammeKey& key) {
  return {key, KeyUse::practice};
}

// A national number is written with its key in one place and without it in another, in the records
// and by who notes an objection: it is one person's. So whatever makes a pseudonym reads it here.
PatientId pseudonym(const KeyedHash& hash, std::string_view source_id) {
  const std::string national = vocabulary::national_number(source_id, false);
  const Uint128 value = hash(national.empty() ? source_id : std::string_view(national));
  return {static_cast<std::uint64_t>(value >> 64), static_cast<std::uint64_t>(value)};
}

std::string practice_name(const KeyedHash& hash, std::string_view source_code) {
  return fmt::format("P-{:016x}", static_cast<std::uint64_t>(hash(source_code) >> 64));
}

}  // namespace parcours::records
