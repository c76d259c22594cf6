// Why an unsafe figure is wide: moves from the counts, each to another world that agrees in
// everything published. Whoever knows who is counted checks one by adding (release/witnesses.h).
#pragma once

#include <cstdint>
#include <vector>

#include "base/int128.h"

namespace parcours::protect {

// By how much a move changes how many of some people there are; whole, or a fraction as linear
// programs see it.
template <class People>
struct ChangeOf {
  People people;
  double by;
};

template <class People>
struct WitnessOf {
  People figure;
  std::vector<std::vector<ChangeOf<People>>> moves;  // one up, one down, or one of them
};

using SumWitness = WitnessOf<std::uint32_t>;  // by number of the sum
using Witness = WitnessOf<Uint128>;           // by the people's fingerprint

}  // namespace parcours::protect
