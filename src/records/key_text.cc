#include "records/key_text.h"

#include <sodium.h>

#include <algorithm>
#include <array>
#include <span>

#include "base/hex.h"

namespace parcours::records {
namespace {

constexpr std::string_view heading = "parcours-key-1:";
constexpr std::size_t key_digits = 2 * ProgrammeKey::size;
constexpr std::size_t sum_bytes = 4;
constexpr std::size_t line_size = heading.size() + key_digits + 1 + 2 * sum_bytes;

constexpr std::string_view hint =
    "name the file that 'parcours vault create --key FILE' made, or a copy of it";

std::array<unsigned char, sum_bytes> checksum(std::string_view bytes) {
  std::array<unsigned char, crypto_generichash_BYTES_MIN> hash{};
  crypto_generichash(hash.data(), hash.size(), reinterpret_cast<const unsigned char*>(bytes.data()),
                     bytes.size(), nullptr, 0);
  std::array<unsigned char, sum_bytes> sum{};
  std::copy_n(hash.begin(), sum.size(), sum.begin());
  return sum;
}

std::span<const unsigned char> bytes_of(std::string_view text) {
  return {reinterpret_cast<const unsigned char*>(text.data()), text.size()};
}

}  // namespace

Secret text_of(const ProgrammeKey& key) {
  Secret line(line_size + 1);
  unsigned char* at = std::ranges::copy(heading, line.data()).out;
  write_hex(bytes_of(key.bytes()), at);
  at += key_digits;
  *at++ = ':';
  const auto sum = checksum(key.bytes());
  write_hex(sum, at);
  line.data()[line_size] = '\n';
  return line;
}

Result<ProgrammeKey> key_of(std::string_view text, const std::string& where) {
  while (!text.empty() && std::string_view(" \t\r\n").contains(text.back())) {
    text.remove_suffix(1);
  }
  if (!text.starts_with(heading)) {
    return bad_input("this is not a programme's key: it does not begin with 'parcours-key-1:'",
                     where, std::string(hint));
  }
  Secret bytes(ProgrammeKey::size);
  std::array<unsigned char, sum_bytes> sum{};
  const bool whole =
      text.size() == line_size &&
      from_hex(text.substr(heading.size(), key_digits), bytes.bytes(), HexDigits::any) &&
      text[heading.size() + key_digits] == ':' &&
      from_hex(text.substr(line_size - 2 * sum_bytes), sum, HexDigits::any) &&
      sum == checksum(bytes.text());
  if (!whole) {
    return bad_input("the programme's key was cut short or mistyped", where,
                     "copy it again from the original");
  }
  return ProgrammeKey(std::move(bytes));
}

}  // namespace parcours::records
