// What a section of a document is about, by its templates and its LOINC code.
#pragma once

#include <cstdint>
#include <string_view>

#include "cda/tree.h"

namespace parcours::cda {

enum class Role : std::uint8_t {
  other,
  problems,
  history,
  family,
  procedures,
  allergies,
  adverse_effects,
  treatments,
  prescriptions,
  administered,
  dispensations,
  devices,
  vaccinations,
  vital_signs,
  risk_factors,
  pregnancies,
  results,
  encounters,
  plan,
  attachments,
  directives,
  abilities,
  count_
};

inline constexpr std::size_t roles = static_cast<std::size_t>(Role::count_);

std::string_view name_of(Role role);  // "problems"

// Of a section; one that says nothing has its parent's.
Role role_of(Element section, Role parent);

}  // namespace parcours::cda
