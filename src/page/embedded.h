// The style, the script and the charting scripts of every page. They are built into the program, so
// that a page needs no other file. scripts/setup fetches the charting scripts.
#pragma once

#include <string_view>

namespace parcours::page {

std::string_view page_css();
std::string_view page_js();
std::string_view vega_js();
std::string_view vega_lite_js();
std::string_view vega_embed_js();

// "parcours 0.1.0"
std::string_view software();

}  // namespace parcours::page
