// VAULT/exercises.log: a line for every time that somebody looked for a person in the vault.
//
//   2026-03-06T09:41:07Z  uid 1000 (anna)  5 facts  1 fits  path shown
//
// Lines are only ever added. What the facts were is not written: they are about a person.
#pragma once

#include <cstdint>
#include <filesystem>

#include "base/error.h"

namespace parcours {

// Written and flushed to the disk when it returns. An error where the vault cannot be written: then the answer must not be told.
Status log_exercise(const std::filesystem::path& vault, std::size_t facts, std::uint64_t fit,
                    bool path_shown);

}  // namespace parcours
