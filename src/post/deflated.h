// Bytes compressed with zlib, with their sizes before them, and filled up with zeros to a multiple
// of 4096: from the length of a package nobody reads how much one practice wrote down in a week.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace parcours::post {

inline constexpr std::size_t filled_up_to = 4096;

// Nothing where zlib has no memory.
std::optional<std::string> deflated(std::string_view text);

// What deflated() made; nothing for anything else, or for a text of over `most` bytes. Takes memory
// for at most some thousand times as many bytes as come in.
std::optional<std::string> inflated(std::string_view bytes, std::size_t most);

}  // namespace parcours::post
