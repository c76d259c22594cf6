// How deep a text in TOML nests, asked before it is parsed: the parser and what it makes go down and
// up again by recursion, and a key of a hundred thousand parts ("a.a.a...") is deeper than the stack.
// (Of brackets the parser counts by itself.)
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
