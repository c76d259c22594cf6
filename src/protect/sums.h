// What secondary suppression works on: sums of people or of values, whatever tables, pathways or
// curves they come from, and all relations among them.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "tables/relations.h"

namespace parcours {

// Sums are numbered from 0. By sum where not said otherwise.
struct Sums {
  std::vector<Relation> relations;
  std::vector<bool> unsafe;          // hidden whatever it costs
  std::vector<bool> fixed;           // published whatever happens
  std::vector<std::uint64_t> costs;  // what it costs to hide it

  // Of counts of people; empty of sums of a value, about which nothing below is asked.
  std::vector<std::int64_t> counts;
  // How far apart the ends of what can be derived for an unsafe sum are at least; 0: not asked.
  std::int64_t width = 0;
  // What everybody knows a hidden sum to be at least: 1 where sums of nobody are always published.
  std::int64_t least = 0;
  // Somebody is alone in it, and so knows it: must not learn by it what is `exposed`. Empty: not asked.
  std::vector<bool> alone;
  std::vector<bool> exposed;
  // Published wherever something else can be hidden in its place. Empty: not asked.
  std::vector<bool> needed{};
};

// By sum: hidden or published.
using Hidden = std::vector<bool>;

// By sum, the relations that it stands in.
std::vector<std::vector<std::uint32_t>> relations_by_sum(const Sums& sums);

// Of sums each of which gives away the others (sums/bonds.h): one that somebody is alone in, who
// then learns another that is exposed.
std::optional<std::uint32_t> who_learns(const Sums& sums, std::span<const std::uint32_t> bonded);

}  // namespace parcours
