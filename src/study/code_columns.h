// Finds the vault's codes that match a pattern and raises them to a level: they are the categories
// of a dimension of codes.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "tables/table.h"
#include "vocabulary/code_book.h"
#include "vocabulary/pattern.h"
#include "vocabulary/vocabulary.h"

namespace parcours::study {

struct CodeColumns {
  std::vector<tables::Category> categories;   // sorted by code
  std::vector<std::uint32_t> column_of_code;  // by CodeId: the category, or no_column
};

// The codes of `book` that `pattern` matches. Error: there is none; the nearest are named.
Result<std::vector<vocabulary::CodeId>> matching_codes(const vocabulary::Pattern& pattern,
                                                       const vocabulary::CodeBook& book,
                                                       const std::string& where);

// The book's places of residence.
std::vector<vocabulary::CodeId> places_of(const vocabulary::CodeBook& book);

// One category for each different code at the level. Codes of different kinds or systems stay
// apart; where a pattern names no kind, the category's code is "kind:code". Error: a code's system
// has no such level.
Result<CodeColumns> columns_at(std::span<const vocabulary::CodeId> codes, const std::string& level,
                               bool name_kinds, const vocabulary::CodeBook& book,
                               const vocabulary::Vocabulary& vocabulary, const std::string& where);

}  // namespace parcours::study
