// One page that opens offline: a template (page/template.h), what fills it, and what every page carries.
//
//   ASSIGN_OR_RETURN(const std::string html, page(embedded::report_html(), content));
//
// The template has {{{css}}}, {{{vega}}}, {{{vega_lite}}}, {{{vega_embed}}} and {{{js}}} in its style and script elements. A chart
// is <figure class="chart" data-chart><script type="application/json">{{{chart}}}</script></figure> with drawn(specification);
// the script draws it in the page's colours, in light, dark and print.
//
// A page in two languages has a switch (release/report.html), says every text twice, as elements of lang="en" and lang="fr" of which
// one is shown, and has a figure of each language for a chart. {{*name}} does the first two for what both() made.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/error.h"
#include "tables/table.h"

namespace parcours {

Result<std::string> page(std::string_view html, nlohmann::json content);

// What {{*name}} shows. A text that has no French is said in English; French is set as it should be (french.h).
nlohmann::json both(const Label& label);

// A Vega-Lite specification as the text inside a chart's script element.
std::string drawn(const nlohmann::ordered_json& specification);

}  // namespace parcours
