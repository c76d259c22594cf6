// A private key that signs: Ed25519, in a file as OpenSSH writes them, without a passphrase. A key
// with a passphrase or of hardware signs by ssh-keygen (public_key.h).
#pragma once

#include <array>
#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"
#include "formalities/public_key.h"
#include "records/secret.h"

namespace parcours::formalities {

// Cannot be copied or printed; wiped when it goes.
class SigningKey {
 public:
  static SigningKey generate();
  // Of 32 bytes, which decide it.
  static SigningKey of_seed(const records::Secret& seed);
  // An OpenSSH private key file that its owner alone can read.
  static Result<SigningKey> read(const std::filesystem::path& file);

  // A new file, and beside it FILE.pub with this comment.
  Status write(const std::filesystem::path& file, std::string_view comment) const;

  PublicKey public_key() const;
  // The secret half of seal_key(public_key()).
  records::Secret seal_secret() const;
  // In OpenSSH's armour.
  std::string sign(std::string_view text, std::string_view use) const;

 private:
  explicit SigningKey(records::Secret key) : key_(std::move(key)) {}
  records::Secret key_;  // 64 bytes, as libsodium has them
};

}  // namespace parcours::formalities
