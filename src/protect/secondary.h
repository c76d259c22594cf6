// Secondary suppression: what must be hidden with the unsafe sums so that the published ones do not give them away.
//
// Two passes. First more is hidden: as long as the elimination (audit/echelon.h) finds hidden sums that are
// determined, one more sum is hidden from the relations that give each of them away, the cheapest that does so. Then what
// turned out not to be needed is published again, the dearest first.
//
// The second pass needs no elimination for each try. Let N be the solutions of the homogeneous system. Publishing s leaves the
// solutions with x_s = 0, and an unsafe i is determined in those exactly when x_i is a multiple of x_s on all of N. Two
// solutions u, v drawn at random from N show it: u_i v_s = u_s v_i. Where it is no multiple they differ but for chance (one in
// 2^60), and chance can only keep a sum hidden that need not be. After s is published, the drawn solutions less their part along one of
// them are drawn evenly from what is left of N.
//
// G1: no hidden sum is determined by the published ones.
// G2: of the sums hidden here none can be published again by itself, while the effort lasts.
#pragma once

#include <cstdint>
#include <vector>

#include "base/error.h"
#include "tables/relations.h"

namespace parcours {

// Sums of people or of values, numbered from 0; all relations among them.
struct Sums {
  std::vector<Relation> relations;
  std::vector<bool> unsafe;          // by sum: hidden whatever it costs
  std::vector<bool> fixed;           // by sum: published whatever happens
  std::vector<std::uint64_t> costs;  // by sum: what it costs to hide it
};

// Which sums to hide. Errors: one that is unsafe and fixed, or that fixed ones give away.
Result<std::vector<bool>> hide(const Sums& sums);

}  // namespace parcours
