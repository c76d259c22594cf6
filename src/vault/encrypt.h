// Makes an encrypted copy of a vault: a vault in the clear cannot become an encrypted one where it
// lies, for the disk keeps what was written until it needs the room.
//
// G1: the copy holds what the vault holds, row for row and act for act, its number and its memory
//     of releases too; it is complete or not there.
#pragma once

#include <cstdint>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "vault/place.h"

namespace parcours::vault {

struct EncryptSummary {
  std::uint64_t files = 0;
  std::uint64_t bytes = 0;  // of the copy's
};

// `to` is encrypted (encrypted_place()), and nothing is there yet. Nobody can change the vault
// meanwhile. Errors of the input: a damaged file of the vault; something lies at `to`.
Result<EncryptSummary> encrypt_vault(const VaultPlace& from, const VaultPlace& to,
                                     Progress& progress, const Stop& stop);

}  // namespace parcours::vault
