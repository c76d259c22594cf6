// An event pattern. "diagnosis:J45*" matches every diagnosis code that begins with J45, "lab:HBA1C"
// this code alone, "consultation:*" every event of a kind, and "*" every event. Case matters, and
// dots are as in the vault.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "vocabulary/code_book.h"
#include "vocabulary/kinds.h"

namespace parcours::vocabulary {

struct Pattern {
  std::optional<KindId> kind;
  std::string code;
  bool prefix = false;
  int line = 0;  // in the study file
};

// `where` and `line` are for the error: a kind that is not known, no code, a '*' that is not at the
// end.
Result<Pattern> parse_pattern(std::string_view text, const std::string& where, int line);

// A place of residence is no event: no pattern matches it.
bool matches(const Pattern& pattern, const Code& code);

// As it was written.
std::string to_string(const Pattern& pattern);

// An event's code as a pattern would name it: "diagnosis:J45.0".
std::string to_string(const Code& code);

}  // namespace parcours::vocabulary
