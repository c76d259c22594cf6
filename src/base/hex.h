// Bytes as hexadecimal digits, two a byte, 0 to 9 and a to f.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace parcours {

std::string to_hex(std::span<const unsigned char> bytes);

// The same to memory of one's own, for bytes that no string may hold: two digits a byte, no zero
// byte after them.
void write_hex(std::span<const unsigned char> bytes, unsigned char* digits);

// `any`: A to F as well.
enum class HexDigits { small, any };

// False where the digits are not hexadecimal, or not as many as fill `bytes`.
bool from_hex(std::string_view digits, std::span<unsigned char> bytes,
              HexDigits which = HexDigits::small);

}  // namespace parcours
