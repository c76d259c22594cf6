// Formats sizes for people to read.
#pragma once

#include <cstdint>
#include <string>

namespace parcours::cli {

// "133 MB": of 1,000 to the next.
std::string in_bytes(std::uint64_t bytes);

}  // namespace parcours::cli
