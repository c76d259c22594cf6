// How deep a text in TOML nests, asked before it is parsed: the parser and what it makes go down and
// up again by recursion, and a key of a hundred thousand parts ("a.a.a...") is deeper than the stack.
// (Of brackets the parser counts by itself.)
#pragma once

#include <cstddef>
#include <string_view>

namespace parcours {

inline constexpr std::size_t most_dots_of_a_key = 100;

// The line of a key of more dots; 0 where there is none.
std::size_t too_deep_line(std::string_view text);

}  // namespace parcours
