// How the files of an encrypted vault are encrypted. Bucket files and the catalog are each one
// stream: libsodium's secretstream (XChaCha20-Poly1305) in chunks of 64 KiB. docs/formats.md
// describes the bytes.
//
// The key is one of its own, apart from the programme's (records/key_source.h). The catalog's file
// begins with what is needed to recognise it, in the clear: Encryption.
//
// G1: what a Decrypter gives is what was encrypted under the same key, for the same vault and
//     purpose, from its beginning on; finish() says whether it was all. Nothing else is given, not
//     even the chunks of another file.
// G2: two encryptions of the same bytes have nothing in common but their length.
#pragma once

#include <sodium.h>

#include <array>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/wiped.h"
#include "records/key_check.h"
#include "records/keys.h"

namespace parcours::vault {

// What an encrypted vault says to everybody.
struct Encryption {
  static constexpr std::size_t bytes = 27 + 16 + 16 + 16 + 8 + 8;

  std::array<unsigned char, 16> vault{};  // drawn when it was encrypted: no other vault has it
  records::KeyCheck key;

  static Encryption fresh(const records::KeyCheck& key);
  // Error of the input: `text` does not begin as text() writes it. `where` is the error's place.
  static Result<Encryption> parse(std::string_view text, const std::string& where);
  std::string text() const;
};

// Can be used by several threads at once.
class Cipher {
 public:
  Cipher(const Encryption& encryption, const records::ProgrammeKey& key);
  const Encryption& encryption() const { return encryption_; }

 private:
  friend class Encrypter;
  friend class Decrypter;
  // What each chunk is bound to and does not hold: the file cannot stand in for another one.
  std::string bound_to(std::string_view purpose) const;
  Encryption encryption_;
  records::Secret key_;
};

// The bytes of a chunk before they are encrypted.
inline constexpr std::size_t chunk_bytes = std::size_t{1} << 16;

// Encrypts one file. The cipher must outlive it.
class Encrypter {
 public:
  // `purpose` says which file of the vault it is.
  Encrypter(const Cipher& cipher, std::string_view purpose);
  Encrypter(const Encrypter&) = delete;
  Encrypter& operator=(const Encrypter&) = delete;
  ~Encrypter();

  // The encrypted bytes of the next chunk, good until the next call. A chunk of fewer than
  // chunk_bytes, such as an empty one, is the last; there is always one.
  std::string_view next(std::span<const char> chunk);

 private:
  crypto_secretstream_xchacha20poly1305_state state_{};
  std::string bound_;
  std::string made_;  // of the last call
  bool begun_ = false;
};

// All at once.
std::string encrypted(const Cipher& cipher, std::string_view purpose, std::string_view text);

// Decrypts one file. The cipher must outlive it.
class Decrypter {
 public:
  Decrypter(const Cipher& cipher, std::string_view purpose);
  Decrypter(const Decrypter&) = delete;
  Decrypter& operator=(const Decrypter&) = delete;
  ~Decrypter();

  // Takes the next bytes, in blocks of any size, and gives what can be decrypted of them, good
  // until the next call. Nothing: they are not what was encrypted; nor is what follows.
  std::optional<std::span<const char>> take(std::span<const char> block);
  // The rest, once all bytes were taken. Nothing: it was not all, or more than that.
  std::optional<std::span<const char>> finish();

 private:
  bool begin();
  bool open_chunk(std::string_view chunk, bool last);
  const Cipher& cipher_;
  crypto_secretstream_xchacha20poly1305_state state_{};
  std::string bound_;
  std::string waiting_;  // encrypted bytes that are no whole chunk yet
  WipedString plain_;    // of the last call
  bool begun_ = false;
  bool good_ = true;
};

// Nothing: it is not the text that was encrypted for this purpose.
std::optional<WipedString> decrypted(const Cipher& cipher, std::string_view purpose,
                                     std::string_view bytes);

}  // namespace parcours::vault
