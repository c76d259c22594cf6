// Files that are built into the program, so that a report needs nothing beside it.
#pragma once

#include <string_view>

namespace parcours::embedded {

std::string_view report_html();  // the report's template (release/template.h)
std::string_view report_css();
std::string_view report_js();
std::string_view vega_js();
std::string_view vega_lite_js();
std::string_view vega_embed_js();

// "parcours 0.1.0"
std::string_view software();

}  // namespace parcours::embedded
