#include "vocabulary/kinds.h"

#include <algorithm>
#include <array>

namespace parcours {

std::span<const std::string> kinds() {
  static const std::array<std::string, 9> names = {"consultation", "diagnosis", "prescription",
                                                   "lab",          "vital",     "vaccination",
                                                   "sick_leave",   "allergy",   "history"};
  return names;
}

std::optional<KindId> find_kind(std::string_view name) {
  const auto found = std::ranges::find(kinds(), name);
  if (found == kinds().end()) {
    return std::nullopt;
  }
  return static_cast<KindId>(found - kinds().begin());
}

std::span<const std::string> patient_fields() {
  static const std::array<std::string, 3> names = {"sex", "birth_year", "place"};
  return names;
}

}  // namespace parcours
