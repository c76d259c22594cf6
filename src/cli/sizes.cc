#include "cli/sizes.h"

#include <fmt/format.h>

#include <array>

namespace parcours::cli {

std::string in_bytes(std::uint64_t bytes) {
  constexpr std::array<const char*, 5> units = {"bytes", "kB", "MB", "GB", "TB"};
  std::size_t unit = 0;
  auto size = static_cast<double>(bytes);
  while (size >= 1000 && unit + 1 < units.size()) {
    size /= 1000;
    ++unit;
  }
  return unit == 0 || size >= 10 ? fmt::format("{:.0f} {}", size, units[unit])
                                 : fmt::format("{:.1f} {}", size, units[unit]);
}

}  // namespace parcours::cli
