// The roles of a test's export, whose columns are called as this says and are not guessed. For
// tests alone.
#pragma once

#include <algorithm>
#include <initializer_list>
#include <optional>
#include <string>

#include "exports/export_file.h"
#include "exports/roles.h"

namespace parcours::exports {

inline Result<Roles> plain_roles(const ExportFile& file, const std::string& day_format = {}) {
  const auto first_of =
      [&](std::initializer_list<const char*> names) -> std::optional<ExportColumn> {
    for (const char* name : names) {
      const auto found = std::ranges::find(file.columns(), name, &ExportColumn::name);
      if (found != file.columns().end()) {
        return *found;
      }
    }
    return std::nullopt;
  };
  const auto patient = first_of({"patient", "id"});
  const auto day = first_of({"day", "days", "date"});
  const auto code = first_of({"code", "event"});
  if (!patient || !day || !code) {
    return bad_input("a test's export without a patient, a day or a code");
  }
  return Roles{.patient = *patient,
               .day = *day,
               .code = *code,
               .kind = first_of({"kind"}),
               .sex = first_of({"sex"}),
               .birth_year = first_of({"birth_year"}),
               .age = first_of({"age"}),
               .day_format = day_format};
}

}  // namespace parcours::exports
