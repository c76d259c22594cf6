// The programme's key, and the keyed hashes made from it: pseudonyms of patients and names of
// practices. key_source.h says where a key comes from, key_text.h how it is written.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/int128.h"
#include "records/patient.h"
#include "records/secret.h"

namespace parcours::records {

// The uses of a key. Each use has its own subkey (libsodium's crypto_kdf), so that the results of
// one use reveal nothing about another. The number of a use never changes.
enum class KeyUse : std::uint8_t {
  pseudonym = 1,
  practice = 3,
  check = 4,
  past = 5,
  seal = 6,      // closes the secret halves of the keys to which packages are sealed
  receipts = 7,  // the vault's pair of keys that signs receipts
  encrypt = 8,   // the files of an encrypted vault, under a key of its own
  crowd = 9,     // fingerprints of the people behind a figure
};

// 32 secret bytes; wiped when it goes. Cannot be copied or printed.
class ProgrammeKey {
 public:
  static constexpr std::size_t size = 32;

  static ProgrammeKey generate();
  // `bytes` are the 32.
  explicit ProgrammeKey(Secret bytes);

  std::string_view bytes() const { return bytes_.text(); }

  // Fills `derived` with the key of one use.
  void derive(KeyUse use, std::array<unsigned char, 16>& derived) const;
  // The same of 32 bytes, to seal with.
  Secret derive(KeyUse use) const;

 private:
  Secret bytes_;
};

// SipHash-2-4 with 128 bits of result, keyed. Its key is wiped when it goes.
class KeyedHash {
 public:
  KeyedHash(const ProgrammeKey& key, KeyUse use) { key.derive(use, key_); }
  explicit KeyedHash(const std::array<unsigned char, 16>& key) : key_(key) {}
  // With a random key that is destroyed with this object: for values that are compared within one
  // run and never stored.
  static KeyedHash of_this_run();
  ~KeyedHash();
  KeyedHash(const KeyedHash&) = default;
  KeyedHash& operator=(const KeyedHash&) = default;

  Uint128 operator()(std::string_view text) const;
  Uint128 operator()(const PatientId& id) const;

 private:
  KeyedHash() = default;
  std::array<unsigned char, 16> key_{};
};

KeyedHash pseudonym_hash(const ProgrammeKey& key);
KeyedHash practice_hash(const ProgrammeKey& key);

// The pseudonym of a source's identifier; G1: an INS is one, with its key and without.
PatientId pseudonym(const KeyedHash& hash, std::string_view source_id);

// The name of a practice in a vault: "P-4f2a9c01b37d88e1", 64 bits of the hash of its source's
// code.
std::string practice_name(const KeyedHash& hash, std::string_view source_code);

}  // namespace parcours::records
