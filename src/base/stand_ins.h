// Texts that stand where nothing is known, and that the other texts of a column give away: -9, 999
// or UNKNOWN among numbers.
//
//   years of school   7 12 16 99 12 UNKNOWN     99 and UNKNOWN stand for nothing
//   days in hospital  7 12 16 99 12 31 64       99 may be a stay: it stays what it is
//
// A text is one of these where all the column's other texts are numbers, at least two different
// ones, and
//   - it is a word for "not known" (missing.h), or
//   - it is -7, -8, -9, or such a digit repeated up to four times after the minus, and no other
//     number is negative, or
//   - it is 99, 999, ... of up to six nines, and lies above all others by more than three times
//     their span.
// A whole number may be written with zeros after its decimal mark, as programs write a column that
// has gaps: 999.0, -9,0.
// G1: a column of which anything else is no number has none.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace parcours {

// A value of a column that stands where nothing is known.
struct StandIn {
  std::string column;
  std::string value;          // of the list above: it is nobody's
  std::uint64_t records = 0;  // lines, or patients
};

// "-9", "-88", "-9999.0"
bool is_negative_mark(std::string_view text);

// "99", "999999"
bool is_nines(std::string_view text);

// The whole number that is usual where nothing is known, whatever else stands in the column: -1, 0,
// those of the list, and 77, 888 and the like. Nothing of any other text.
std::optional<std::int64_t> usual_stand_in(std::string_view text);

// "34", "-0.5", "7,25"
bool is_number(std::string_view text);

// The places of these texts, ascending. `texts` are the column's, each once; empty ones say
// nothing.
std::vector<std::uint32_t> stand_ins(std::span<const std::string_view> texts);

}  // namespace parcours
