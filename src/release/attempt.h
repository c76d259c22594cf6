// An attack on the tables, as the evidence tells it: what it tried, what it got from what leaves,
// and what the very same program got from the tables before protection. The second number is its
// control: an attack that finds nothing there either has shown nothing.
#pragma once

#include <cstdint>
#include <string>

#include "tables/table.h"

namespace parcours {

struct Attempt {
  std::string id;  // stable
  Label name;
  Label how;                // one sentence: what the attacker does, and what counts as a success
  std::uint64_t tried = 0;  // targets, on what leaves
  std::uint64_t succeeded = 0;  // of them
  std::uint64_t control_tried = 0;
  std::uint64_t control_succeeded = 0;
};

}  // namespace parcours
