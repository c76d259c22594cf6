#include "post/vault_keys.h"

#include <sodium.h>

#include <array>
#include <utility>

#include "base/check.h"
#include "base/hex.h"
#include "post/contents.h"
#include "post/seal.h"

namespace parcours::post {
namespace {

// BLAKE2b of the vault's number, keyed with the subkey of one use.
records::Secret seed_of(const records::ProgrammeKey& key, records::KeyUse use,
                        std::string_view vault) {
  PARCOURS_CHECK(is_vault_number(vault));
  std::array<unsigned char, 16> number{};
  from_hex(vault, number);
  const records::Secret subkey = key.derive(use);
  records::Secret seed(crypto_sign_SEEDBYTES);
  crypto_generichash(seed.data(), seed.size(), number.data(), number.size(), subkey.data(),
                     subkey.size());
  return seed;
}

}  // namespace

VaultKeys::VaultKeys(const records::ProgrammeKey& key, std::string_view vault,
                     std::vector<SealPair> pairs, std::uint64_t number)
    : vault_(vault),
      pairs_(std::move(pairs)),
      number_(number),
      receipts_(formalities::SigningKey::of_seed(seed_of(key, records::KeyUse::receipts, vault))) {}

const formalities::SealKey& VaultKeys::seal_key() const {
  PARCOURS_CHECK(!pairs_.empty());
  return pairs_.front().key;
}

std::optional<Unsealed> unsealed_by(const VaultKeys& keys, std::string_view bytes,
                                    std::string_view bound) {
  const std::vector<SealPair>& pairs = keys.pairs();
  for (std::size_t i = 0; i < pairs.size(); ++i) {
    if (auto plain = unsealed(bytes, bound, pairs[i].key, pairs[i].secret)) {
      return Unsealed{*std::move(plain), i > 0};
    }
  }
  return std::nullopt;
}

}  // namespace parcours::post
