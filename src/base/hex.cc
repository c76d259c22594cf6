#include "base/hex.h"

namespace parcours {
namespace {

int value_of_digit(char digit, HexDigits which) {
  if (digit >= '0' && digit <= '9') {
    return digit - '0';
  }
  if (digit >= 'a' && digit <= 'f') {
    return digit - 'a' + 10;
  }
  return which == HexDigits::any && digit >= 'A' && digit <= 'F' ? digit - 'A' + 10 : -1;
}

}  // namespace

std::string to_hex(std::span<const unsigned char> bytes) {
  std::string digits(2 * bytes.size(), '0');
  write_hex(bytes, reinterpret_cast<unsigned char*>(digits.data()));
  return digits;
}

void write_hex(std::span<const unsigned char> bytes, unsigned char* digits) {
  constexpr std::string_view signs = "0123456789abcdef";
  for (const unsigned char byte : bytes) {
    *digits++ = static_cast<unsigned char>(signs[byte >> 4]);
    *digits++ = static_cast<unsigned char>(signs[byte & 15]);
  }
}

bool from_hex(std::string_view digits, std::span<unsigned char> bytes, HexDigits which) {
  if (digits.size() != 2 * bytes.size()) {
    return false;
  }
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    const int high = value_of_digit(digits[2 * i], which);
    const int low = value_of_digit(digits[2 * i + 1], which);
    if (high < 0 || low < 0) {
      return false;
    }
    bytes[i] = static_cast<unsigned char>(high << 4 | low);
  }
  return true;
}

}  // namespace parcours
