// VAULT/exercises.log: one line for each search for a person in the vault (risk --find).
//
//   2026-03-06T09:41:07Z  uid 1000 (anna)  5 facts  1 fits  path shown
//
// The program only appends lines. It does not log the facts themselves, because they are personal
// data.
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/error.h"

namespace parcours::cli {

// When it returns, the line is on the disk. Error: the vault cannot be written to; then the caller
// must not show the answer.
Status log_exercise(const std::filesystem::path& vault, std::size_t facts, std::uint64_t fit,
                    bool path_shown);

}  // namespace parcours::cli
