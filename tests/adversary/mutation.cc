#include "adversary/mutation.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <string_view>
#include <vector>

namespace parcours::adversary {
namespace {

std::size_t place_in(std::string_view text, Random& random) {
  return random.below(static_cast<std::uint32_t>(text.size()) + 1);
}

// What readers stumble over.
std::string odd_piece(Random& random) {
  static const std::array<std::string, 30> pieces = {"\"",
                                                     "\"\"",
                                                     "'",
                                                     "\n",
                                                     "\r\n",
                                                     "\r",
                                                     ",",
                                                     ";",
                                                     "\t",
                                                     "|",
                                                     "=",
                                                     "[",
                                                     "]]",
                                                     "{",
                                                     "}",
                                                     "#",
                                                     std::string(1, '\0'),
                                                     "\x1b[2J",
                                                     "\xEF\xBB\xBF",
                                                     "\xFF\xFE",
                                                     "\xC2\x9B",
                                                     "\xE2\x80\xAE",
                                                     "*",
                                                     "../../",
                                                     "%s%n",
                                                     "$(id)",
                                                     "=1+1",
                                                     "2024-02-30",
                                                     "NaN",
                                                     std::string(1 << 20, 'a')};
  return pieces[random.below(pieces.size())];
}

std::string odd_number(Random& random) {
  static const std::array<std::string, 14> numbers = {"-1",
                                                      "0",
                                                      "00",
                                                      "1e308",
                                                      "1e999",
                                                      "-0",
                                                      "NaN",
                                                      "inf",
                                                      "2147483648",
                                                      "-2147483649",
                                                      "9223372036854775808",
                                                      "18446744073709551616",
                                                      "0.1",
                                                      ""};
  return numbers[random.below(numbers.size())];
}

void change_byte(std::string& text, Random& random) {
  if (!text.empty()) {
    text[random.below(static_cast<std::uint32_t>(text.size()))] =
        static_cast<char>(random.below(256));
  }
}

void insert_piece(std::string& text, Random& random) {
  text.insert(place_in(text, random), odd_piece(random));
}

void erase_range(std::string& text, Random& random) {
  const std::size_t at = place_in(text, random);
  text.erase(at, random.below(64) + 1);
}

void repeat_range(std::string& text, Random& random) {
  const std::size_t at = place_in(text, random);
  const std::string part = text.substr(at, random.below(200) + 1);
  text.insert(at, part);
}

void cut_short(std::string& text, Random& random) {
  text.resize(place_in(text, random));
}

void change_number(std::string& text, Random& random) {
  constexpr std::string_view digits = "0123456789";
  const std::size_t from = text.find_first_of(digits, place_in(text, random));
  if (from != std::string::npos) {
    const std::size_t to = std::min(text.find_first_not_of(digits, from), text.size());
    text.replace(from, to - from, odd_number(random));
  }
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    lines.push_back(text.substr(at, end - at));
    at = end;
  }
  return lines;
}

// Drops, doubles or swaps lines; the first one, which names the columns, as often as any.
void change_lines(std::string& text, Random& random) {
  std::vector<std::string> lines = lines_of(text);
  if (lines.empty()) {
    return;
  }
  const auto some = [&] {
    return random.below(4) == 0 ? 0 : random.below(static_cast<std::uint32_t>(lines.size()));
  };
  const std::size_t one = some();
  const std::size_t other = some();
  switch (random.below(3)) {
    case 0:
      lines.erase(lines.begin() + static_cast<std::ptrdiff_t>(one));
      break;
    case 1:
      lines.insert(lines.begin() + static_cast<std::ptrdiff_t>(one), lines[other]);
      break;
    default:
      std::swap(lines[one], lines[other]);
  }
  text.clear();
  for (const std::string& line : lines) {
    text += line;
  }
}

// A file whose first line names its columns, as somebody sends it who forgot to.
void drop_first_line(std::string& text, Random&) {
  text.erase(0, std::min(text.find('\n'), text.size()) + 1);
}

}  // namespace

std::string mutated(std::string text, Random& random) {
  using Change = void (*)(std::string&, Random&);
  constexpr std::array<Change, 8> changes = {change_byte,  insert_piece,   erase_range,
                                             repeat_range, cut_short,      change_number,
                                             change_lines, drop_first_line};
  for (std::uint32_t i = random.below(4) + 1; i > 0; --i) {
    // A file that is cut tells little of what lies behind the cut.
    const Change change = changes[random.below(changes.size())];
    if (change != cut_short || random.below(4) == 0) {
      change(text, random);
    }
  }
  return text;
}

void mutate_file(const std::filesystem::path& file, Random& random) {
  std::ifstream before(file, std::ios::binary);
  const std::string text((std::istreambuf_iterator<char>(before)), {});
  before.close();
  std::ofstream(file, std::ios::binary) << mutated(text, random);
}

}  // namespace parcours::adversary
