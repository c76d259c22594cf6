#include "audit/usual_marks.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/letters.h"
#include "tables/table.h"

namespace parcours {
namespace {

// As they are compared: in small letters, without blanks.
constexpr std::array<std::pair<std::string_view, std::string_view>, 16> signs = {
    {{"[redacted]", "OpenSAFELY"},
     {"redacted", "OpenSAFELY"},
     {"*", "NHS England"},
     {":", "Eurostat, not available"},
     {"s", "Insee, under statistical secrecy"},
     {"ns", "Insee, not significant"},
     {"n.s.", "Insee, not significant"},
     {"nd", "Insee, not available"},
     {"n.d.", "Insee, not available"},
     {"[c]", "the United Kingdom's offices, confidential"},
     {"[x]", "the United Kingdom's offices, not available"},
     {"c", "SDMX, confidential"},
     {"(c)", "SDMX, confidential"},
     {"confidential", "SDMX, confidential"},
     {"suppressed", "many offices"},
     {"secret", "French offices"}}};

std::string compared(std::string_view word) {
  std::string text = lower(word);
  std::erase(text, ' ');
  return text;
}

// Eurostat's flags: several letters may stand together.
constexpr std::string_view eurostat_flags = "bcdefinprsuz";
constexpr std::size_t most_flags = 3;

bool are_flags(std::string_view word) {
  return word.size() <= most_flags &&
         word.find_first_not_of(eurostat_flags) == std::string_view::npos;
}

}  // namespace

std::optional<std::string_view> usual_mark(std::string_view word) {
  const std::string text = compared(word);
  if (text.starts_with(':') && text.size() > 1 && are_flags(std::string_view(text).substr(1))) {
    return text.contains('c') ? "Eurostat, confidential" : "Eurostat, not available";
  }
  const auto* const found =
      std::ranges::find(signs, text, &std::pair<std::string_view, std::string_view>::first);
  return found == signs.end() ? std::nullopt : std::optional(found->second);
}

bool hides_as_confidentiality(std::string_view word) {
  return !word.empty() && lower(word) != "f";
}

bool hides_as_status(std::string_view word) {
  if (word == "Q") {
    return true;
  }
  const std::string text = lower(word);
  return text == confidential_word || text == "suppressed" || text == "hidden" ||
         (are_flags(text) && text.contains('c'));
}

}  // namespace parcours
