// What each word of a table's value column says: a number, or that the value is hidden. For
// understand()'s own use.
//
//   12        a number
//   * or ""   hidden: the sign of an office, a mark that the user named, nothing at all
//   UNKNOWN   hidden: a word for "not known" (base/missing.h), or the dots of statistical offices
//   -9, -1    hidden, if no other value is below 0: no count is
//   999999    a number, though it may stand for nothing
//
// The last two are doubtful numbers; what the sums say of them decides (doubtful_numbers.h). A word
// that is a zero with one office and a hidden value with another ("-", "none") is an error that
// asks which.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "audit/decimal.h"
#include "audit/published_table.h"
#include "audit/reading.h"
#include "audit/table_text.h"
#include "base/error.h"
#include "tables/table.h"

namespace parcours::audit {

struct ValueWord {
  const Mark* mark = nullptr;     // where it is hidden; of the reading, or one that says nothing
  std::optional<Decimal> number;  // else
};

struct ValueWords {
  std::vector<ValueWord> words;  // by word of the column
  std::vector<DoubtfulNumber> doubtful;
  bool below_zero = false;             // some number is
  std::vector<tables::Label> guessed;  // sentences (assumed.h)
  std::vector<tables::Label> doubts;   // sentences that a reader must see first (assumed.h)
};

// Errors name the line of a word that is neither a number nor known to hide.
Result<ValueWords> value_words(const TableText& text, std::size_t column, const Reading& reading);

// Whether a word says nothing of its value: nothing at all, a mark of the user, a usual sign, a
// word for "not known".
bool says_nothing(std::string_view word, const Reading& reading);

const Mark* mark_called(const Reading& reading, std::string_view word);

}  // namespace parcours::audit
