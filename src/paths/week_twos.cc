#include "paths/week_twos.h"

#include "base/threads.h"

namespace parcours::paths {
namespace {

void look_around(const Neighbourhood& near, std::size_t patient, std::vector<Nearby>& result) {
  const auto record = near.paths().record(patient);
  Nearby* const around = result.data() + near.paths().record_starts[patient];
  for (std::size_t i = 0, first = 0, end = 0; i < record.size(); ++i) {
    const Neighbourhood::Reach reach = near.reach(record[i]);
    while (record[first] < reach.first) {
      ++first;
    }
    while (end < record.size() && record[end] <= reach.last) {
      ++end;
    }
    around[i] = {
        static_cast<std::uint8_t>((record[i] - reach.first) | (reach.last - record[i]) << 4U),
        static_cast<std::uint8_t>(end - first)};
  }
}

}  // namespace

std::vector<Nearby> nearby(const Neighbourhood& near, int threads) {
  constexpr std::size_t piece = 1 << 16;  // patients
  const std::size_t patients = near.paths().patients();
  auto result = in_huge_pages<Nearby>(near.paths().record_pairs.size());
  each_on_threads((patients + piece - 1) / piece, threads, [&](std::size_t number) {
    const std::size_t end = std::min(patients, (number + 1) * piece);
    for (std::size_t patient = number * piece; patient < end; ++patient) {
      look_around(near, patient, result);
    }
  });
  return result;
}

}  // namespace parcours::paths
