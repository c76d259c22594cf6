#include "paths/nearby.h"

#include <algorithm>
#include <span>

#include "base/huge_pages.h"
#include "base/threads.h"

namespace parcours::paths {
namespace {

// By pair: how many pairs before it are in its reach, and 16 times how many after it.
std::vector<std::uint8_t> reaches_of(const Neighbourhood& near) {
  std::vector<std::uint8_t> reaches(near.paths().pairs());
  for (std::uint32_t pair = 0; pair < reaches.size(); ++pair) {
    const Neighbourhood::Reach reach = near.reach(pair);
    reaches[pair] = static_cast<std::uint8_t>((pair - reach.first) | (reach.last - pair) << 4U);
  }
  return reaches;
}

void look_around(std::span<const std::uint32_t> record, std::span<const std::uint8_t> reaches,
                 Nearby* around) {
  for (std::size_t i = 0, first = 0, end = 0; i < record.size(); ++i) {
    const std::uint8_t reach = reaches[record[i]];
    while (record[first] < record[i] - (reach & 15U)) {
      ++first;
    }
    while (end < record.size() && record[end] <= record[i] + (reach >> 4U)) {
      ++end;
    }
    around[i] = {reach, static_cast<std::uint8_t>(end - first)};
  }
}

}  // namespace

std::vector<Nearby> nearby(const Neighbourhood& near, int threads) {
  constexpr std::size_t piece = 1 << 16;  // patients
  const Paths& paths = near.paths();
  const std::vector<std::uint8_t> reaches = reaches_of(near);
  auto result = in_huge_pages<Nearby>(paths.record_pairs.size(), threads);
  each_on_threads((paths.patients() + piece - 1) / piece, threads, [&](std::size_t number) {
    const std::size_t end = std::min(paths.patients(), (number + 1) * piece);
    for (std::size_t patient = number * piece; patient < end; ++patient) {
      look_around(paths.record(patient), reaches, result.data() + paths.record_starts[patient]);
    }
  });
  return result;
}

}  // namespace parcours::paths
