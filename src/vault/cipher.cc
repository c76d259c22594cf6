#include "vault/cipher.h"

#include <algorithm>
#include <utility>

#include "base/bytes.h"
#include "base/check.h"
#include "base/random.h"

namespace parcours::vault {
namespace {

constexpr std::string_view vault_magic = "parcours encrypted vault 1\n";
constexpr std::string_view file_magic = "parcours encrypted file 1\n";
constexpr std::size_t tag_bytes = crypto_secretstream_xchacha20poly1305_ABYTES;
constexpr std::size_t nonce_bytes = crypto_secretstream_xchacha20poly1305_HEADERBYTES;

const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}

std::string_view text_of(std::span<const unsigned char> bytes) {
  return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
}

void take_bytes(std::string_view& text, std::span<unsigned char> to) {
  std::copy_n(text.begin(), to.size(), to.begin());
  text.remove_prefix(to.size());
}

}  // namespace

Encryption Encryption::fresh(const records::KeyCheck& key) {
  Encryption encryption{.vault = {}, .key = key};
  fill_secret(std::as_writable_bytes(std::span(encryption.vault)));
  return encryption;
}

std::string Encryption::text() const {
  static_assert(bytes == vault_magic.size() + sizeof(vault) + sizeof(key.value) +
                             sizeof(records::PassphraseCost));
  const records::PassphraseCost cost = key.passphrase.value_or(records::PassphraseCost());
  std::string text(vault_magic);
  text += text_of(vault);
  text += text_of(key.value);
  text += text_of(cost.salt);
  ByteWriter numbers;
  numbers.fixed(cost.operations, 8);
  numbers.fixed(cost.memory_bytes, 8);
  return text + numbers.take();
}

Result<Encryption> Encryption::parse(std::string_view text, const std::string& where) {
  const auto broken = [&] {
    return bad_input("the encrypted catalog does not begin as this program writes it", where,
                     "restore the vault from a copy, or use the version of parcours that made it");
  };
  if (text.size() < bytes || !text.starts_with(vault_magic)) {
    return broken();
  }
  text.remove_prefix(vault_magic.size());
  Encryption encryption;
  records::PassphraseCost cost;
  take_bytes(text, encryption.vault);
  take_bytes(text, encryption.key.value);
  take_bytes(text, cost.salt);
  ByteReader numbers(text);
  cost.operations = numbers.fixed(8);
  cost.memory_bytes = numbers.fixed(8);
  if (cost == records::PassphraseCost()) {
    return encryption;
  }
  if (!cost.sound()) {
    return broken();
  }
  encryption.key.passphrase = cost;
  return encryption;
}

Cipher::Cipher(const Encryption& encryption, const records::ProgrammeKey& key)
    : encryption_(encryption), key_(key.derive(records::KeyUse::encrypt)) {
  static_assert(records::ProgrammeKey::size == crypto_secretstream_xchacha20poly1305_KEYBYTES);
}

// The whole Encryption, so that no part of it can be exchanged either.
std::string Cipher::bound_to(std::string_view purpose) const {
  return std::string(file_magic) + encryption_.text() + std::string(purpose);
}

Encrypter::Encrypter(const Cipher& cipher, std::string_view purpose)
    : bound_(cipher.bound_to(purpose)), made_(file_magic.size() + nonce_bytes, '\0') {
  std::ranges::copy(file_magic, made_.begin());
  crypto_secretstream_xchacha20poly1305_init_push(
      &state_, reinterpret_cast<unsigned char*>(made_.data()) + file_magic.size(),
      cipher.key_.data());
}

Encrypter::~Encrypter() {
  sodium_memzero(&state_, sizeof(state_));
}

std::string_view Encrypter::next(std::span<const char> chunk) {
  PARCOURS_CHECK(chunk.size() <= chunk_bytes);
  const std::size_t begin = std::exchange(begun_, true) ? 0 : made_.size();
  made_.resize(begin + chunk.size() + tag_bytes);
  const bool last = chunk.size() < chunk_bytes;
  crypto_secretstream_xchacha20poly1305_push(
      &state_, reinterpret_cast<unsigned char*>(made_.data()) + begin, nullptr,
      bytes_of({chunk.data(), chunk.size()}), chunk.size(), bytes_of(bound_), bound_.size(),
      last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
           : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
  return made_;
}

std::string encrypted(const Cipher& cipher, std::string_view purpose, std::string_view text) {
  Encrypter encrypter(cipher, purpose);
  std::string made;
  made.reserve(text.size() + (text.size() / chunk_bytes + 4) * tag_bytes);
  for (bool last = false; !last;) {
    const std::string_view chunk = text.substr(0, chunk_bytes);
    text.remove_prefix(chunk.size());
    made += encrypter.next(chunk);
    last = chunk.size() < chunk_bytes;
  }
  return made;
}

Decrypter::Decrypter(const Cipher& cipher, std::string_view purpose)
    : cipher_(cipher), bound_(cipher.bound_to(purpose)) {}

Decrypter::~Decrypter() {
  sodium_memzero(&state_, sizeof(state_));
}

bool Decrypter::begin() {
  if (begun_) {
    return true;
  }
  const std::size_t head = file_magic.size() + nonce_bytes;
  if (waiting_.size() < head) {
    return false;
  }
  good_ = waiting_.starts_with(file_magic) &&
          crypto_secretstream_xchacha20poly1305_init_pull(
              &state_, bytes_of(waiting_) + file_magic.size(), cipher_.key_.data()) == 0;
  waiting_.erase(0, head);
  begun_ = true;
  return good_;
}

bool Decrypter::open_chunk(std::string_view chunk, bool last) {
  const std::size_t before = plain_.size();
  plain_.resize(before + chunk.size() - tag_bytes);
  unsigned char tag = 0;
  good_ = crypto_secretstream_xchacha20poly1305_pull(
              &state_, reinterpret_cast<unsigned char*>(plain_.data()) + before, nullptr, &tag,
              bytes_of(chunk), chunk.size(), bytes_of(bound_), bound_.size()) == 0 &&
          tag == (last ? crypto_secretstream_xchacha20poly1305_TAG_FINAL
                       : crypto_secretstream_xchacha20poly1305_TAG_MESSAGE);
  return good_;
}

std::optional<std::span<const char>> Decrypter::take(std::span<const char> block) {
  if (!good_) {
    return std::nullopt;
  }
  plain_.clear();
  waiting_.append(block.data(), block.size());
  if (!begin()) {
    return good_ ? std::optional(std::span<const char>()) : std::nullopt;
  }
  std::string_view left = waiting_;
  for (; left.size() >= chunk_bytes + tag_bytes; left.remove_prefix(chunk_bytes + tag_bytes)) {
    if (!open_chunk(left.substr(0, chunk_bytes + tag_bytes), false)) {
      return std::nullopt;
    }
  }
  waiting_.erase(0, waiting_.size() - left.size());
  return std::span<const char>(plain_);
}

std::optional<std::span<const char>> Decrypter::finish() {
  if (!good_ || !begun_ || waiting_.size() < tag_bytes) {
    return std::nullopt;
  }
  plain_.clear();
  if (!open_chunk(waiting_, true)) {
    return std::nullopt;
  }
  return std::span<const char>(plain_);
}

std::optional<WipedString> decrypted(const Cipher& cipher, std::string_view purpose,
                                     std::string_view bytes) {
  Decrypter decrypter(cipher, purpose);
  WipedString text;
  text.reserve(bytes.size());
  const auto take = [&](const std::optional<std::span<const char>>& some) {
    if (some) {
      text.append(some->data(), some->size());
    }
    return some.has_value();
  };
  // In pieces, so that no more than the text is held.
  for (std::string_view left = bytes; !left.empty();) {
    const std::string_view some = left.substr(0, std::size_t{1} << 20);
    left.remove_prefix(some.size());
    if (!take(decrypter.take(some))) {
      return std::nullopt;
    }
  }
  return take(decrypter.finish()) ? std::optional(std::move(text)) : std::nullopt;
}

}  // namespace parcours::vault
