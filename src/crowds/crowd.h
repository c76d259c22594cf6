// A crowd: all that is kept of the people behind one figure.
//
// Crowds merge; the merge is commutative and associative and has the empty crowd as its neutral element, so threads, packages
// and machines add up to the same bytes in any order.
//
//   patients      how many people
//   practices     how many practices they were seen in, exact up to the number that was asked for
//   largest_practice  an upper bound on the patients of the largest practice; never too low, exact while
//                 there are no more practices than were asked for
//   sum, largest, second   where a value is summed: fixed point, six decimals
//   fingerprint   sum of keyed hashes of the patients, modulo 2^128: equal fingerprints are the same people. It never leaves.
//
// How `practices` merges: the smallest n practice numbers of a union are among the smallest n of its parts, and a number that
// is among them in the end was among them all along, so its own count is exact. How `largest_practice` is bounded
// beyond n: practices are spread by a hash over `classes` counters; the fullest counter holds at least the largest practice.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "base/int128.h"
#include "records/patient.h"

namespace parcours {

// A value in millionths: sums of it are the same in any order.
using Micro = std::int64_t;

// What a value table adds up beside the people.
struct ValueCrowd {
  std::uint32_t patients = 0;  // with a value
  Int128 sum = 0;              // of Micro
  Micro largest = 0;           // by absolute size
  Micro second = 0;
};

// A crowd taken out of the counters, for reading.
struct Crowd {
  std::uint32_t patients = 0;
  std::uint32_t practices = 0;         // at most the number asked for
  std::uint32_t largest_practice = 0;  // patients, upper bound
  Uint128 fingerprint = 0;
  std::optional<ValueCrowd> value;
};

}  // namespace parcours
