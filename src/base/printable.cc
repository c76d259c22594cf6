#include "base/printable.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdint>
#include <cstdio>

#include "base/utf8.h"

namespace parcours {
namespace {

std::uint32_t code_point(std::string_view character) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(character[i]); };
  if (character.size() == 1) {
    return byte(0);
  }
  std::uint32_t point = byte(0) & (0xFFU >> (character.size() + 1));
  for (std::size_t i = 1; i < character.size(); ++i) {
    point = point << 6U | (byte(i) & 0x3FU);
  }
  return point;
}

bool obeyed(std::uint32_t point) {
  return point < 0x20 || (point >= 0x7F && point < 0xA0) || (point >= 0x202A && point <= 0x202E) ||
         (point >= 0x2066 && point <= 0x2069);
}

std::string in_signs(std::uint32_t point) {
  switch (point) {
    case '\n':
      return "\\n";
    case '\r':
      return "\\r";
    case '\t':
      return "\\t";
    default:
      return point < 0x80 ? fmt::format("\\x{:02x}", point) : fmt::format("\\u{{{:x}}}", point);
  }
}

std::string in_json(std::uint32_t point) {
  return fmt::format("\\u{:04x}", point);
}

// Most text holds printable ASCII alone.
bool plain(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= ' ' && c < '\x7F'; });
}

template <class Escape>
std::string escaped(std::string_view text, bool lines, Escape escape) {
  std::string shown;
  shown.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = first_character(text);
    if (length == 0) {
      shown += fmt::format("\\x{:02x}", static_cast<unsigned char>(text.front()));
      text.remove_prefix(1);
      continue;
    }
    const std::string_view character = text.substr(0, length);
    const std::uint32_t point = code_point(character);
    shown += obeyed(point) && !(lines && point == '\n') ? escape(point) : std::string(character);
    text.remove_prefix(length);
  }
  return shown;
}

}  // namespace

std::string printable(std::string_view text) {
  return plain(text) ? std::string(text) : escaped(text, false, in_signs);
}

std::string printable_lines(std::string_view text) {
  return plain(text) ? std::string(text) : escaped(text, true, in_signs);
}

std::string printable_json(std::string_view json) {
  return escaped(json, true, in_json);
}

void note(std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), stderr);
}

}  // namespace parcours
