#include "base/value_kind.h"

#include <algorithm>
#include <array>

#include "base/letters.h"
#include "base/missing.h"

namespace parcours {
namespace {

bool small(char c) {
  return (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
}
bool all_digits(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, is_digit);
}

// "<5" stands for a number that is not told.
bool is_kept_back(std::string_view text) {
  return text.size() > 1 && (text[0] == '<' || text[0] == '>') && is_digit(text.back());
}

bool is_date(std::string_view text) {
  text = text.substr(0, std::min(text.find_first_of(" T"), text.size()));
  std::array<std::size_t, 3> lengths{};
  std::size_t groups = 0;
  char mark = '\0';
  for (const char c : text) {
    if (is_digit(c)) {
      ++lengths[groups];
    } else if ((c == '-' || c == '/' || c == '.') && (mark == '\0' || c == mark) && groups < 2) {
      mark = c;
      ++groups;
    } else {
      return false;
    }
  }
  const auto short_one = [](std::size_t length) { return length == 1 || length == 2; };
  if (groups == 1) {
    return mark != '.' && lengths[0] == 4 && lengths[1] == 2;
  }
  return groups == 2 && short_one(lengths[1]) &&
         ((lengths[0] == 4 && short_one(lengths[2])) ||
          (short_one(lengths[0]) && (lengths[2] == 4 || lengths[2] == 2)));
}

bool is_decimal(std::string_view text) {
  if (text.ends_with('%')) {
    text = trimmed(text.substr(0, text.size() - 1));
    if (all_digits(text)) {
      return true;
    }
  }
  const std::size_t mark = text.find_first_of(".,");
  return mark != std::string_view::npos && all_digits(text.substr(mark + 1)) &&
         (mark == 0 || all_digits(text.substr(0, mark)));
}

bool is_pseudonym(std::string_view text) {
  std::size_t count = 0;
  bool letter = false;
  for (const char c : text) {
    const bool hexadecimal = is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
    if (!hexadecimal && c != '-') {
      return false;
    }
    count += hexadecimal ? 1 : 0;
    letter = letter || (hexadecimal && !is_digit(c));
  }
  return letter && count >= 16;
}

bool is_email(std::string_view text) {
  const std::size_t at = text.find('@');
  return at != std::string_view::npos && at > 0 && text.find('.', at) != std::string_view::npos &&
         text.find(' ') == std::string_view::npos;
}

bool is_code(std::string_view text) {
  return text.size() >= 3 && text.size() <= 8 && is_capital(text[0]) && is_digit(text[1]) &&
         std::ranges::all_of(text, [](char c) { return is_digit(c) || is_capital(c) || c == '.'; });
}

}  // namespace

ValueKind value_kind(std::string_view text) {
  text = trimmed(text);
  if (is_missing(text) || is_kept_back(text)) {
    return ValueKind::missing;
  }
  const std::string_view plain =
      text.size() > 1 && (text[0] == '-' || text[0] == '+') ? text.substr(1) : text;
  if (all_digits(plain)) {
    if (plain.size() >= 7) {
      return ValueKind::digits;
    }
    return plain.size() == 4 && text == plain && plain >= "1800" && plain <= "2100"
               ? ValueKind::year
               : ValueKind::number;
  }
  if (is_decimal(plain)) {
    return ValueKind::decimal;
  }
  if (is_date(text)) {
    return ValueKind::date;
  }
  if (is_email(text)) {
    return ValueKind::email;
  }
  if (is_pseudonym(text)) {
    return ValueKind::pseudonym;
  }
  return is_code(text) ? ValueKind::code : ValueKind::text;
}

std::string key_form(std::string_view text) {
  std::string form;
  bool digits = false;
  for (const char c : text) {
    digits = digits || is_digit(c);
    if (!is_digit(c)) {
      form += c;
    } else if (form.empty() || form.back() != '9') {
      form += '9';
    }
  }
  return digits ? form : "";
}

std::string letter_form(std::string_view text) {
  std::string form;
  for (const char c : text) {
    const char one = is_capital(c) ? 'A' : small(c) ? 'a' : is_digit(c) ? '9' : c;
    if (form.empty() || form.back() != one) {
      form += one;
    }
  }
  const auto says_little = [](char c) { return c == 'a' || c == '_' || c == '9'; };
  return std::ranges::all_of(form, says_little) ? "" : form;
}

}  // namespace parcours
