// Finds identifiers in the words of a table: its titles, and the names and codes of its categories.
// A pseudonym or a fingerprint has 128 bits; no ordinary name of a category looks like one.
#pragma once

#include <string_view>

#include "tables/table.h"

namespace parcours {

// Whether a text holds 24 or more hexadecimal digits in a row, dashes between them not counting: a
// pseudonym, a UUID, a fingerprint or a good part of one; or 10 or more decimal digits in a row, as
// patients' and practitioners' numbers have.
bool looks_like_identifier(std::string_view text);

// How many texts of the table were looked at, and how many look like identifiers.
struct WordCount {
  std::size_t looked_at = 0;
  std::size_t identifiers = 0;
};
WordCount look_at_words(const Table& table);

}  // namespace parcours
