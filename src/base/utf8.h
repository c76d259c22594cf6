// Is a text UTF-8?
#pragma once

#include <string_view>

namespace parcours {

// As the standard has it: no overlong forms, no surrogates, nothing past U+10FFFF. NUL is a
// character like any other here.
bool valid_utf8(std::string_view text);

}  // namespace parcours
