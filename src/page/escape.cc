#include "page/escape.h"

#include "base/utf8.h"

namespace parcours::page {
namespace {

// `text` with every occurrence of `what` (ASCII, in any case) given a backslash after its first
// character, which changes nothing inside a JavaScript string or regular expression, the only
// places where these can stand.
std::string broken_up(std::string_view text, std::string_view what) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  std::string safe;
  safe.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    safe += text[i];
    if (text[i] != what[0] || text.size() - i < what.size()) {
      continue;
    }
    bool same = true;
    for (std::size_t j = 1; j < what.size(); ++j) {
      same = same && lower(text[i + j]) == what[j];
    }
    if (same) {
      safe += '\\';
    }
  }
  return safe;
}

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (const char c : as_utf8(text)) {
    switch (c) {
      case '&':
        safe += "&amp;";
        break;
      case '<':
        safe += "&lt;";
        break;
      case '>':
        safe += "&gt;";
        break;
      case '"':
        safe += "&quot;";
        break;
      case '\'':
        safe += "&#39;";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

std::string script_escaped(std::string_view program) {
  return broken_up(broken_up(program, "</script"), "<!--");
}

std::string json_escaped(std::string_view json) {
  std::string safe;
  safe.reserve(json.size());
  for (const char c : json) {
    switch (c) {
      case '<':
        safe += "\\u003c";
        break;
      case '>':
        safe += "\\u003e";
        break;
      case '&':
        safe += "\\u0026";
        break;
      default:
        safe += c;
    }
  }
  return safe;
}

}  // namespace parcours::page
