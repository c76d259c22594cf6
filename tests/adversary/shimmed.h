// The command run with the shim between it and the system (shim.cc).
#pragma once

#include <string>

#include "adversary/trial.h"

namespace parcours::adversary {

struct Shimmed {
  Ran ran;
  long calls = 0;      // of the family, where nothing happened
  bool fired = false;  // it happened
};

// Runs the trial's call; at the nth call of the family (0: never) `deed` happens.
Shimmed run_shimmed(const Trial& trial, const std::string& family, long nth,
                    const std::string& deed);

// How many calls of the family an unharmed run makes. Counted once for each call.
long calls_of(const World& world, const Call& call, const std::string& family, Tally& tally);

}  // namespace parcours::adversary
