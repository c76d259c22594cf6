#include "post/vault_keys.h"

#include <sodium.h>

#include "base/check.h"
#include "base/hex.h"
#include "post/contents.h"

namespace parcours::post {
namespace {

// BLAKE2b of the vault's number, keyed with the subkey of one use.
Secret seed_of(const ProgrammeKey& key, KeyUse use, std::string_view vault) {
  PARCOURS_CHECK(is_vault_number(vault));
  std::array<unsigned char, 16> number{};
  from_hex(vault, number);
  const Secret subkey = key.derive(use);
  Secret seed(crypto_box_SEEDBYTES);
  static_assert(crypto_box_SEEDBYTES == crypto_sign_SEEDBYTES);
  crypto_generichash(seed.data(), seed.size(), number.data(), number.size(), subkey.data(),
                     subkey.size());
  return seed;
}

}  // namespace

VaultKeys::VaultKeys(const ProgrammeKey& key, std::string_view vault)
    : vault_(vault),
      seal_secret_(crypto_box_SECRETKEYBYTES),
      receipts_(SigningKey::of_seed(seed_of(key, KeyUse::receipts, vault))) {
  static_assert(std::tuple_size_v<SealKey> == crypto_box_PUBLICKEYBYTES);
  crypto_box_seed_keypair(seal_key_.data(), seal_secret_.data(),
                          seed_of(key, KeyUse::seal, vault).data());
}

}  // namespace parcours::post
