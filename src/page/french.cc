#include "page/french.h"

namespace parcours::page {
namespace {

constexpr std::string_view opening = "«";
constexpr std::string_view closing = "»";
constexpr std::string_view space = "\u00a0";
constexpr std::string_view narrow = "\u202f";

// What the space between these two becomes; empty where it may break.
std::string_view between(std::string_view before, std::string_view after) {
  if (after.starts_with(':') || after.starts_with('%') || after.starts_with(closing) ||
      before.ends_with(opening)) {
    return space;
  }
  return after.starts_with(';') || after.starts_with('?') || after.starts_with('!')
             ? narrow
             : std::string_view();
}

}  // namespace

std::string french_spaces(std::string_view text) {
  std::string set;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const std::string_view instead =
        text[i] == ' ' ? between(text.substr(0, i), text.substr(i + 1)) : std::string_view();
    if (instead.empty()) {
      set += text[i];
    } else {
      set += instead;
    }
  }
  return set;
}

}  // namespace parcours::page
