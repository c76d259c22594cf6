#include "protect/sha256.h"

#include <sodium.h>

#include <array>

#include "base/hex.h"

namespace parcours::protect {

std::string sha256(std::string_view bytes) {
  std::array<unsigned char, crypto_hash_sha256_BYTES> hash{};
  crypto_hash_sha256(hash.data(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size());
  return to_hex(hash);
}

}  // namespace parcours::protect
