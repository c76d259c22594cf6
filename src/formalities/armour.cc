#include "formalities/armour.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <string>

#include "base/check.h"

namespace parcours::formalities {
namespace {

constexpr std::size_t line_length = 70;
constexpr int base64 = sodium_base64_VARIANT_ORIGINAL;

std::string armour_line(std::string_view which, std::string_view label) {
  return fmt::format("-----{} {}-----", which, label);
}

}  // namespace

bool only_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

records::Secret armoured(std::string_view label, std::string_view bytes) {
  const std::string begin = armour_line("BEGIN", label) + "\n";
  const std::string end = armour_line("END", label) + "\n";
  records::Secret digits(sodium_base64_ENCODED_LEN(bytes.size(), base64));
  sodium_bin2base64(reinterpret_cast<char*>(digits.data()), digits.size(),
                    reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), base64);
  digits.shorten(digits.size() - 1);  // the zero byte at its end
  const std::size_t lines = (digits.size() + line_length - 1) / line_length;
  records::Secret text(begin.size() + digits.size() + lines + end.size());
  unsigned char* at = std::ranges::copy(begin, text.data()).out;
  for (std::size_t i = 0; i < digits.size(); i += line_length) {
    at = std::ranges::copy(digits.text().substr(i, line_length), at).out;
    *at++ = '\n';
  }
  at = std::ranges::copy(end, at).out;
  PARCOURS_CHECK(at == text.data() + text.size());
  return text;
}

std::optional<records::Secret> unarmoured(std::string_view label, std::string_view text) {
  while (text.ends_with('\n') || text.ends_with('\r')) {
    text.remove_suffix(1);
  }
  const std::string begin = armour_line("BEGIN", label);
  const std::string end = armour_line("END", label);
  if (text.size() < begin.size() + end.size() || !text.starts_with(begin) || !text.ends_with(end)) {
    return std::nullopt;
  }
  text.remove_prefix(begin.size());
  text.remove_suffix(end.size());
  const bool own_lines =
      (text.starts_with('\n') || text.starts_with("\r\n")) && text.ends_with('\n');
  if (!own_lines || !only_ascii(text)) {
    return std::nullopt;
  }
  records::Secret bytes(text.size());
  std::size_t filled = 0;
  if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), "\r\n", &filled,
                        nullptr, base64) != 0) {
    return std::nullopt;
  }
  bytes.shorten(filled);
  return bytes;
}

}  // namespace parcours::formalities
