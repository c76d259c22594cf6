// Numbers and texts as bytes, one after the other: a whole number in groups of seven bits, the
// lowest first (LEB128), a text as its length and its bytes.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace parcours {

class ByteWriter {
 public:
  void number(std::uint64_t value) {
    while (value >= 0x80) {
      bytes_.push_back(static_cast<char>(value | 0x80));
      value >>= 7;
    }
    bytes_.push_back(static_cast<char>(value));
  }
  // Small numbers below zero are short too.
  void integer(std::int64_t value) {
    number((static_cast<std::uint64_t>(value) << 1) ^ static_cast<std::uint64_t>(value >> 63));
  }
  void real(double value) { fixed(std::bit_cast<std::uint64_t>(value), 8); }
  // The lowest `width` bytes, the lowest first.
  void fixed(std::uint64_t value, int width) {
    for (int i = 0; i < width; ++i) {
      bytes_.push_back(static_cast<char>(value >> (8 * i)));
    }
  }
  void text(std::string_view text) {
    number(text.size());
    bytes_.append(text);
  }
  std::string take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Whoever has read beyond the end, or a number that is too large, has read zeros, and good() says
// so.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < 64; shift += 7) {
      const std::uint64_t byte = fixed(1);
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) {
        return value;
      }
    }
    good_ = false;
    return 0;
  }
  // One of at most `most`.
  std::uint64_t number(std::uint64_t most) {
    const std::uint64_t value = number();
    good_ = good_ && value <= most;
    return good_ ? value : 0;
  }
  std::int64_t integer() {
    const std::uint64_t value = number();
    return static_cast<std::int64_t>((value >> 1) ^ (~(value & 1) + 1));
  }
  double real() { return std::bit_cast<double>(fixed(8)); }
  std::uint64_t fixed(int width) {
    if (rest_.size() < static_cast<std::size_t>(width)) {
      good_ = false;
      rest_ = {};
      return 0;
    }
    std::uint64_t value = 0;
    for (int i = 0; i < width; ++i) {
      value |= std::uint64_t{static_cast<unsigned char>(rest_[static_cast<std::size_t>(i)])}
               << (8 * i);
    }
    rest_.remove_prefix(static_cast<std::size_t>(width));
    return value;
  }
  std::string text() {
    const std::size_t size = count();
    std::string text(rest_.substr(0, size));
    rest_.remove_prefix(size);
    return text;
  }
  // How many items follow, each of at least one byte.
  std::size_t count() {
    const std::uint64_t value = number();
    good_ = good_ && value <= rest_.size();
    return good_ ? static_cast<std::size_t>(value) : 0;
  }

  void refuse() { good_ = false; }
  bool good() const { return good_; }
  bool at_end() const { return rest_.empty(); }

 private:
  std::string_view rest_;
  bool good_ = true;
};

}  // namespace parcours
