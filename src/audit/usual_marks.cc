#include "audit/usual_marks.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/letters.h"
#include "base/missing.h"
#include "tables/table.h"

namespace parcours::audit {
namespace {

struct Sign {
  std::string_view word;  // as it is compared: in small letters, without blanks
  std::string_view en;
  std::string_view fr;
};

constexpr Sign not_available = {":", "Eurostat, not available", "Eurostat, non disponible"};
constexpr Sign confidential = {":c", "Eurostat, confidential", "Eurostat, confidentiel"};

constexpr std::array<Sign, 17> signs = {
    {{"[redacted]", "OpenSAFELY", "OpenSAFELY"},
     {"redacted", "OpenSAFELY", "OpenSAFELY"},
     {"*", "NHS England", "NHS England"},
     not_available,
     {"s", "Insee, under statistical secrecy", "Insee, secret statistique"},
     {"ns", "Insee, not significant", "Insee, non significatif"},
     {"n.s.", "Insee, not significant", "Insee, non significatif"},
     {"nd", "Insee, not available", "Insee, non disponible"},
     {"n.d.", "Insee, not available", "Insee, non disponible"},
     {"[c]", "the United Kingdom's offices, confidential",
      "instituts du Royaume-Uni, confidentiel"},
     {"[x]", "the United Kingdom's offices, not available",
      "instituts du Royaume-Uni, non disponible"},
     {"c", "SDMX, confidential", "SDMX, confidentiel"},
     {"(c)", "SDMX, confidential", "SDMX, confidentiel"},
     {"confidential", "SDMX, confidential", "SDMX, confidentiel"},
     {"nan", "SDMX, no value", "SDMX, sans valeur"},
     {"suppressed", "many offices", "de nombreux instituts"},
     {"secret", "French offices", "instituts français"}}};

tables::Label office_of(const Sign& sign) {
  return {std::string(sign.en), std::string(sign.fr)};
}

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

std::optional<tables::Label> usual_mark(std::string_view word) {
  const std::string text = compared(word);
  if (text.starts_with(':') && text.size() > 1 && are_flags(std::string_view(text).substr(1))) {
    return office_of(text.contains('c') ? confidential : not_available);
  }
  const auto* const found = std::ranges::find(signs, text, &Sign::word);
  return found == signs.end() ? std::nullopt : std::optional(office_of(*found));
}

bool may_be_zero(std::string_view word) {
  static constexpr std::array<std::string_view, 5> zeros = {"-", "–", "—", "none", "nil"};
  return std::ranges::find(zeros, lower(word)) != zeros.end();
}

bool is_not_known(std::string_view word) {
  static constexpr std::array<std::string_view, 5> more = {"..", "...", "…", "missing", "manquant"};
  return !word.empty() && !may_be_zero(word) &&
         (is_missing(word) || std::ranges::find(more, lower(word)) != more.end());
}

std::string_view without_flags(std::string_view word) {
  const std::size_t blank = word.find_last_of(' ');
  return blank != std::string_view::npos && blank > 0 && are_flags(word.substr(blank + 1))
             ? trimmed(word.substr(0, blank))
             : word;
}

bool hides_as_confidentiality(std::string_view word) {
  return !word.empty() && lower(word) != "f";
}

bool hides_as_status(std::string_view word) {
  if (word == "Q") {
    return true;
  }
  const std::string text = lower(word);
  return text == tables::confidential_word || text == "suppressed" || text == "hidden" ||
         (are_flags(text) && text.contains('c'));
}

}  // namespace parcours::audit
