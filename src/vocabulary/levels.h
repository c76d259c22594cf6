// Levels of a code system: coarser codes that a code belongs to.
//
//   icd10          chapter ("J00-J99"), icd3 ("J45"), icd4 ("J45.0")
//   icd10cm        the same, in ICD-10's own chapters
//   icd9           chapter ("460-519"), icd3 ("493")
//   atc            atc1 ("R"), atc2 ("R03"), atc3 ("R03B"), atc4 ("R03BA"), atc5 ("R03BA02")
//   loinc          lab ("GLUCOSE" of 14771-0: the panel's lab or vital; measures.h)
//   fr-department  department ("69"), region ("84")
//   any system     code (the code as it stands)
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace parcours::vocabulary {

// The levels that `system` has, coarse to fine, "code" last; for an unknown system "code" alone.
std::span<const std::string> levels_of(std::string_view system);

// Every level of every system, for the nearest name in an error.
std::span<const std::string> all_levels();

// `code` at `level`; the code itself where it is already coarser; nothing when the system has no
// such level.
std::optional<std::string> at_level(std::string_view system, std::string_view code,
                                    std::string_view level);

}  // namespace parcours::vocabulary
