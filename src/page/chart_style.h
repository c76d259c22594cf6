// The style that all charts share, as parts of the "config" of a Vega-Lite v5 specification.
#pragma once

#include <nlohmann/json.hpp>

#include "page/numbers.h"

namespace parcours::page {

// Colours told apart by lightness as well as by hue, on white and on black; the first is that of a
// chart with one.
nlohmann::ordered_json chart_colours();

inline constexpr const char* chart_font =
    "system-ui, -apple-system, 'Segoe UI', Roboto, 'DejaVu Sans', sans-serif";

// How a chart writes numbers: as the text around it does (numbers.h).
nlohmann::ordered_json chart_locale(Language language);

}  // namespace parcours::page
