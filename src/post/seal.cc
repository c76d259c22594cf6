#include "post/seal.h"

#include <sodium.h>

#include <algorithm>

namespace parcours::post {
namespace {

constexpr std::size_t chunk_bytes = std::size_t{1} << 16;
constexpr std::size_t sealed_key_bytes =
    crypto_secretstream_xchacha20poly1305_KEYBYTES + crypto_box_SEALBYTES;
constexpr std::size_t stream_header_bytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES;
constexpr std::size_t added_bytes = crypto_secretstream_xchacha20poly1305_ABYTES;  // to a chunk

const unsigned char* raw(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* raw(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

// The state of a stream holds its key.
struct Stream {
  crypto_secretstream_xchacha20poly1305_state state;
  Stream() = default;
  Stream(const Stream&) = delete;
  Stream& operator=(const Stream&) = delete;
  ~Stream() { sodium_memzero(&state, sizeof(state)); }
};

std::size_t chunks_of(std::size_t plain) {
  return std::max<std::size_t>(1, (plain + chunk_bytes - 1) / chunk_bytes);
}

}  // namespace

std::size_t sealed_size(std::size_t plain) {
  return sealed_key_bytes + stream_header_bytes + plain + chunks_of(plain) * added_bytes;
}

std::optional<std::string> sealed(std::string_view plain, std::string_view bound,
                                  const formalities::SealKey& to) {
  records::Secret key(crypto_secretstream_xchacha20poly1305_KEYBYTES);
  crypto_secretstream_xchacha20poly1305_keygen(key.data());
  const std::size_t chunks = chunks_of(plain.size());
  std::string bytes(sealed_size(plain.size()), '\0');
  if (crypto_box_seal(raw(bytes), key.data(), key.size(), to.data()) != 0) {
    return std::nullopt;
  }
  Stream stream;
  crypto_secretstream_xchacha20poly1305_init_push(&stream.state, raw(bytes) + sealed_key_bytes,
                                                  key.data());
  unsigned char* at = raw(bytes) + sealed_key_bytes + stream_header_bytes;
  for (std::size_t i = 0; i < chunks; ++i) {
    const std::string_view chunk = plain.substr(i * chunk_bytes, chunk_bytes);
    const unsigned char tag = i + 1 == chunks ? crypto_secretstream_xchacha20poly1305_TAG_FINAL : 0;
    crypto_secretstream_xchacha20poly1305_push(&stream.state, at, nullptr, raw(chunk), chunk.size(),
                                               raw(bound), bound.size(), tag);
    at += chunk.size() + added_bytes;
  }
  return bytes;
}

std::optional<std::string> unsealed(std::string_view bytes, std::string_view bound,
                                    const formalities::SealKey& to, const records::Secret& secret) {
  if (bytes.size() < sealed_key_bytes + stream_header_bytes + added_bytes) {
    return std::nullopt;
  }
  records::Secret key(crypto_secretstream_xchacha20poly1305_KEYBYTES);
  Stream stream;
  if (crypto_box_seal_open(key.data(), raw(bytes), sealed_key_bytes, to.data(), secret.data()) !=
          0 ||
      crypto_secretstream_xchacha20poly1305_init_pull(
          &stream.state, raw(bytes.substr(sealed_key_bytes)), key.data()) != 0) {
    return std::nullopt;
  }
  bytes.remove_prefix(sealed_key_bytes + stream_header_bytes);
  std::string plain(bytes.size(), '\0');
  std::size_t filled = 0;
  unsigned char tag = 0;
  while (!bytes.empty()) {
    const std::string_view chunk = bytes.substr(0, chunk_bytes + added_bytes);
    if (tag != 0 || chunk.size() < added_bytes ||
        crypto_secretstream_xchacha20poly1305_pull(&stream.state, raw(plain) + filled, nullptr,
                                                   &tag, raw(chunk), chunk.size(), raw(bound),
                                                   bound.size()) != 0) {
      return std::nullopt;
    }
    filled += chunk.size() - added_bytes;
    bytes.remove_prefix(chunk.size());
  }
  if (tag != crypto_secretstream_xchacha20poly1305_TAG_FINAL) {
    return std::nullopt;
  }
  plain.resize(filled);
  return plain;
}

}  // namespace parcours::post
