// Finds where a quoted field of CSV ends. For the CSV reader's own use.
#pragma once

#include <cstddef>
#include <string_view>

namespace parcours {

struct ClosingQuote {
  enum class Found { closed, stray, undecided } found;
  std::size_t at = 0;  // where it is closed
};

// A quote opens a field only if the next quote that is not doubled stands before a separator or the
// row's end; else it is stray. `bytes[open]` is the quote that begins a field. Undecided: that lies
// past the bytes; with `ended` nothing comes after them.
inline ClosingQuote closing_quote(std::string_view bytes, std::size_t open, char separator,
                                  bool ended) {
  using enum ClosingQuote::Found;
  std::size_t at = bytes.find('"', open + 1);
  while (at != std::string_view::npos && at + 1 < bytes.size() && bytes[at + 1] == '"') {
    at = bytes.find('"', at + 2);
  }
  if (at == std::string_view::npos) {
    return {ended ? stray : undecided};
  }
  std::size_t next = at + 1;
  const bool return_comes = next < bytes.size() && bytes[next] == '\r';
  next += return_comes ? 1 : 0;
  if (next >= bytes.size()) {
    return {ended ? closed : undecided, at};
  }
  return {bytes[next] == '\n' || (bytes[next] == separator && !return_comes) ? closed : stray, at};
}

}  // namespace parcours
