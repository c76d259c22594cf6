// What some concepts of SNOMED CT say of the statement in which they stand, for every format:
//
//   snomed_meaning("716186003")    // SnomedMeaning::none: "no known allergy" is no allergy
//   snomed_meaning("410516002")    // SnomedMeaning::absent: "known absent" is no diagnosis
//
// snomed_meanings.csv lists them with their terms. Sources: IHE Patient Care Coordination,
// Technical Framework, volume 2 (6.3.4.13 to 6.3.4.16: codes for no and for unknown problems,
// allergies and medications); HL7 International Patient Summary, "Absent and Unknown Data" and its
// allergies of SNOMED CT; SNOMED CT, values of the attribute "finding context" (408729009).
#pragma once

#include <cstdint>
#include <string_view>

namespace parcours::vocabulary {

enum class SnomedMeaning : std::uint8_t {
  nothing,  // nothing of this sort
  none,     // there is none, or nothing is known: in the place of a problem, an allergy, a drug
  absent,   // what it stands beside is not so
  unsure,
  sure,
  error,  // entered in error
};

SnomedMeaning snomed_meaning(std::string_view code);

}  // namespace parcours::vocabulary
