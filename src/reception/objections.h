// What the objections that a round's packages tell, and those that they withdraw, come to. Personal
// data.
//
// G1: a practice withdraws what it told itself, and nothing that another one told.
#pragma once

#include <cstdint>
#include <numeric>
#include <set>
#include <span>
#include <vector>

#include "reception/delivered_rows.h"
#include "records/patient.h"
#include "vault/import.h"

namespace parcours::reception {

struct ToldObjections {
  std::set<records::PatientId>
      objectors;                         // all of whom an objection stands once the import commits
  std::uint64_t fresh = 0;               // of them, those of whom none stood before
  std::vector<std::uint64_t> withdrawn;  // by package: that stood, and do so no more

  std::uint64_t all_withdrawn() const {
    return std::accumulate(withdrawn.begin(), withdrawn.end(), std::uint64_t{0});
  }
};

// Tells the import of them.
ToldObjections tell_objections(vault::Import& import, std::span<const Delivered> delivered);

}  // namespace parcours::reception
