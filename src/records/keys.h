// The programme's secret and what is made from it: pseudonyms and the keyed hashes behind
// fingerprints.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <string_view>

#include "base/error.h"
#include "base/int128.h"
#include "records/patient.h"

namespace parcours {

// 32 secret bytes; wiped when it goes. Cannot be copied or printed.
class ProgrammeKey {
 public:
  static ProgrammeKey generate();
  // The file holds the 32 bytes and is readable by its owner alone.
  static Result<ProgrammeKey> read(const std::filesystem::path& file);
  Status write(const std::filesystem::path& file) const;

  ProgrammeKey(ProgrammeKey&&) noexcept;
  ProgrammeKey& operator=(ProgrammeKey&&) noexcept;
  ~ProgrammeKey();

  // A key for one use (libsodium's crypto_kdf), so that pseudonyms and fingerprints cannot be
  // compared.
  std::array<std::byte, 16> derive(std::uint64_t use) const;

 private:
  ProgrammeKey() = default;
  std::array<std::byte, 32> bytes_{};
};

// SipHash-2-4 with 128 bits of result, keyed.
class KeyedHash {
 public:
  explicit KeyedHash(std::array<std::byte, 16> key) : key_(key) {}
  ~KeyedHash();
  KeyedHash(const KeyedHash&) = default;
  KeyedHash& operator=(const KeyedHash&) = default;

  Uint128 operator()(std::string_view text) const;
  Uint128 operator()(const PatientId& id) const;

 private:
  std::array<std::byte, 16> key_;
};

KeyedHash pseudonym_hash(const ProgrammeKey& key);    // source identifier -> pseudonym
KeyedHash fingerprint_hash(const ProgrammeKey& key);  // pseudonym -> what a fingerprint sums

// The pseudonym of a source's identifier.
PatientId pseudonym(const KeyedHash& hash, std::string_view source_id);

}  // namespace parcours
