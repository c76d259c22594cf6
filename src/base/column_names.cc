#include "base/column_names.h"

#include <algorithm>

#include "base/nearest.h"
#include "base/utf8.h"
#include "base/value_kind.h"

namespace parcours {

bool reads_as_name(std::string_view text) {
  constexpr std::size_t longest = 48;
  constexpr std::ptrdiff_t most_spaces = 4;
  constexpr std::size_t most_digits = 6;
  if (text.empty() || text.size() > longest || !valid_utf8(text) ||
      std::ranges::count(text, ' ') > most_spaces) {
    return false;
  }
  std::size_t digits = 0;
  bool capitals = false;
  bool others = false;  // small letters and _
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    capitals = capitals || (c >= 'A' && c <= 'Z');
    others = others || (c >= 'a' && c <= 'z') || c == '_';
    digits += c >= '0' && c <= '9' ? 1 : 0;
    if (byte < 0x20 || byte == 0x7f || digits > most_digits) {
      return false;
    }
  }
  if (capitals && !others && !has_usual_word(text)) {
    return false;  // DUPONT
  }
  const ValueKind kind = value_kind(text);
  return kind == ValueKind::text || kind == ValueKind::code || kind == ValueKind::year;
}

std::string column_called(std::string_view name, std::size_t place) {
  return reads_as_name(name) ? "the column '" + std::string(name) + "'"
                             : "column " + std::to_string(place + 1);
}

std::string column_hint(std::string_view wanted, std::span<const std::string> names,
                        bool may_be_listed) {
  std::vector<std::string> shown;
  std::ranges::copy_if(names, std::back_inserter(shown), reads_as_name);
  const std::string hint = nearest_hint(wanted, shown);
  return may_be_listed || hint.starts_with("did you mean")
             ? hint
             : "the file's first line names its columns";
}

}  // namespace parcours
