// A file's bytes from where its descriptor stands to its end, a block at a time.
#pragma once

#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <span>
#include <system_error>
#include <vector>

#include "base/descriptor.h"
#include "base/error.h"

namespace parcours {

// Calls take(block) on each block until the end, or until it gives an error. `path` is for the
// error's place.
template <class Take>
Status each_block(const Descriptor& file, const std::filesystem::path& path, Take take) {
  constexpr std::size_t block_bytes = std::size_t{1} << 18;  // stays in the processor's cache
  std::vector<char> block(block_bytes);
  while (true) {
    const ssize_t got = ::read(file.get(), block.data(), block.size());
    if (got < 0) {
      if (errno == EINTR) {
        continue;
      }
      return machine_fault("cannot read: " + std::generic_category().message(errno), path.string());
    }
    if (got == 0) {
      return {};
    }
    RETURN_IF_ERROR(take(std::span<const char>(block.data(), static_cast<std::size_t>(got))));
  }
}

}  // namespace parcours
