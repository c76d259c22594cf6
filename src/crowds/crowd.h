// A crowd: everything that we keep of the people behind one figure.
//
// Crowds merge; the merge is commutative and associative and has the empty crowd as its neutral
// element, so threads, packages and machines add up to the same bytes in any order.
//
//   patients          how many people
//   practices         how many practices they were seen in, exact up to the number asked for
//   largest_practice  an upper bound on the patients of the largest practice
//   only_practice     where all are of one practice, which one
//   sum, unit, largest, second   where a value is summed: fixed point, six decimals
//   fingerprint       sum of keyed hashes of the patients, modulo 2^128: equal fingerprints are the
//                     same people. It never leaves.
//
// C1: merging crowds of disjoint people is what adding those people one by one is, in any order and
//     any split.
// C2: `practices` is exact up to the number n that was asked for.
// C3: `largest_practice` is never below the truth, and exact while there are at most n + 1
//     practices.
// C4: equal sets of patients have equal fingerprints; different ones differ but for chance (one in
//     2^128 a pair).
// C5: `only_practice` is exact if n is 2 at least, and 0 if n is 1.
//
// While it grows, a crowd keeps (counters.h): the n highest practice numbers that it has met, with
// their patients, and `classes` counters over which all practices are spread by a hash of their
// number.
//
// Why C1 and C2 hold. Let H(S) be the n highest numbers of a set S. H(A u B) = H(H(A) u H(B)): a
//     number that n others of A exceed is exceeded by n others of A u B. So the kept numbers merge,
//     and there are min(n, practices) of them. The patients of a kept number are exact: a number in
//     H(A u B) that occurs in A is in H(A), and was in H of every subset of A that held it, so none
//     of its patients was ever dropped; in a part where it does not occur it has none. Class
//     counters, patients and fingerprints are sums.
// Why C3 holds. A practice that is kept has its exact count k(p). One that is not kept is in some
//     class c, whose counter holds the patients of every practice of c; taking away those of the
//     kept ones leaves rest(c) >= its count. So min(patients, max(max k(p), max rest(c))) is never
//     too low. With at most n + 1 practices at most one is not kept; its class's rest is its own
//     count, every other rest is 0, and the bound is the truth.
#pragma once

#include <cstdint>
#include <optional>

#include "base/int128.h"

namespace parcours::crowds {

// A value in millionths: sums of it are the same in any order.
using Micro = std::int64_t;

// Nothing when the value does not fit (its size is over 9.2e12) or is no number.
std::optional<Micro> micro(double value);

// What a value table adds up beside the people.
struct ValueCrowd {
  std::uint32_t patients = 0;  // with a value
  std::uint32_t nonzero = 0;   // with one that is not 0
  Int128 sum = 0;              // of Micro
  Micro largest = 0;           // the absolute size of the largest contribution
  Micro second = 0;            // and of the second largest
  Micro unit = 0;              // the largest number of which every contribution is a multiple

  void add(Micro value);
  void merge(const ValueCrowd& other);
  friend bool operator==(const ValueCrowd&, const ValueCrowd&) = default;
};

// A crowd taken out of the counters, for reading.
struct Crowd {
  std::uint32_t patients = 0;
  std::uint32_t practices = 0;         // at most the number asked for
  std::uint32_t largest_practice = 0;  // patients, upper bound
  Uint128 fingerprint = 0;
  std::optional<ValueCrowd> value;  // of a table of means: its crowds are the patients with a value
  std::uint32_t only_practice = 0;  // its number + 1; 0: they are of several, or it is not known

  friend bool operator==(const Crowd&, const Crowd&) = default;
};

}  // namespace parcours::crowds
