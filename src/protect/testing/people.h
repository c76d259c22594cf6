// Made-up people for this module's tests, counted in the plainest way into tables of crowds.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "crowds/crowd_table.h"
#include "protect/rules.h"

namespace parcours::example {

// The rules of the tests: at least 3 patients, and what a test switches on.
protect::Rules rules(std::uint32_t patients_min = 3, std::uint32_t complement_min = 1);

// A person stands in one category of each variable.
struct Person {
  std::vector<std::size_t> values;
  std::uint32_t practice = 0;
  std::int64_t value = 1;
};

// A number for each person that no sums of others give (splitmix64, twice).
Uint128 mark_of(std::uint64_t person);

tables::Dimension dimension(std::string id, std::size_t categories);

// The crowd of the people that `belongs` picks out.
template <class Belongs>
crowds::Crowd crowd_of(const std::vector<Person>& people, Belongs belongs,
                       bool with_value = false) {
  crowds::Crowd crowd;
  std::vector<std::uint32_t> by_practice;
  crowds::ValueCrowd value;
  for (std::size_t i = 0; i < people.size(); ++i) {
    const Person& person = people[i];
    if (!belongs(person)) {
      continue;
    }
    ++crowd.patients;
    crowd.fingerprint += mark_of(i);
    by_practice.resize(std::max<std::size_t>(by_practice.size(), person.practice + 1));
    crowd.practices += by_practice[person.practice]++ == 0 ? 1 : 0;
    crowd.largest_practice = std::max(crowd.largest_practice, by_practice[person.practice]);
    const crowds::Micro size = 1'000'000 * (person.value < 0 ? -person.value : person.value);
    ++value.patients;
    value.nonzero += size > 0 ? 1 : 0;
    value.sum += 1'000'000 * person.value;
    value.second = std::max(value.second, std::min(value.largest, size));
    value.largest = std::max(value.largest, size);
  }
  if (with_value) {
    crowd.value = value;
  }
  if (crowd.practices == 1) {
    crowd.only_practice = static_cast<std::uint32_t>(by_practice.size());
  }
  return crowd;
}

// A table by the variables `by`, each of `categories[variable]` categories.
crowds::CrowdTable table(const std::vector<Person>& people, const std::vector<std::size_t>& by,
                         const std::vector<std::size_t>& categories, bool means = false);

crowds::Crowd everyone(const std::vector<Person>& people);

// The people of a two-way table of counts, row-major.
std::vector<Person> people_of(const std::vector<int>& counts, std::size_t columns);

}  // namespace parcours::example
