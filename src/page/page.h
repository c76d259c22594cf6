// Makes a page that opens without a network: a template (page/template.h), its content, and the
// parts that all pages share.
//
//   ASSIGN_OR_RETURN(const std::string html, page(report_html(), content));
//
// The template has {{{css}}}, {{{vega}}}, {{{vega_lite}}}, {{{vega_embed}}} and {{{js}}} in its
// style and script elements. A chart is <figure class="chart" data-chart><script
// type="application/json">{{{chart}}}</script></figure> with drawn(specification); the script draws
// it in the page's colours, in light, dark and print.
//
// A page in two languages has a switch (release/report.html). It holds every text twice, as an
// element of lang="en" and one of lang="fr", and shows one of them; a chart has one figure for each
// language. {{*name}} writes both elements for a text that both() made.
#pragma once

#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "base/error.h"
#include "tables/table.h"

namespace parcours::page {

Result<std::string> page(std::string_view html, nlohmann::json content);

// What {{*name}} shows. A text that has no French is said in English; French is set as it should be
// (french.h).
nlohmann::json both(const tables::Label& label);

// A Vega-Lite specification as the text inside a chart's script element.
std::string drawn(const nlohmann::ordered_json& specification);

}  // namespace parcours::page
