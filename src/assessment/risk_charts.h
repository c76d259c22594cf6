// Pictures of an assessment, as Vega-Lite v5 specifications with their data inside.
#pragma once

#include <nlohmann/json.hpp>

#include "assessment/assessment.h"
#include "page/numbers.h"

namespace parcours::assessment {

// The share of patients singled out, by how many events are known, a line for each tolerance; bars
// where the figure is an interval.
nlohmann::ordered_json curve_chart(const PathsAnswer& paths, page::Language language);

// How many people have how many others alike.
nlohmann::ordered_json group_chart(const PeopleAnswer& people, page::Language language);

// The share of people whom one, two, three ... well-chosen fields single out.
nlohmann::ordered_json alone_chart(const PeopleAnswer& people, page::Language language);

}  // namespace parcours::assessment
