// French typography: makes the spaces before : ; ? ! and % and inside « » non-breaking, so that no
// line begins with one of these marks. The input has ordinary spaces, as people type them.
//
//   french_spaces("deux ans ; 45 %")   the same, with U+202F before the semicolon and U+00A0 before
//                                      the percent sign
#pragma once

#include <string>
#include <string_view>

namespace parcours::page {

std::string french_spaces(std::string_view text);

}  // namespace parcours::page
