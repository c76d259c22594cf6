#include "base/csv_text.h"

#include <algorithm>

#include "base/letters.h"

namespace parcours {
namespace {

constexpr std::string_view formula_signs = "=+-@\t\r\n";

// -5, +0.25: digits with a point at most, after the sign.
bool number_alone(std::string_view text) {
  if (text.front() != '-' && text.front() != '+') {
    return false;
  }
  text.remove_prefix(1);
  return std::ranges::any_of(text, is_digit) && std::ranges::count(text, '.') <= 1 &&
         std::ranges::all_of(text, [](char c) { return is_digit(c) || c == '.'; });
}

bool formula(std::string_view text) {
  return !text.empty() && formula_signs.find(text.front()) != std::string_view::npos &&
         !number_alone(text);
}

std::string_view without_quotes(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of('\''), text.size()));
  return text;
}

}  // namespace

std::string csv_guarded(std::string_view text) {
  return (formula(without_quotes(text)) ? "'" : "") + std::string(text);
}

std::string_view csv_unguarded(std::string_view field) {
  if (field.starts_with('\'') && formula(without_quotes(field))) {
    field.remove_prefix(1);
  }
  return field;
}

std::string csv_field(std::string_view text) {
  const std::string guarded = csv_guarded(text);
  if (guarded.size() == text.size() && !text.empty() &&
      text.find_first_of(",\"\r\n;\t|") == std::string_view::npos) {
    return guarded;
  }
  std::string quoted = "\"";
  for (const char c : guarded) {
    quoted += c;
    quoted += c == '"' ? "\"" : "";
  }
  return quoted + '"';
}

}  // namespace parcours
