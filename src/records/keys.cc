#include "records/keys.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cstring>

#include "base/files.h"
#include "base/random.h"

namespace parcours {
namespace {

constexpr char kdf_context[crypto_kdf_CONTEXTBYTES + 1] = "parcours";

}  // namespace

ProgrammeKey ProgrammeKey::generate() {
  ProgrammeKey key;
  fill_secret(key.bytes_);
  return key;
}

Result<ProgrammeKey> ProgrammeKey::read(const std::filesystem::path& file) {
  ASSIGN_OR_RETURN(std::string text, read_file(file, 4096));
  ProgrammeKey key;
  const bool whole = text.size() == key.bytes_.size();
  if (whole) {
    std::memcpy(key.bytes_.data(), text.data(), text.size());
  }
  sodium_memzero(text.data(), text.size());
  if (!whole) {
    return bad_input("not a programme key: it is not 32 bytes long", file.string(),
                     "restore the key that this vault was created with");
  }
  return key;
}

Status ProgrammeKey::write(const std::filesystem::path& file) const {
  const int descriptor = ::open(file.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (descriptor < 0) {
    return machine_fault("cannot write the programme key", file.string());
  }
  const bool written =
      ::write(descriptor, bytes_.data(), bytes_.size()) == static_cast<ssize_t>(bytes_.size()) &&
      ::fsync(descriptor) == 0;
  ::close(descriptor);
  if (!written) {
    ::unlink(file.c_str());
    return machine_fault("cannot write the programme key", file.string());
  }
  return {};
}

ProgrammeKey::ProgrammeKey(ProgrammeKey&& other) noexcept {
  *this = std::move(other);
}

ProgrammeKey& ProgrammeKey::operator=(ProgrammeKey&& other) noexcept {
  if (this != &other) {
    bytes_ = other.bytes_;
    sodium_memzero(other.bytes_.data(), other.bytes_.size());
  }
  return *this;
}

ProgrammeKey::~ProgrammeKey() {
  sodium_memzero(bytes_.data(), bytes_.size());
}

std::array<std::byte, 16> ProgrammeKey::derive(std::uint64_t use) const {
  std::array<std::byte, 16> derived;
  crypto_kdf_derive_from_key(reinterpret_cast<unsigned char*>(derived.data()), derived.size(), use,
                             kdf_context, reinterpret_cast<const unsigned char*>(bytes_.data()));
  return derived;
}

KeyedHash::~KeyedHash() {
  sodium_memzero(key_.data(), key_.size());
}

Uint128 KeyedHash::operator()(std::string_view text) const {
  Uint128 hash = 0;
  static_assert(crypto_shorthash_siphashx24_BYTES == sizeof(hash));
  crypto_shorthash_siphashx24(reinterpret_cast<unsigned char*>(&hash),
                              reinterpret_cast<const unsigned char*>(text.data()), text.size(),
                              reinterpret_cast<const unsigned char*>(key_.data()));
  return hash;
}

Uint128 KeyedHash::operator()(const PatientId& id) const {
  const std::uint64_t words[2] = {id.high, id.low};
  return (*this)(std::string_view(reinterpret_cast<const char*>(words), sizeof(words)));
}

KeyedHash pseudonym_hash(const ProgrammeKey& key) {
  return KeyedHash(key.derive(1));
}
KeyedHash fingerprint_hash(const ProgrammeKey& key) {
  return KeyedHash(key.derive(2));
}

PatientId pseudonym(const KeyedHash& hash, std::string_view source_id) {
  const Uint128 value = hash(source_id);
  return {static_cast<std::uint64_t>(value >> 64), static_cast<std::uint64_t>(value)};
}

}  // namespace parcours
