// What an outsider knows of the people in all tables of a release, and of the groups that they tell
// apart with those before it: one system of sums; and what the gate knows beside it.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "crowds/crowd_table.h"
#include "protect/rules.h"
#include "release/people_numbers.h"
#include "sums/system.h"
#include "tables/table.h"

namespace parcours::release {

// By unknown, but for `numbers` and `system`.
struct Looked {
  PeopleNumbers numbers;
  sums::System system;
  std::vector<std::int64_t> counts;  // by unknown
  std::vector<Uint128> people;       // their fingerprint
  std::vector<bool> hidden;
  std::vector<bool> unsafe;             // it breaks a rule
  std::vector<bool> exposed;            // it breaks one by itself, whatever its group
  std::vector<bool> alone;              // one patient, or one practice, is all of it
  std::vector<std::uint32_t> practice;  // which one; 0: none
  std::vector<bool> in_tables;
  std::vector<bool> peopled;  // a hidden cell, of these tables or of a release before, is not empty
  std::vector<bool> difference;      // of two figures
  std::vector<bool> before;          // releases before published it
  std::vector<bool> peopled_before;  // or hid it, and showed what is empty
};

Looked look(const crowds::Counted& counted, const std::vector<tables::Table>& tables,
            const protect::Rules& rules);

}  // namespace parcours::release
