#include "records/key_check.h"

#include <fmt/format.h>
#include <sodium.h>

#include "base/random.h"

namespace parcours::records {

PassphraseCost PassphraseCost::fresh() {
  PassphraseCost cost{.operations = crypto_pwhash_argon2id_OPSLIMIT_MODERATE,
                      .memory_bytes = crypto_pwhash_argon2id_MEMLIMIT_MODERATE};
  static_assert(sizeof(cost.salt) == crypto_pwhash_argon2id_SALTBYTES);
  fill_secret(std::as_writable_bytes(std::span(cost.salt)));
  return cost;
}

bool PassphraseCost::sound() const {
  constexpr std::uint64_t most_operations = 16;
  constexpr std::uint64_t most_memory = std::uint64_t{4} << 30;
  return operations >= crypto_pwhash_argon2id_OPSLIMIT_INTERACTIVE &&
         operations <= most_operations &&
         memory_bytes >= crypto_pwhash_argon2id_MEMLIMIT_INTERACTIVE && memory_bytes <= most_memory;
}

KeyCheck check_of(const ProgrammeKey& key, std::optional<PassphraseCost> passphrase) {
  KeyCheck check{.value = {}, .passphrase = passphrase};
  key.derive(KeyUse::check, check.value);
  return check;
}

bool fits(const KeyCheck& check, const ProgrammeKey& key) {
  const KeyCheck found = check_of(key);
  return sodium_memcmp(found.value.data(), check.value.data(), check.value.size()) == 0;
}

Result<ProgrammeKey> key_from_passphrase(const Secret& passphrase, const PassphraseCost& cost) {
  Secret bytes(ProgrammeKey::size);
  if (crypto_pwhash(bytes.data(), bytes.size(), passphrase.text().data(), passphrase.size(),
                    cost.salt.data(), cost.operations, cost.memory_bytes,
                    crypto_pwhash_ALG_ARGON2ID13) != 0) {
    return machine_fault(
        fmt::format("not enough memory to make the key from the passphrase: it needs {} MiB",
                    cost.memory_bytes >> 20));
  }
  return ProgrammeKey(std::move(bytes));
}

}  // namespace parcours::records
