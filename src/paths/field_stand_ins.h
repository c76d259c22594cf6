// Values of people's fields that stand where nothing is known (base/stand_ins.h), and the same
// people without them: what stood there is not known.
#pragma once

#include <span>
#include <vector>

#include "base/stand_ins.h"
#include "paths/people.h"

namespace parcours::paths {

// In the order of the fields, and of their labels; `records` are patients. The roles of `columns`
// tell more of the fields that are called like them (exports/impossible_numbers.h), and so do the
// names "age" and "birth_year".
std::vector<StandIn> stand_ins(const People& people,
                               std::span<const exports::PersonColumn> columns);

// Fields that `found` names and that the people do not have are passed over.
People without_stand_ins(People people, const std::vector<StandIn>& found);

// Two exports, and what the values of the fields that both have give away in both together.
struct SharedFields {
  People first;
  People second;
  std::vector<StandIn> found_first;
  std::vector<StandIn> found_second;
};
SharedFields without_shared_stand_ins(const People& first, const People& second);

}  // namespace parcours::paths
