#include "exports/column_role.h"

#include <array>

namespace parcours::exports {
namespace {

constexpr std::array<std::string_view, 14> names = {
    "patient", "date",      "code",  "kind",     "sex",  "age",    "birth_year",
    "place",   "sensitive", "quasi", "constant", "drop", "weight", "unknown"};

}  // namespace

std::string_view name_of(ColumnRole role) {
  return names[static_cast<std::size_t>(role)];
}

std::optional<ColumnRole> role_named(std::string_view name) {
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (names[i] == name) {
      return static_cast<ColumnRole>(i);
    }
  }
  return name == "day" ? std::optional(ColumnRole::date) : std::nullopt;
}

std::vector<std::string> role_names() {
  return {names.begin(), names.end()};
}

bool known_to_attackers(ColumnRole role) {
  return role != ColumnRole::patient && role != ColumnRole::drop && role != ColumnRole::weight &&
         role != ColumnRole::unknown;
}

}  // namespace parcours::exports
