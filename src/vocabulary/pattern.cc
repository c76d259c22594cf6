#include "vocabulary/pattern.h"

#include <fmt/format.h>

#include "base/nearest.h"

namespace parcours::vocabulary {

Result<Pattern> parse_pattern(std::string_view text, const std::string& where, int line) {
  if (text == "*") {
    return Pattern{{}, "", true, line};
  }
  if (text.empty()) {
    return bad_input("the event pattern is empty", where,
                     "write a kind and a code, such as \"diagnosis:J45*\"");
  }
  const std::size_t colon = text.find(':');
  if (colon == std::string_view::npos) {
    return bad_input(fmt::format("the event pattern '{}' names no kind", text), where,
                     "write a kind and a code, such as \"diagnosis:J45*\"");
  }
  const std::string_view kind = text.substr(0, colon);
  const auto known = find_kind(kind);
  if (!known) {
    return bad_input(fmt::format("unknown kind '{}'", kind), where, nearest_hint(kind, kinds()));
  }
  std::string_view code = text.substr(colon + 1);
  if (code.empty()) {
    return bad_input(fmt::format("the event pattern '{}' is empty", text), where,
                     fmt::format("write \"{}:*\" for all events of this kind", kind));
  }
  const bool prefix = code.ends_with('*');
  if (prefix) {
    code.remove_suffix(1);
  }
  if (code.find('*') != std::string_view::npos) {
    return bad_input(fmt::format("the event pattern '{}' has a '*' before its end", text), where,
                     "put '*' only at the end");
  }
  return Pattern{known, std::string(code), prefix, line};
}

bool matches(const Pattern& pattern, const Code& code) {
  if (!code.kind || (pattern.kind && *pattern.kind != *code.kind)) {
    return false;
  }
  return pattern.prefix ? code.code.starts_with(pattern.code) : code.code == pattern.code;
}

std::string to_string(const Pattern& pattern) {
  const std::string code = pattern.code + (pattern.prefix ? "*" : "");
  return pattern.kind ? fmt::format("{}:{}", kinds()[*pattern.kind], code) : code;
}

std::string to_string(const Code& code) {
  return code.kind ? fmt::format("{}:{}", kinds()[*code.kind], code.code) : code.code;
}

}  // namespace parcours::vocabulary
