#include "records/digest.h"

#include <fcntl.h>
#include <sodium.h>

#include "base/check.h"
#include "base/hex.h"
#include "base/input_file.h"

namespace parcours::records {
namespace {

// libsodium picks the quickest code for this machine when it is set up.
void set_up() {
  static const bool ready = sodium_init() >= 0;
  PARCOURS_CHECK(ready);
}

}  // namespace

std::optional<Digest> Digest::parse(std::string_view hex) {
  std::array<unsigned char, size> bytes{};
  return from_hex(hex, bytes) ? std::optional(Digest(bytes)) : std::nullopt;
}

std::string Digest::hex() const {
  return to_hex(bytes_);
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

}  // namespace parcours::records
