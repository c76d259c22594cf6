#include "exports/missing.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/letters.h"

namespace parcours {
namespace {

// Those that name nothing come first.
constexpr std::string_view missing_marks[] = {"",     "na", "n/a", "nan", "null",    ".",
                                              "none", "?",  "*",   "-",   "unknown", "inconnu"};
constexpr std::size_t naming_nothing = 6;
constexpr std::size_t longest = 7;

bool is_one_of(std::span<const std::string_view> marks, std::string_view text) {
  return text.size() <= longest && std::ranges::find(marks, lower(text)) != marks.end();
}

std::string not_one_of(std::span<const std::string_view> marks, const std::string& text) {
  std::string list;
  for (const std::string_view mark : marks) {
    list += fmt::format("{}'{}'", list.empty() ? "" : ", ", mark);
  }
  const std::string word = bare_sql(text);
  return fmt::format("(CASE WHEN lower({0}) NOT IN ({1}) THEN {0} END)", word, list);
}

}  // namespace

std::string_view bare(std::string_view text) {
  const auto blank = [](char c) { return c == ' ' || c == '\t'; };
  while (!text.empty() && blank(text.front())) {
    text.remove_prefix(1);
  }
  while (!text.empty() && blank(text.back())) {
    text.remove_suffix(1);
  }
  return text;
}

bool is_missing(std::string_view text) {
  return is_one_of(missing_marks, text);
}

bool names_nothing(std::string_view text) {
  return is_one_of(std::span(missing_marks).first(naming_nothing), text);
}

std::string bare_sql(const std::string& text) {
  return fmt::format("trim({}, ' \t')", text);
}

std::string present_sql(const std::string& text) {
  return not_one_of(missing_marks, text);
}

std::string naming_sql(const std::string& text) {
  return not_one_of(std::span(missing_marks).first(naming_nothing), text);
}

}  // namespace parcours
