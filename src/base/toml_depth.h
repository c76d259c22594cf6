// Checks how deep a TOML text nests, before it is parsed. The parser and its result use recursion,
// so a key of a hundred thousand parts ("a.a.a...") would overflow the stack. The parser itself
// limits the depth of brackets.
#pragma once

#include <cstddef>
#include <string_view>

namespace parcours {

inline constexpr std::size_t most_dots_of_a_key = 100;

// The line of a key of more dots; 0 where there is none.
std::size_t too_deep_line(std::string_view text);

}  // namespace parcours
