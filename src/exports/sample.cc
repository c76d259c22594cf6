#include "exports/sample.h"

#include <algorithm>
#include <cstdint>
#include <system_error>
#include <vector>

#include "base/byte_stream.h"

namespace parcours::exports {

std::size_t sample_lines(std::size_t columns) {
  constexpr std::size_t most = 20'000;
  constexpr std::size_t fewest = 1'000;
  constexpr std::size_t cells = 5'000'000;
  return std::clamp(cells / std::max<std::size_t>(columns, 1), fewest, most);
}

bool is_small(const std::filesystem::path& path) {
  constexpr std::uintmax_t small = std::uintmax_t{64} << 20;
  std::error_code failed;
  if (std::filesystem::file_size(path, failed) > small || failed) {
    return false;
  }
  Result<ByteStream> stream = ByteStream::open(path);
  if (!stream) {
    return false;
  }
  std::vector<char> block(std::size_t{1} << 18);
  for (std::uintmax_t total = 0; total <= small;) {
    const Result<std::size_t> got = stream->read(block);
    if (!got || *got == 0) {
      return true;  // what is wrong with it is told by who reads it
    }
    total += *got;
  }
  return false;
}

}  // namespace parcours::exports
