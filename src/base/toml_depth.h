// Checks how deep a TOML text nests, before it is parsed. The parser and its result use recursion, so
// a key of a hundred thousand parts ("a.a.a...") would overflow the stack. The parser itself limits
// the depth of brackets.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/error.h"

namespace parcours {

// The line of a key of more than 100 parts; 0 where there is none.
std::size_t too_deep_line(std::string_view text);

// An error of Fault::input, with the line, for a key of more than 100 parts.
Status check_toml_depth(std::string_view text, const std::string& file);

}  // namespace parcours
