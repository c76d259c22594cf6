#include "exports/missing.h"

#include <fmt/format.h>

#include <span>

#include "base/missing.h"

namespace parcours::exports {
namespace {

std::string not_one_of(std::span<const std::string_view> marks, const std::string& text) {
  std::string list;
  for (const std::string_view mark : marks) {
    list += fmt::format("{}'{}'", list.empty() ? "" : ", ", mark);
  }
  const std::string word = trimmed_sql(text);
  return fmt::format("(CASE WHEN lower({0}) NOT IN ({1}) THEN {0} END)", word, list);
}

}  // namespace

std::string trimmed_sql(const std::string& text) {
  return fmt::format("trim({}, ' \t')", text);
}

std::string present_sql(const std::string& text) {
  return not_one_of(missing_marks, text);
}

std::string naming_sql(const std::string& text) {
  return not_one_of(marks_naming_nothing, text);
}

}  // namespace parcours::exports
