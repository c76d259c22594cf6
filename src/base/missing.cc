#include "base/missing.h"

#include <algorithm>

#include "base/letters.h"

namespace parcours {
namespace {

constexpr std::size_t longest_mark =
    std::ranges::max(missing_marks, {}, &std::string_view::size).size();

bool is_mark(std::span<const std::string_view> marks, std::string_view text) {
  return text.size() <= longest_mark && std::ranges::find(marks, lower(text)) != marks.end();
}

}  // namespace

bool is_missing(std::string_view text) {
  return is_mark(missing_marks, text);
}

bool names_nothing(std::string_view text) {
  return is_mark(marks_naming_nothing, text);
}

}  // namespace parcours
