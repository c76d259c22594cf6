// OpenSSH's wire format (RFC 4251, section 5): whole numbers of 32 bits, the highest byte first,
// and texts of any bytes with their length before them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace parcours::formalities {

// Takes values from the front of some bytes, which must outlive it. Each gives nothing, and takes
// nothing, where the bytes do not hold one.
class WireReader {
 public:
  explicit WireReader(std::string_view bytes) : rest_(bytes) {}

  std::optional<std::uint8_t> byte();
  std::optional<std::uint32_t> number();
  std::optional<std::string_view> text();
  // Whether exactly these bytes came next.
  bool skip(std::string_view bytes);

  bool done() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }

 private:
  std::string_view rest_;
};

std::string wire_number(std::uint32_t number);
std::string wire_text(std::string_view text);

// The same to memory of one's own, for secrets. What does not fit is a bug.
class WireWriter {
 public:
  explicit WireWriter(std::span<unsigned char> room) : rest_(room) {}

  void bytes(std::string_view bytes);
  void number(std::uint32_t number);
  void text(std::string_view text);
  bool full() const { return rest_.empty(); }

 private:
  std::span<unsigned char> rest_;
};

}  // namespace parcours::formalities
