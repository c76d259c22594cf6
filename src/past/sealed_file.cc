#include "past/sealed_file.h"

#include <sodium.h>
#include <zlib.h>

#include <array>
#include <cstring>
#include <limits>

#include "base/files.h"
#include "base/random.h"

namespace parcours::past {
namespace {

constexpr std::string_view magic = "parcours sealed 1\n";
constexpr std::size_t nonce_bytes = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES;
constexpr std::size_t tag_bytes = crypto_aead_xchacha20poly1305_ietf_ABYTES;
constexpr std::size_t size_bytes = 8;  // of the text, before what zlib made of it
constexpr std::size_t most_bytes = std::size_t{1} << 33;
// The quickest: what repeats is found, and four million patients wait for it.
constexpr int compression = Z_BEST_SPEED;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
unsigned char* bytes_of(std::string& text) {
  return reinterpret_cast<unsigned char*>(text.data());
}

// What is sealed with the text, and not written: the file cannot stand in for another one.
std::string bound_to(std::string_view purpose) {
  return std::string(magic) + std::string(purpose);
}

std::string compressed(std::string_view text) {
  std::string made(size_bytes, '\0');
  const std::uint64_t size = text.size();
  for (std::size_t i = 0; i < size_bytes; ++i) {
    made[i] = static_cast<char>(size >> (8 * i));
  }
  uLongf room = compressBound(text.size());
  made.resize(size_bytes + room);
  const int done =
      compress2(bytes_of(made) + size_bytes, &room, bytes_of(text), text.size(), compression);
  made.resize(done == Z_OK ? size_bytes + room : 0);
  return made;
}

bool decompress(std::string_view from, std::string& text) {
  if (from.size() < size_bytes) {
    return false;
  }
  std::uint64_t size = 0;
  for (std::size_t i = 0; i < size_bytes; ++i) {
    size |= std::uint64_t{static_cast<unsigned char>(from[i])} << (8 * i);
  }
  // zlib makes at most some thousand bytes of one.
  if (size > most_bytes || size / 2000 > from.size()) {
    return false;
  }
  text.resize(size);
  uLongf made = size;
  from.remove_prefix(size_bytes);
  return uncompress(bytes_of(text), &made, bytes_of(from), from.size()) == Z_OK && made == size;
}

}  // namespace

Status write_sealed(const std::filesystem::path& file, std::string_view purpose,
                    std::string_view text, const records::ProgrammeKey& key) {
  const std::string plain = compressed(text);
  if (plain.empty()) {
    return machine_fault("the text could not be compressed", file.string());
  }
  const records::Secret subkey = key.derive(records::KeyUse::past);
  std::string sealed(magic);
  std::array<std::byte, nonce_bytes> nonce;
  fill_secret(nonce);
  sealed.append(reinterpret_cast<const char*>(nonce.data()), nonce.size());
  const std::size_t begin = sealed.size();
  sealed.resize(begin + plain.size() + tag_bytes);
  const std::string bound = bound_to(purpose);
  crypto_aead_xchacha20poly1305_ietf_encrypt(
      bytes_of(sealed) + begin, nullptr, bytes_of(plain), plain.size(), bytes_of(bound),
      bound.size(), nullptr, reinterpret_cast<const unsigned char*>(nonce.data()), subkey.data());
  return write_file(file, sealed, Readers::owner);
}

Result<std::string> read_sealed(const std::filesystem::path& file, std::string_view purpose,
                                const records::ProgrammeKey& key) {
  ASSIGN_OR_RETURN(const std::string sealed, read_file(file, most_bytes));
  const auto broken = [&] {
    return bad_input("this file is not as the program sealed it for this vault", file.string(),
                     "restore the vault from a copy");
  };
  if (sealed.size() < magic.size() + nonce_bytes + tag_bytes || !sealed.starts_with(magic)) {
    return broken();
  }
  const records::Secret subkey = key.derive(records::KeyUse::past);
  const std::string_view nonce = std::string_view(sealed).substr(magic.size(), nonce_bytes);
  const std::string_view body = std::string_view(sealed).substr(magic.size() + nonce_bytes);
  std::string plain(body.size() - tag_bytes, '\0');
  const std::string bound = bound_to(purpose);
  if (crypto_aead_xchacha20poly1305_ietf_decrypt(bytes_of(plain), nullptr, nullptr, bytes_of(body),
                                                 body.size(), bytes_of(bound), bound.size(),
                                                 bytes_of(nonce), subkey.data()) != 0) {
    return broken();
  }
  std::string text;
  if (!decompress(plain, text)) {
    return broken();
  }
  return text;
}

}  // namespace parcours::past
