#include "post/seal_pair.h"

#include <sodium.h>

#include <array>
#include <vector>

#include "base/hex.h"

namespace parcours::post {
namespace {

constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t secret_bytes = crypto_box_SECRETKEYBYTES;
constexpr std::size_t closed_bytes =
    nonce_bytes + secret_bytes + crypto_aead_xchacha20poly1305_ietf_ABYTES;

std::string bound_to_pair(const formalities::SealKey& key, std::string_view vault) {
  return "sealing " + std::string(vault) + " " + to_hex(key);
}

const unsigned char* bytes_in(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

}  // namespace

SealPair SealPair::generate() {
  static_assert(std::tuple_size_v<formalities::SealKey> == crypto_box_PUBLICKEYBYTES);
  SealPair pair{.key = {}, .secret = records::Secret(secret_bytes)};
  crypto_box_keypair(pair.key.data(), pair.secret.data());
  return pair;
}

std::string closed(const SealPair& pair, const records::ProgrammeKey& programme,
                   std::string_view vault) {
  const records::Secret key = programme.derive(records::KeyUse::seal);
  static_assert(crypto_aead_xchacha20poly1305_ietf_KEYBYTES == 32);
  std::array<unsigned char, closed_bytes> bytes{};
  randombytes_buf(bytes.data(), nonce_bytes);
  const std::string bound = bound_to_pair(pair.key, vault);
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      bytes.data() + nonce_bytes, nullptr, pair.secret.data(), pair.secret.size(), bytes_in(bound),
      bound.size(), nullptr, bytes.data(), key.data());
  return to_hex(bytes);
}

std::optional<SealPair> reopened(const formalities::SealKey& key, std::string_view digits,
                                 const records::ProgrammeKey& programme, std::string_view vault) {
  std::array<unsigned char, closed_bytes> bytes{};
  if (!from_hex(digits, bytes)) {
    return std::nullopt;
  }
  const records::Secret under = programme.derive(records::KeyUse::seal);
  SealPair pair{.key = key, .secret = records::Secret(secret_bytes)};
  const std::string bound = bound_to_pair(key, vault);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(pair.secret.data(), nullptr, nullptr,
                                                 bytes.data() + nonce_bytes,
                                                 bytes.size() - nonce_bytes, bytes_in(bound),
                                                 bound.size(), bytes.data(), under.data()) != 0) {
    return std::nullopt;
  }
  return pair;
}

}  // namespace parcours::post
