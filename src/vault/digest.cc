#include "vault/digest.h"

#include <fcntl.h>
#include <sodium.h>

#include "base/check.h"
#include "base/input_file.h"

namespace parcours {
namespace {

// libsodium picks the quickest code for this machine when it is set up.
void set_up() {
  static const bool ready = sodium_init() >= 0;
  PARCOURS_CHECK(ready);
}

int digit(char c) {
  return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

}  // namespace

std::optional<Digest> Digest::parse(std::string_view hex) {
  if (hex.size() != 2 * size) {
    return std::nullopt;
  }
  std::array<unsigned char, size> bytes;
  for (std::size_t i = 0; i < size; ++i) {
    const int high = digit(hex[2 * i]);
    const int low = digit(hex[2 * i + 1]);
    if (high < 0 || low < 0) {
      return std::nullopt;
    }
    bytes[i] = static_cast<unsigned char>(high * 16 + low);
  }
  return Digest(bytes);
}

std::string Digest::hex() const {
  std::string hex;
  for (const unsigned char byte : bytes_) {
    hex += "0123456789abcdef"[byte / 16];
    hex += "0123456789abcdef"[byte % 16];
  }
  return hex;
}

struct Digester::State {
  crypto_generichash_state hash;
};

Digester::Digester() : state_(std::make_unique<State>()) {
  set_up();
  static_assert(Digest::size == crypto_generichash_BYTES);
  crypto_generichash_init(&state_->hash, nullptr, 0, Digest::size);
}
Digester::Digester(Digester&&) noexcept = default;
Digester::~Digester() = default;

void Digester::take(std::span<const char> bytes) {
  crypto_generichash_update(&state_->hash, reinterpret_cast<const unsigned char*>(bytes.data()),
                            bytes.size());
}

Digest Digester::finish() {
  std::array<unsigned char, Digest::size> bytes;
  crypto_generichash_final(&state_->hash, bytes.data(), bytes.size());
  return Digest(bytes);
}

Result<Digest> digest_of_file(const std::filesystem::path& path) {
  ASSIGN_OR_RETURN(const InputFile file, InputFile::open(path));
  Digester digester;
  RETURN_IF_ERROR(file.each_block([&](std::span<const char> block) -> Status {
    digester.take(block);
    return {};
  }));
  return digester.finish();
}

}  // namespace parcours
