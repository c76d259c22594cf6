#include "past/everybody.h"

#include <algorithm>
#include <numeric>

namespace parcours::past {

Everybody::Everybody(const People& people, const PastRoll& now,
                     const records::KeyedHash& fingerprints) {
  const auto count = static_cast<std::uint32_t>(people.count());
  std::vector<records::PracticeId> held_by;  // by number
  held_by.reserve(count);
  for (std::uint32_t number = 0; number < count; ++number) {
    held_by.push_back(people.practice(number));
  }
  for (const PastRoll::Elsewhere& one : now.elsewhere) {
    held_by[now.people[one.patient]] = one.practice;
  }
  std::vector<std::uint32_t> line(count);
  std::iota(line.begin(), line.end(), 0u);
  std::ranges::stable_sort(line, {}, [&](std::uint32_t number) { return held_by[number]; });
  turns_.resize(count);
  hashes_.reserve(count);
  practices_.reserve(count);
  for (const std::uint32_t number : line) {
    turns_[number] = static_cast<std::uint32_t>(hashes_.size());
    hashes_.push_back(fingerprints(people.id(number)));
    practices_.push_back(held_by[number]);
  }
}

}  // namespace parcours::past
