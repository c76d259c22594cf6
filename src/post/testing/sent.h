// Contents of packages, and who sends and takes them, for tests.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "post/contents.h"
#include "post/vault_card.h"
#include "post/vault_keys.h"

namespace parcours::post {

// The vault of the programme's key whose 32 bytes are all `byte`, and its number's 16 as well.
std::string vault_number(unsigned char byte);
records::ProgrammeKey programme_key(unsigned char byte);
// With one pair, seal_pair() of the same byte.
VaultKeys vault_keys(unsigned char byte);

// Always the same of one byte.
SealPair seal_pair(unsigned char byte);
// The same vault after its key was renewed: `pairs` are those that open packages, the card's first.
VaultKeys renewed_keys(unsigned char byte, const std::vector<unsigned char>& pairs,
                       std::uint64_t number);

// With one permit-keeper.
VaultCard vault_card(const VaultKeys& keys);

// Always the same of one seed.
formalities::SigningKey practice_key(unsigned char seed);

// Three patients and a handful of events, of the vault 1 and the practice "cabinet-012".
Contents small_contents();

// Up to so many patients, each with up to 30 events; some have no row, some no events, days and
// values of every form; not in order.
Contents random_contents(std::uint64_t seed, std::uint32_t most_patients);

// As text, so that a test compares all of them; a missing value is like another one.
std::string shown(const Contents& contents);

}  // namespace parcours::post
