// Neighbouring pairs of one code: work that a thread takes at a time when it counts twos.
#pragma once

#include <cstdint>
#include <vector>

#include "paths/matching.h"

namespace parcours::paths {

struct Chunk {
  std::uint32_t first;
  std::uint32_t end;
  std::uint32_t code_first;  // first pair of the code
};

// All pairs, cut into chunks. A chunk begins by taking in a whole reach, so it is some reaches
// long. Where a pair reaches itself alone a chunk may go on over the next codes.
std::vector<Chunk> chunks_of(const Neighbourhood& near);

}  // namespace parcours::paths
