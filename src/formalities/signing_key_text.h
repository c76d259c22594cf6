// The text form of a private key: OpenSSH's "openssh-key-v1" (PROTOCOL.key), of one key without a
// passphrase. signing_key.h reads and writes the files.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "base/error.h"
#include "records/secret.h"

namespace parcours::formalities {

// The 64 bytes that libsodium signs with, of a seed of 32.
records::Secret secret_of_seed(std::span<const unsigned char> seed);

// The bytes of its public key.
std::string blob_of_secret(const records::Secret& key);

// The 64 bytes that libsodium signs with. `where` stands in errors, which never show what was read.
Result<records::Secret> secret_of_text(std::string_view text, const std::string& where);

records::Secret text_of_secret(const records::Secret& key, std::string_view comment);

}  // namespace parcours::formalities
