// The label of a send, such as 2024-03. The vault stores it unchanged and lists it, so it may not
// be free text.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"

namespace parcours::ingest {

// An error where it is not 1 to 40 letters, digits, '-', '_', '.' and '+'. `where` is its place.
Status check_period(std::string_view period, std::string where);

}  // namespace parcours::ingest
