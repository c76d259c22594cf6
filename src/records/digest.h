// A digest of bytes: BLAKE2b of 256 bits, as `b2sum --length=256` prints it. It is infeasible to
// make two files with the same digest, so a file's digest identifies every byte of it.
#pragma once

#include <array>
#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/error.h"

namespace parcours::records {

class Digest {
 public:
  static constexpr std::size_t size = 32;

  Digest() = default;  // of no file: all zeros
  explicit Digest(const std::array<unsigned char, size>& bytes) : bytes_(bytes) {}

  // 64 digits, 0 to 9 and a to f; nothing else is a digest.
  static std::optional<Digest> parse(std::string_view hex);
  std::string hex() const;

  friend bool operator==(const Digest&, const Digest&) = default;

 private:
  std::array<unsigned char, size> bytes_{};
};

// Takes bytes piece by piece.
class Digester {
 public:
  Digester();
  Digester(Digester&&) noexcept;
  ~Digester();

  void take(std::span<const char> bytes);
  Digest finish();  // nothing can be taken after it

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Of the file as it lies on the disk now. Errors: those of InputFile.
Result<Digest> digest_of_file(const std::filesystem::path& path);

}  // namespace parcours::records
