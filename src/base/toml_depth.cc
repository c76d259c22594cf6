#include "base/toml_depth.h"

#include <algorithm>
#include <cstddef>

namespace parcours {

namespace {

constexpr std::size_t most = 100;

}  // namespace

std::size_t too_deep_line(std::string_view text) {
  std::size_t line = 1;
  std::size_t dots = 0;
  char quote = '\0';  // within one, nothing counts
  for (const char c : text) {
    if (c == '\n') {
      ++line;
      quote = '\0';
    } else if (quote != '\0') {
      quote = c == quote ? '\0' : quote;
      continue;
    } else if (c == '"' || c == '\'') {
      quote = c;
      continue;
    }
    if (std::string_view(",=[]{}#\n").find(c) != std::string_view::npos) {
      dots = 0;
    } else if (c == '.' && ++dots > most) {
      return line;
    }
  }
  return 0;
}

Status check_toml_depth(std::string_view text, const std::string& file) {
  const std::size_t line = too_deep_line(text);
  if (line > 0) {
    return bad_input("a key has too many parts", file + ":" + std::to_string(line),
                     "a key has at most " + std::to_string(most) + " dots");
  }
  return {};
}

}  // namespace parcours
