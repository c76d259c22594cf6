// What a vault stores about its key: enough to recognise the key, not enough to derive it.
//
// The check value is a key with a separate use (keys.h), so it reveals nothing about pseudonyms. If
// the key is made from a passphrase, the vault also stores the salt and the cost of making it. An
// attacker who has the vault can then try passphrases, each at that cost. A key of 32 random bytes
// cannot be guessed.
#pragma once

#include <array>
#include <cstdint>
#include <optional>

#include "base/error.h"
#include "records/keys.h"

namespace parcours::records {

// How a passphrase becomes a key: Argon2id, version 1.3 (RFC 9106), as libsodium's crypto_pwhash
// has it.
struct PassphraseCost {
  std::array<unsigned char, 16> salt{};
  std::uint64_t operations = 0;
  std::uint64_t memory_bytes = 0;

  // A fresh salt, and about a second on a machine of 2025: 3 passes over 256 MiB.
  static PassphraseCost fresh();
  // Neither cheaper nor dearer than a vault's may be; others are of a damaged catalog.
  bool sound() const;
  friend bool operator==(const PassphraseCost&, const PassphraseCost&) = default;
};

struct KeyCheck {
  std::array<unsigned char, 16> value{};
  std::optional<PassphraseCost> passphrase;  // none: the key is 32 random bytes, kept as such
  friend bool operator==(const KeyCheck&, const KeyCheck&) = default;
};

KeyCheck check_of(const ProgrammeKey& key, std::optional<PassphraseCost> passphrase = {});

// In constant time.
bool fits(const KeyCheck& check, const ProgrammeKey& key);

// Errors: the machine has not the memory.
Result<ProgrammeKey> key_from_passphrase(const Secret& passphrase, const PassphraseCost& cost);

}  // namespace parcours::records
