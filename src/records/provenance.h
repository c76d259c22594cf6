// How a fact came into the practice's software.
#pragma once

#include <array>
#include <cstdint>
#include <string_view>

namespace parcours::records {

// The number of each never changes: the vault stores it. What was only consulted never enters.
enum class Provenance : std::uint8_t {
  entered,    // written down by the practice
  received,   // sent to it: a laboratory's report
  imported,   // taken over from elsewhere by an act of the doctor
  consulted,  // looked at elsewhere: the insurer's history of reimbursements
};

inline constexpr std::array<std::string_view, 4> provenance_names = {"entered", "received",
                                                                     "imported", "consulted"};

}  // namespace parcours::records
