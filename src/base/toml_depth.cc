#include "base/toml_depth.h"

#include <cstddef>

namespace parcours {

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
    } else if (c == '.' && ++dots > most_dots_of_a_key) {
      return line;
    }
  }
  return 0;
}

}  // namespace parcours
