// The vault's own keys. The pair that signs receipts follows from the programme's key and the
// vault's number, and is stored nowhere. The pairs to which packages are sealed are drawn at random
// (seal_pair.h): the last one stands on the vault's card, and those before it open packages that
// were on their way when it was renewed.
//
// G1: two vaults have different pairs for receipts, also under the same programme's key.
// G2: the same key and number always give the same pair for receipts.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "formalities/public_key.h"
#include "formalities/signing_key.h"
#include "post/seal_pair.h"
#include "records/keys.h"

namespace parcours::post {

// Cannot be copied or printed; wiped when it goes.
class VaultKeys {
 public:
  // `vault`: its number, 32 hexadecimal digits. `pairs`: those that open packages, the one of the
  // card first; it is the vault's `number`-th. Without one the keys only sign.
  VaultKeys(const records::ProgrammeKey& key, std::string_view vault,
            std::vector<SealPair> pairs = {}, std::uint64_t number = 1);

  const std::string& vault() const { return vault_; }
  const std::vector<SealPair>& pairs() const { return pairs_; }
  // Of the card.
  const formalities::SealKey& seal_key() const;
  std::uint64_t number() const { return number_; }
  const formalities::SigningKey& receipts() const { return receipts_; }

 private:
  std::string vault_;
  std::vector<SealPair> pairs_;
  std::uint64_t number_;
  formalities::SigningKey receipts_;
};

struct Unsealed {
  std::string plain;
  bool old_card = false;  // not by the pair of the card
};
// By whichever pair opens the bytes (seal.h).
std::optional<Unsealed> unsealed_by(const VaultKeys& keys, std::string_view bytes,
                                    std::string_view bound);

}  // namespace parcours::post
