// Small worlds of care paths for tests: records written down or drawn, laid out as paths, and what
// a slow twin needs of them. For tests alone.
#pragma once

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "base/random.h"
#include "base/stop.h"
#include "paths/paths.h"

namespace parcours::paths {

using Pair = std::pair<std::uint32_t, std::int32_t>;  // code, day
using World = std::vector<std::set<Pair>>;            // by patient

Paths paths_of(const World& world);

World random_world(Random& random, std::uint32_t patients, std::uint32_t most_pairs,
                   std::uint32_t codes, std::uint32_t days);

// Every choice of `known` of the record's pairs; all of them where there are fewer.
std::vector<std::vector<Pair>> choices_of(const std::set<Pair>& record, std::size_t known);

}  // namespace parcours::paths
