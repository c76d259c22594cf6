// How much of what a vault holds the program can name and group: the codes of its events, and the
// events themselves, by kind.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "vault/vault.h"
#include "vocabulary/vocabulary.h"

namespace parcours::vault {

struct Covered {
  std::uint64_t codes = 0;  // different ones
  std::uint64_t events = 0;
};

struct KindCover {
  std::string kind;
  Covered all;
  Covered named;    // the vocabulary has a name of the code
  Covered grouped;  // the code belongs to a coarser one, at a level of its system
};

// In the order of kinds(); kinds without events are left out. Reads all events once.
Result<std::vector<KindCover>> code_cover(const Vault& vault,
                                          const vocabulary::Vocabulary& vocabulary);

}  // namespace parcours::vault
