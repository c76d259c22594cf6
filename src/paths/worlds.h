// Small worlds of care paths for tests: records written down or drawn, laid out as paths, and what a
// slow twin needs of them. For tests alone.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "base/random.h"
#include "base/stop.h"
#include "paths/paths.h"

namespace parcours {

using Pair = std::pair<std::uint32_t, std::int32_t>;  // code, day
using World = std::vector<std::set<Pair>>;            // by patient

inline Paths paths_of(const World& world) {
  PathsBuilder builder;
  for (std::uint32_t patient = 0; patient < world.size(); ++patient) {
    for (const auto& [code, day] : world[patient]) {
      builder.add(patient, code, day);
    }
  }
  const Stop stop;
  return *std::move(builder).build({}, {}, stop);
}

inline World random_world(Random& random, std::uint32_t patients, std::uint32_t most_pairs,
                          std::uint32_t codes, std::uint32_t days) {
  World world(patients);
  for (auto& record : world) {
    const std::uint32_t pairs = 1 + random.below(most_pairs);
    for (std::uint32_t tried = 0; record.empty() || tried < pairs; ++tried) {
      record.insert({random.below(codes), static_cast<std::int32_t>(random.below(days)) - 20});
    }
  }
  return world;
}

// Every choice of `known` of the record's pairs; all of them where there are fewer.
inline std::vector<std::vector<Pair>> choices_of(const std::set<Pair>& record, std::size_t known) {
  const std::vector<Pair> pairs(record.begin(), record.end());
  known = std::min(known, pairs.size());
  std::vector<std::vector<Pair>> result;
  for (std::uint32_t choice = 0; choice < (1u << pairs.size()); ++choice) {
    if (static_cast<std::size_t>(std::popcount(choice)) != known) {
      continue;
    }
    std::vector<Pair>& chosen = result.emplace_back();
    for (std::size_t i = 0; i < pairs.size(); ++i) {
      if ((choice >> i & 1u) != 0) {
        chosen.push_back(pairs[i]);
      }
    }
  }
  return result;
}

}  // namespace parcours
