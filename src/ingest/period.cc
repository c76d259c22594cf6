#include "ingest/period.h"

#include <algorithm>
#include <utility>

namespace parcours::ingest {

Status check_period(std::string_view period, std::string where) {
  constexpr std::size_t longest = 40;
  const auto may_stand = [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("-_.+").contains(c);
  };
  if (period.empty() || period.size() > longest || !std::ranges::all_of(period, may_stand)) {
    return bad_input("this is not a label of a period", std::move(where),
                     "write 1 to 40 letters, digits, '-', '_', '.' or '+', such as 2024-03");
  }
  return {};
}

}  // namespace parcours::ingest
