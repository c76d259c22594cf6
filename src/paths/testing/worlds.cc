#include "paths/testing/worlds.h"

#include <bit>

namespace parcours::paths {

Paths paths_of(const World& world) {
  PathsBuilder builder;
  for (std::uint32_t patient = 0; patient < world.size(); ++patient) {
    for (const auto& [code, day] : world[patient]) {
      builder.add(patient, code, day);
    }
  }
  const Stop stop;
  return *std::move(builder).build({}, {}, stop);
}

World random_world(Random& random, std::uint32_t patients, std::uint32_t most_pairs,
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

std::vector<std::vector<Pair>> choices_of(const std::set<Pair>& record, std::size_t known) {
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

}  // namespace parcours::paths
