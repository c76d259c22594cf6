// The vault's own two pairs of keys. Both follow from the programme's key and the vault's number,
// so they are stored nowhere: whoever has the key and the vault can open packages and sign
// receipts, and nobody else.
//
// G1: two vaults have different pairs, also under the same programme's key.
// G2: the same key and number always give the same pairs.
#pragma once

#include <string>
#include <string_view>

#include "formalities/public_key.h"
#include "formalities/signing_key.h"
#include "records/keys.h"
#include "records/secret.h"

namespace parcours::post {

// Cannot be copied or printed; wiped when it goes.
class VaultKeys {
 public:
  // `vault`: its number, 32 hexadecimal digits.
  VaultKeys(const ProgrammeKey& key, std::string_view vault);

  const std::string& vault() const { return vault_; }
  const SealKey& seal_key() const { return seal_key_; }
  const Secret& seal_secret() const { return seal_secret_; }
  const SigningKey& receipts() const { return receipts_; }

 private:
  std::string vault_;
  SealKey seal_key_{};
  Secret seal_secret_;
  SigningKey receipts_;
};

}  // namespace parcours::post
