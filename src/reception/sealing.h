// The keys to which practices seal packages for a vault (post/seal_pair.h): how they are made, read
// and destroyed. An act names each (formalities/acts.h), the catalog keeps its secret half closed
// under the programme's key.
//
//   ASSIGN_OR_RETURN(std::string act, begin_renewal(vault, programme, 30));
//   RETURN_IF_ERROR(enter_act(vault, act, keeper.sign(act, act_signature), "the renewal"));
//
// Between the two steps the vault keeps the new secret and still has the old card: a crash there
// costs nothing, and the next renewal drops what waits.
//
// G1: a package that is sealed to the old card opens until the days of the act are over, and not
//     from then on, whether the old secret was destroyed by then or not.
// G2: what destroy_old_keys() destroyed is in no file of the vault, and nobody makes it again, with
//     the programme's key either.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "base/day.h"
#include "base/error.h"
#include "post/vault_keys.h"
#include "records/keys.h"
#include "vault/catalog.h"
#include "vault/place.h"

namespace parcours::reception {

// The vault's keys on a day, with all pairs that open packages then. Without any, where no act
// names one yet: such keys only sign. Error of the input: a secret is not as it was closed.
Result<post::VaultKeys> keys_of(const records::ProgrammeKey& programme,
                                const vault::CatalogContents& contents, Day day);

// Makes the vault's next pair and keeps its secret. The act that a permit-keeper signs, which puts
// the pair on the card. `old_days`: how many days the key before it still opens packages; needed
// but for the first one.
Result<std::string> begin_renewal(const vault::VaultPlace& vault,
                                  const records::ProgrammeKey& programme,
                                  std::optional<int> old_days);

// Destroys the secrets of keys that open nothing from this day on. How many.
Result<std::uint64_t> destroy_old_keys(const vault::VaultPlace& vault, Day day);

}  // namespace parcours::reception
