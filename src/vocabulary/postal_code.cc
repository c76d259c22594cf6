#include "vocabulary/postal_code.h"

#include <algorithm>

#include "base/letters.h"

namespace parcours::vocabulary {

std::string department_of(std::string_view postal_code) {
  if (postal_code.size() != 5 || !std::ranges::all_of(postal_code, is_digit)) {
    return "";
  }
  const std::string_view two = postal_code.substr(0, 2);
  const std::string_view three = postal_code.substr(0, 3);
  if (two == "20") {
    return three == "200" || three == "201" ? "2A" : three == "202" || three == "206" ? "2B" : "";
  }
  if (two == "97") {
    return three >= "971" && three <= "978" ? std::string(three) : "";
  }
  return two >= "01" && two <= "95" ? std::string(two) : "";
}

}  // namespace parcours::vocabulary
