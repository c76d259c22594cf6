// Letters, for names and codes that match in either case.
#pragma once

#include <string>
#include <string_view>

namespace parcours {

// Letters in lower case (ASCII alone).
std::string lower(std::string_view text);

}  // namespace parcours
