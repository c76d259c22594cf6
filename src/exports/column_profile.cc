#include "exports/column_profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <functional>

#include "base/day.h"
#include "base/letters.h"
#include "base/missing.h"
#include "base/no_day.h"
#include "exports/day_text.h"
#include "vocabulary/check_digits.h"

namespace parcours::exports {
namespace {

constexpr std::array<const char*, 6> quarter_formats = {"%Y-Q%q", "%YQ%q", "%Y Q%q",
                                                        "%Y-T%q", "%YT%q", "%Y T%q"};
constexpr std::array<const char*, 3> named_formats = {"%d%b%Y", "%d-%b-%Y", "%d %b %Y"};
constexpr std::array<char, 3> separators = {'/', '-', '.'};

bool digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

std::optional<std::int64_t> whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() ? std::optional(number)
                                                                  : std::nullopt;
}

bool is_decimal(std::string_view text) {
  if (text.starts_with('-') || text.starts_with('+')) {
    text.remove_prefix(1);
  }
  const std::size_t mark = text.find_first_of(".,");
  return mark != std::string_view::npos && digits(text.substr(mark + 1)) &&
         (mark == 0 || digits(text.substr(0, mark)));
}

// Never 0.
std::uint32_t short_hash(std::uint64_t hash) {
  const auto folded = static_cast<std::uint32_t>(hash ^ (hash >> 32));
  return folded == 0 ? 1 : folded;
}

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && text.find('.', at) != std::string_view::npos &&
         text.find(' ') == std::string_view::npos;
}

bool is_in_our_days(std::optional<Day> day) {
  return day && year_of(*day) >= 1900 && year_of(*day) <= 2100;
}

bool is_internet_address(std::string_view text) {
  int parts = 1;
  int length = 0;
  for (const char c : text) {
    if (c == '.') {
      if (length == 0) {
        return false;
      }
      ++parts;
      length = 0;
    } else if (!is_digit(c) || ++length > 3) {
      return false;
    }
  }
  return parts == 4 && length > 0;
}

// +33 6 12 34 56 78, 06.12.34.56.78, (555) 123-4567: nine to fifteen digits, with what stands
// between them, and a sign that it is no plain number.
bool is_phone(std::string_view text) {
  std::size_t count = 0;
  bool between = false;
  for (const char c : text) {
    count += is_digit(c) ? 1 : 0;
    const bool sign = c == ' ' || c == '.' || c == '-' || c == '(' || c == ')' || c == '+';
    if (!is_digit(c) && !sign) {
      return false;
    }
    between = between || sign;
  }
  const bool national = text.size() == 10 && text[0] == '0' && !between;
  return count >= 9 && count <= 15 && (between || national) && !parse_iso_day(text) &&
         std::ranges::count(text, '.') != 1;
}

// France's number of registration of persons, its key included.
bool is_security_number(std::string_view written) {
  std::string text;
  std::ranges::copy_if(written, std::back_inserter(text), [](char c) { return c != ' '; });
  return !text.empty() && text[0] >= '1' && text[0] <= '4' && vocabulary::nir_fits(text);
}

bool is_pseudonym(std::string_view text) {
  std::size_t count = 0;
  bool letters = false;
  for (const char c : text) {
    const char small = is_capital(c) ? static_cast<char>(c - 'A' + 'a') : c;
    if (c != '-' && !is_digit(c) && (small < 'a' || small > 'f')) {
      return false;
    }
    count += c == '-' ? 0 : 1;
    letters = letters || (!is_digit(c) && c != '-');
  }
  return letters && count >= 16;
}

// ICD-9 with its point: 250.8, 250.83.
bool is_number_code(std::string_view text) {
  return (text.size() == 5 || text.size() == 6) && text[3] == '.' && digits(text.substr(0, 3)) &&
         digits(text.substr(4));
}

bool is_key(std::string_view text) {
  const auto letter = [](char c) { return is_capital(c) || (c >= 'a' && c <= 'z'); };
  return text.size() >= 8 && std::ranges::any_of(text, letter) &&
         std::ranges::any_of(text, is_digit) &&
         std::ranges::all_of(text, [&](char c) { return letter(c) || is_digit(c); });
}

// ICD-10 (J45, J45.0), ATC (R03, R03BA02), CCAM (DEQP003), LOINC (4548-4).
bool is_code(std::string_view text) {
  if (text.size() < 3 || text.size() > 8) {
    return false;
  }
  if (is_capital(text[0]) && is_digit(text[1]) && (is_digit(text[2]) || is_capital(text[2]))) {
    return std::ranges::all_of(text.substr(3),
                               [](char c) { return is_digit(c) || is_capital(c) || c == '.'; });
  }
  if (text.size() == 7 && digits(text.substr(4)) &&
      std::ranges::all_of(text.substr(0, 4), is_capital)) {
    return true;
  }
  const std::size_t dash = text.find('-');
  return dash != std::string_view::npos && digits(text.substr(0, dash)) &&
         digits(text.substr(dash + 1)) && text.size() - dash == 2;
}

bool is_sentence(std::string_view text) {
  return std::ranges::count(text, ' ') >= 3 && text.size() > 20;
}

bool is_sex(std::string_view text) {
  static constexpr std::array<std::string_view, 13> words = {
      "m",        "f",       "h",   "male",  "female", "homme", "femme",
      "masculin", "feminin", "man", "woman", "masc",   "fem"};
  return std::ranges::find(words, lower(text)) != words.end();
}

bool is_total(std::string_view text) {
  static constexpr std::array<std::string_view, 7> words = {
      "total", "totaux", "grand total", "total general", "sous-total", "subtotal", "ensemble"};
  constexpr std::size_t longest = 13;
  return text.size() <= longest && std::ranges::find(words, lower(text)) != words.end();
}

}  // namespace

std::uint32_t ColumnProfile::add(std::string_view value) {
  value = trimmed(value);
  if (is_missing(value)) {
    return add_missing();
  }
  ++values_;
  const std::uint64_t hash = std::hash<std::string_view>{}(value);
  distinct_.insert(hash);
  add_day(value);
  if (const auto number = whole_number(value)) {
    least_ = whole_ == 0 ? *number : std::min(least_, *number);
    largest_ = whole_ == 0 ? *number : std::max(largest_, *number);
    ++whole_;
    ++numbers_;
  } else {
    numbers_ += is_decimal(value) ? 1 : 0;
  }
  add_period(value);
  codes_ += is_code(value) ? 1 : 0;
  number_codes_ += is_number_code(value) ? 1 : 0;
  emails_ += is_email(value) ? 1 : 0;
  phones_ += is_phone(value) ? 1 : 0;
  internet_ += is_internet_address(value) ? 1 : 0;
  nirs_ += is_security_number(value) ? 1 : 0;
  pseudonyms_ += is_pseudonym(value) ? 1 : 0;
  keys_ += is_key(value) ? 1 : 0;
  sentences_ += is_sentence(value) ? 1 : 0;
  sexes_ += is_sex(value) ? 1 : 0;
  totals_ += is_total(value) ? 1 : 0;
  return short_hash(hash);
}

void ColumnProfile::add_day(std::string_view value) {
  if (stands_for_no_day(value)) {
    ++no_days_;
    return;
  }
  bool is_day = false;
  const auto one_if = [&](bool day) -> std::uint64_t {
    is_day = is_day || day;
    return day ? 1 : 0;
  };
  iso_days_ += one_if(iso_day(value).has_value());
  const std::string_view date = without_time(value);
  for (std::size_t i = 0; i < separators.size(); ++i) {
    if (date.find(separators[i]) != std::string_view::npos) {
      const auto reads = [&](const char* form) {
        return one_if(parse_day(date, fmt::format(fmt::runtime(form), separators[i])).has_value());
      };
      day_first_[i] += reads("%d{0}%m{0}%Y");
      month_first_[i] += reads("%m{0}%d{0}%Y");
      year_first_[i] += reads("%Y{0}%m{0}%d");
    }
  }
  if (std::ranges::any_of(date, [](char c) { return c >= 'A'; })) {
    for (std::size_t i = 0; i < named_formats.size(); ++i) {
      named_days_[i] += one_if(parse_day(date, named_formats[i]).has_value());
    }
  }
  const bool compact = date.size() == 8 && (date.starts_with("19") || date.starts_with("20"));
  compact_days_ += one_if(compact && digits(date) && parse_day(date, "%Y%m%d"));
  if (!is_day) {
    shapes_.add(value);
  }
}

void ColumnProfile::add_period(std::string_view value) {
  constexpr std::size_t longest = 8;
  if (value.size() > longest || value.size() < 4 || value.find_first_of("0123456789") > 0) {
    return;
  }
  const auto reads = [&](const std::string& format) -> std::uint64_t {
    return is_in_our_days(parse_day(value, format)) ? 1 : 0;
  };
  for (std::size_t i = 0; i < 2; ++i) {
    if (value.find(separators[i]) != std::string_view::npos) {
      year_month_[i] += reads(fmt::format("%Y{}%m", separators[i]));
      month_year_[i] += reads(fmt::format("%m{}%Y", separators[i]));
    }
  }
  if (value.find_first_of("QT") != std::string_view::npos) {
    for (std::size_t i = 0; i < quarter_formats.size(); ++i) {
      quarters_[i] += reads(quarter_formats[i]);
    }
  }
  weeks_[0] += reads("%G-W%V");
  weeks_[1] += reads("%GW%V");
  years_ += value.size() == 4 ? reads("%Y") : 0;
  compact_months_ += value.size() == 6 ? reads("%Y%m") : 0;
}

bool ColumnProfile::beyond_days() const {
  constexpr std::int64_t six_centuries = std::int64_t{600} * 366;
  constexpr std::int64_t beyond = 10'000'000;
  return whole_ > 0 && (largest_ > beyond || least_ < -beyond || largest_ - least_ > six_centuries);
}

std::uint64_t ColumnProfile::written_days() const {
  return std::max({compact_days_, std::ranges::max(named_days_), std::ranges::max(day_first_),
                   std::ranges::max(month_first_), std::ranges::max(year_first_)});
}

std::optional<std::string> ColumnProfile::day_format() const {
  if (values_ == 0 || days() < 0.95) {
    return std::nullopt;
  }
  if (iso_days_ >= written_days()) {
    return "";
  }
  if (compact_days_ == written_days()) {
    return "%Y%m%d";
  }
  for (std::size_t i = 0; i < named_formats.size(); ++i) {
    if (named_days_[i] == written_days()) {
      return named_formats[i];
    }
  }
  for (std::size_t i = 0; i < separators.size(); ++i) {
    if (day_first_[i] == written_days()) {
      return fmt::format("%d{0}%m{0}%Y", separators[i]);
    }
    if (month_first_[i] == written_days()) {
      return fmt::format("%m{0}%d{0}%Y", separators[i]);
    }
    if (year_first_[i] == written_days()) {
      return fmt::format("%Y{0}%m{0}%d", separators[i]);
    }
  }
  return std::nullopt;
}

std::optional<std::string> ColumnProfile::period_format(bool named) const {
  const auto all = [&](std::uint64_t count) { return values_ > 0 && part(count, values_) >= 0.95; };
  for (std::size_t i = 0; i < 2; ++i) {
    if (all(year_month_[i])) {
      return fmt::format("%Y{}%m", separators[i]);
    }
    if (all(month_year_[i])) {
      return fmt::format("%m{}%Y", separators[i]);
    }
    if (all(weeks_[i])) {
      return i == 0 ? "%G-W%V" : "%GW%V";
    }
  }
  for (std::size_t i = 0; i < quarter_formats.size(); ++i) {
    if (all(quarters_[i])) {
      return quarter_formats[i];
    }
  }
  if (named && (all(years_) || all(compact_months_))) {
    return all(years_) ? "%Y" : "%Y%m";
  }
  return std::nullopt;
}

}  // namespace parcours::exports
