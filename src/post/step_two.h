// The pseudonym that a vault keeps of a patient in a package.
//
// The practice makes a pseudonym with its own key (step one), and the vault makes one of that with
// the programme's key (step two). docs/packages.md says who can do what with one of the keys.
//
// G1: the vault's key alone does not lead from a source's identifier to the pseudonym, and the
//     practice's key alone does not either.
// G2: step two of a patient is no pseudonym() of an identifier at a source, unless a source has
//     "step-one:" and 32 hexadecimal digits for one.
#pragma once

#include "records/keys.h"

namespace parcours::post {

// `vault_pseudonyms`: pseudonym_hash() of the programme's key.
records::PatientId step_two(const records::KeyedHash& vault_pseudonyms,
                            const records::PatientId& step_one);

}  // namespace parcours::post
