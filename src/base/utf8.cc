#include "base/utf8.h"

#include <algorithm>
#include <cstdint>
#include <cstring>

namespace parcours {
namespace {

// How many bytes the character that begins here has; 0 when none begins. `left` bytes are there.
std::size_t character(const unsigned char* at, std::size_t left) {
  const unsigned char lead = at[0];
  if (lead < 0x80) {
    return 1;
  }
  std::size_t length = 0;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
  if (lead >= 0xC2 && lead <= 0xDF) {
    length = 2;
  } else if (lead >= 0xE0 && lead <= 0xEF) {
    length = 3;
    low = lead == 0xE0 ? 0xA0 : low;    // overlong below
    high = lead == 0xED ? 0x9F : high;  // surrogates above
  } else if (lead >= 0xF0 && lead <= 0xF4) {
    length = 4;
    low = lead == 0xF0 ? 0x90 : low;
    high = lead == 0xF4 ? 0x8F : high;
  }
  if (length == 0 || length > left || at[1] < low || at[1] > high) {
    return 0;
  }
  for (std::size_t i = 2; i < length; ++i) {
    if (at[i] < 0x80 || at[i] > 0xBF) {
      return 0;
    }
  }
  return length;
}

}  // namespace

bool valid_utf8(std::string_view text) {
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::size_t i = 0;
  while (i < text.size()) {
    std::uint64_t word = 0;
    if (i + sizeof(word) <= text.size()) {
      std::memcpy(&word, bytes + i, sizeof(word));
      if ((word & 0x8080808080808080U) == 0) {
        i += sizeof(word);
        continue;
      }
    }
    const std::size_t length = character(bytes + i, text.size() - i);
    if (length == 0) {
      return false;
    }
    i += length;
  }
  return true;
}

std::string as_utf8(std::string_view text) {
  if (valid_utf8(text)) {
    return std::string(text);
  }
  const auto* bytes = reinterpret_cast<const unsigned char*>(text.data());
  std::string shown;
  for (std::size_t i = 0; i < text.size();) {
    const std::size_t length = character(bytes + i, text.size() - i);
    shown += length == 0 ? std::string_view("\uFFFD") : text.substr(i, length);
    i += std::max<std::size_t>(length, 1);
  }
  return shown;
}

std::size_t first_character(std::string_view text) {
  return text.empty() ? 0
                      : character(reinterpret_cast<const unsigned char*>(text.data()), text.size());
}

}  // namespace parcours
