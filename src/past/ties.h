// What a release tells together with the releases before it: groups of people, mostly of no cell,
// and the sums that hold among them and the cells.
//
// It is found when the release is made and remembered with it (past_release.h), so that two
// releases are compared once. What depends on what is published is not in it.
#pragma once

#include <cstdint>
#include <vector>

#include "base/bytes.h"
#include "crowds/crowd_table.h"
#include "tables/relations.h"

namespace parcours::past {

struct Ties {
  struct Groups {
    bool differences = false;  // as in CrowdOverlap
    std::vector<crowds::Crowd> groups;
    std::vector<tables::Relation> relations;  // by group
    friend bool operator==(const Groups&, const Groups&) = default;
  };

  // What they were found with (together.h, TogetherOptions): by other rules they are others.
  std::uint32_t few = 0;
  std::uint32_t practices_exact = 0;
  std::vector<Groups> groups;
  friend bool operator==(const Ties&, const Ties&) = default;
};

void put(ByteWriter& to, const Ties& ties);
void put(ByteWriter& to, const std::vector<Ties::Groups>& groups);
// Refuse what put() did not write.
Ties ties_of(ByteReader& from);
std::vector<Ties::Groups> groups_of(ByteReader& from);

}  // namespace parcours::past
