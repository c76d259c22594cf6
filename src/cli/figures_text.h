// Figures as the text of an answer shows them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "paths/uniqueness.h"

namespace parcours {

// "12,345"
std::string grouped_text(std::uint64_t number);

// "93.42 %". What is not quite all or nothing is never shown as if it were.
std::string percent_text(double share);

// The same of some among all; "-" of none.
std::string share_text(std::uint64_t some, std::uint64_t all);

// "77.93 % (77.74 to 78.11)" of what was drawn.
std::string figure_text(const CurvePoint& point);

// Names with commas between, as many as a person reads.
std::string names_text(const std::vector<std::string>& names);

}  // namespace parcours
