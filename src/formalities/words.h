// The words that sentences about permits share, English and French.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "formalities/permit.h"

namespace parcours::formalities {

// "a, b and c"
Text listed(const std::vector<Text>& parts);
Text names_listed(const std::vector<std::string>& names);

Text field_word(std::string_view field);  // "year of birth"
// By Provenance: "written down by the practice".
Text provenance_word(std::size_t provenance);
// "from 2020-01-01 to 2029-12-31"
Text days_words(const Days& days, Calendar calendar);
// "10 years from their collection"
Text kept_words(const Retention& retention);

}  // namespace parcours::formalities
