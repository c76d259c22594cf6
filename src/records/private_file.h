// Reads and writes small files that only their owner can read.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "base/error.h"
#include "records/secret.h"

namespace parcours::records {

// No key and no passphrase is longer.
inline constexpr std::size_t most_secret_bytes = 4096;

// All of a regular file that its owner alone can read, the owner being who runs this program.
// Errors: it is not that, or is larger than it may be, each with what would mend it.
Result<Secret> read_private_file(const std::filesystem::path& path,
                                 std::size_t most_bytes = most_secret_bytes);

// A new file, readable by its owner alone, flushed to the disk; never in place of another.
Status write_private_file(const std::filesystem::path& path, const Secret& text);

// All that can be read from `descriptor`; what it calls itself in errors.
Result<Secret> read_secret(int descriptor, const std::string& where,
                           std::size_t most_bytes = most_secret_bytes);

}  // namespace parcours::records
