#include "release/sha256.h"

#include <fmt/format.h>
#include <sodium.h>

#include <array>

namespace parcours {

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash;
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size());
  std::string digits;
  for (const unsigned char byte : hash) {
    digits += fmt::format("{:02x}", byte);
  }
  return digits;
}

}  // namespace parcours
