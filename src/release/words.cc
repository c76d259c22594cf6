#include "release/words.h"

namespace parcours {

bool looks_like_identifier(std::string_view text) {
  std::size_t hexadecimal = 0;
  std::size_t decimal = 0;
  for (const char c : text) {
    const bool digit = c >= '0' && c <= '9';
    decimal = digit ? decimal + 1 : 0;
    if (digit || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')) {
      ++hexadecimal;
    } else if (c != '-') {
      hexadecimal = 0;
    }
    if (hexadecimal >= 24 || decimal >= 10) {
      return true;
    }
  }
  return false;
}

WordCount look_at_words(const Table& table) {
  WordCount count;
  const auto look = [&](std::string_view text) {
    ++count.looked_at;
    count.identifiers += looks_like_identifier(text) ? 1 : 0;
  };
  const auto look_both = [&](const Label& label) {
    look(label.en);
    look(label.fr);
  };
  look(table.id);
  look_both(table.title);
  if (table.mean_of) {
    look_both(*table.mean_of);
  }
  for (const Dimension& dimension : table.dimensions) {
    look(dimension.id);
    look_both(dimension.label);
    for (const Category& category : dimension.categories) {
      look(category.code);
      look_both(category.label);
    }
  }
  return count;
}

}  // namespace parcours
