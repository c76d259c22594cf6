#include "page/numbers.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <string_view>

#include "base/share.h"

namespace parcours::page {
namespace {

std::string in_threes(std::uint64_t number, std::string_view between) {
  const std::string digits = fmt::format("{}", number);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) {
      text += between;
    }
    text += digits[i];
  }
  return text;
}

}  // namespace

const std::string& in(Language language, const tables::Label& label) {
  return language == Language::english || label.fr.empty() ? label.en : label.fr;
}

std::string grouped(std::uint64_t number) {
  return in_threes(number, "\u202f");
}

tables::Label thousands(std::uint64_t number) {
  return {in_threes(number, ","), grouped(number)};
}

tables::Label decimal(double number, int decimals) {
  const std::string en = fmt::format("{:.{}f}", number, decimals);
  std::string fr = en;
  std::replace(fr.begin(), fr.end(), '.', ',');
  return {en, fr};
}

double part_of(std::uint64_t some, std::uint64_t all) {
  return all == 0 ? 0 : static_cast<double>(some) / static_cast<double>(all);
}

tables::Label percentage(double part) {
  tables::Label number{"0", "0"};
  if (part >= 1) {
    number = decimal(100 * part, 0);
  } else if (part > 0) {
    // 0.00995 and more rounds to 1.0, as what is 1 % or more does.
    number = decimal(100 * part, percent_decimals(part, part < 0.00995 ? 2 : 1));
  }
  return {number.en + "\u00a0%", number.fr + "\u00a0%"};
}

}  // namespace parcours::page
