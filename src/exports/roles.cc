#include "exports/roles.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/letters.h"

namespace parcours {
namespace {

struct Role {
  const char* name;
  const char* flag;
  std::vector<std::string> usual;  // likeliest first
};

const Role patient_role = {"patient",
                           "--patient",
                           {"patient", "patient_id", "patientid", "id_patient", "code_patient",
                            "person_id", "subject_id", "pseudonym", "id"}};
const Role day_role = {
    "day",
    "--day",
    {"day", "days", "date", "visit_date", "event_date", "start_date", "date_visite", "jour"}};
const Role code_role = {"code", "--code", {"code", "event_code", "event", "concept_id", "concept"}};
const Role kind_role = {"kind", "--kind", {"kind", "event_type", "type", "category", "nature"}};
const Role sex_role = {"sex", "--sex", {"sex", "sexe", "gender"}};
const Role birth_role = {
    "birth year",
    "--birth-year",
    {"birth_year", "year_of_birth", "birthyear", "yob", "annee_naissance", "birth_date"}};
const Role age_role = {"age", "--age", {"age"}};

// The named column, else the likeliest, else nothing.
Result<std::optional<ExportColumn>> find_role(const ExportFile& file, const Role& role,
                                              const std::string& named, Roles& roles) {
  if (!named.empty()) {
    ASSIGN_OR_RETURN(ExportColumn column, file.column(named, fmt::format("the {}", role.name)));
    return column;
  }
  for (const std::string& usual : role.usual) {
    const auto found = std::ranges::find_if(
        file.columns(), [&](const ExportColumn& column) { return lower(column.name) == usual; });
    if (found != file.columns().end()) {
      roles.guessed.emplace_back(role.name, found->name);
      return *found;
    }
  }
  return std::nullopt;
}

Result<ExportColumn> need_role(const ExportFile& file, const Role& role, const std::string& named,
                               Roles& roles) {
  ASSIGN_OR_RETURN(std::optional<ExportColumn> column, find_role(file, role, named, roles));
  if (!column) {
    return bad_input(fmt::format("no column looks like the {}", role.name), file.path().string(),
                     fmt::format("name it: {} COLUMN", role.flag));
  }
  return *std::move(column);
}

}  // namespace

Result<Roles> find_roles(const ExportFile& file, const RoleNames& names) {
  Roles roles{.patient = {}, .day = {}, .code = {}, .day_format = names.day_format};
  ASSIGN_OR_RETURN(roles.patient, need_role(file, patient_role, names.patient, roles));
  ASSIGN_OR_RETURN(roles.day, need_role(file, day_role, names.day, roles));
  ASSIGN_OR_RETURN(roles.code, need_role(file, code_role, names.code, roles));
  ASSIGN_OR_RETURN(roles.kind, find_role(file, kind_role, names.kind, roles));
  ASSIGN_OR_RETURN(roles.sex, find_role(file, sex_role, names.sex, roles));
  ASSIGN_OR_RETURN(roles.birth_year, find_role(file, birth_role, names.birth_year, roles));
  ASSIGN_OR_RETURN(roles.age, find_role(file, age_role, names.age, roles));
  return roles;
}

}  // namespace parcours
