// Made-up people for this module's tests, counted into tables of crowds in the simplest way.
#pragma once

#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "crowds/crowd_table.h"
#include "protect/rules.h"

namespace parcours::example {

// The rules of the tests: at least 3 patients, and what a test switches on.
inline Rules rules(std::uint32_t patients_min = 3, std::uint32_t complement_min = 1) {
  Rules made{};
  made.id = "test";
  made.patients_min = patients_min;
  made.complement_min = complement_min;
  made.has_practices = false;
  made.largest_value_share_below = 1;
  made.hide_group_disclosure = false;
  made.width_min = 0;
  made.cover_insiders = false;
  return made;
}

// A person stands in one category of each variable.
struct Person {
  std::vector<std::size_t> values;
  std::uint32_t practice = 0;
  std::int64_t value = 1;
};

// A number for each person that no sums of others give (splitmix64, twice).
inline Uint128 mark_of(std::uint64_t person) {
  Uint128 mark = 0;
  for (int half = 0; half < 2; ++half) {
    std::uint64_t x = (person * 2 + static_cast<std::uint64_t>(half) + 1) * 0x9e3779b97f4a7c15;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9;
    x = (x ^ (x >> 27)) * 0x94d049bb133111eb;
    mark = mark << 64 | (x ^ (x >> 31));
  }
  return mark;
}

inline Dimension dimension(std::string id, std::size_t categories) {
  Dimension made{std::move(id), {}, {}, true};
  for (std::size_t c = 0; c < categories; ++c) {
    made.categories.push_back({"c" + std::to_string(c), {}});
  }
  return made;
}

// The crowd of the people that `belongs` picks out.
template <class Belongs>
Crowd crowd_of(const std::vector<Person>& people, Belongs belongs, bool with_value = false) {
  Crowd crowd;
  std::vector<std::uint32_t> by_practice;
  ValueCrowd value;
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
    const Micro size = 1'000'000 * (person.value < 0 ? -person.value : person.value);
    ++value.patients;
    value.sum += 1'000'000 * person.value;
    value.second = std::max(value.second, std::min(value.largest, size));
    value.largest = std::max(value.largest, size);
  }
  if (with_value) {
    crowd.value = value;
  }
  return crowd;
}

// A table by the variables `by`, each of `categories[variable]` categories.
inline CrowdTable table(const std::vector<Person>& people, const std::vector<std::size_t>& by,
                        const std::vector<std::size_t>& categories, bool means = false) {
  CrowdTable made;
  made.id = "t";
  Table shape;
  for (const std::size_t variable : by) {
    made.id += std::to_string(variable);
    made.dimensions.push_back(dimension("v" + std::to_string(variable), categories[variable]));
  }
  made.sensitive.assign(by.size(), false);
  if (means) {
    made.mean_of = Label{"value", "valeur"};
  }
  shape.dimensions = made.dimensions;
  for (std::size_t c = 0; c < shape.cell_count(); ++c) {
    const std::vector<std::size_t> places = shape.places(c);
    made.cells.push_back(crowd_of(
        people,
        [&](const Person& person) {
          for (std::size_t d = 0; d < by.size(); ++d) {
            if (places[d] != categories[by[d]] && places[d] != person.values[by[d]]) {
              return false;
            }
          }
          return true;
        },
        means));
  }
  return made;
}

inline Crowd everyone(const std::vector<Person>& people) {
  return crowd_of(people, [](const Person&) { return true; });
}

// The people of a two-way table of counts, row-major.
inline std::vector<Person> people_of(const std::vector<int>& counts, std::size_t columns) {
  std::vector<Person> people;
  for (std::size_t c = 0; c < counts.size(); ++c) {
    for (int i = 0; i < counts[c]; ++i) {
      people.push_back({{c / columns, c % columns}});
    }
  }
  return people;
}

}  // namespace parcours::example
