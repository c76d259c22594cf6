// The department of a French postal code, which is all of an address that is read.
#pragma once

#include <string>
#include <string_view>

namespace parcours::vocabulary {

// "75" of "75007"; "2A" and "2B" of Corsica; three digits overseas. Empty: no French postal code,
// or one that several departments share.
std::string department_of(std::string_view postal_code);

}  // namespace parcours::vocabulary
