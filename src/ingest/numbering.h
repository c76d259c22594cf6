// Numbers a few names in the order in which they come. It looks through all of them, so it is for
// names that a reader asks for once.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace parcours::ingest {

inline std::uint32_t number_of(std::vector<std::string>& names, std::string_view name) {
  const auto found = std::ranges::find(names, name);
  if (found != names.end()) {
    return static_cast<std::uint32_t>(found - names.begin());
  }
  names.emplace_back(name);
  return static_cast<std::uint32_t>(names.size() - 1);
}

}  // namespace parcours::ingest
