// A file that only who has the programme's key can read or make: compressed, then sealed with
// XChaCha20-Poly1305 (libsodium).
//
// G1: open_sealed() returns the text that was sealed under the same key with the same `purpose`, or
//     an error: not that of another file, and not a changed one.
// G2: afterwards the file holds all of the text, on the disk, or what it held before.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"
#include "records/keys.h"

namespace parcours::past {

// `purpose` says what the file is for, its number included: "past 7".
Status write_sealed(const std::filesystem::path& file, std::string_view purpose,
                    std::string_view text, const records::ProgrammeKey& key);

// Errors (Fault::input): no such file; it was changed, or is of another key or purpose.
Result<std::string> read_sealed(const std::filesystem::path& file, std::string_view purpose,
                                const records::ProgrammeKey& key);

}  // namespace parcours::past
