#include "assessment/read_events.h"

#include <fmt/format.h>

#include <algorithm>

#include "paths/vault_paths.h"

namespace parcours {
namespace {

Result<People> people_in(const std::optional<Inputs::PersonColumns>& columns, const PathsRead& read,
                         const Stop& stop) {
  if (!columns) {
    return People();
  }
  return read_people(*columns->file, columns->patient, columns->fields, read, stop);
}

}  // namespace

Result<std::optional<EventsRead>> read_events(Inputs& inputs,
                                              const std::optional<Inputs::PersonFields>& fields,
                                              const std::vector<std::string>& wanted,
                                              const std::string& person, Progress& progress,
                                              const Stop& stop) {
  ASSIGN_OR_RETURN(std::optional<Inputs::Events> events, inputs.events(stop));
  if (!events) {
    return std::nullopt;
  }
  EventsRead result;
  ASSIGN_OR_RETURN(result.read, read_paths(events->file, events->roles, progress, stop));
  ASSIGN_OR_RETURN(result.named, people_in(inputs.person_columns(wanted), result.read, stop));
  ASSIGN_OR_RETURN(result.known, people_in(inputs.known_columns(fields), result.read, stop));
  if (!person.empty()) {
    const auto column = inputs.column_of_people(person);
    if (!column) {
      return bad_input(fmt::format("no column '{}' says who somebody is", person),
                       inputs.all()[0].file.path().string(),
                       "--person names a column that both exports have");
    }
    ASSIGN_OR_RETURN(People who, people_in(column, result.read, stop));
    result.who = std::move(who[0]);
    std::erase_if(result.known, [&](const PersonField& field) {
      return field.name == column->fields[0].column.name;
    });
  }
  return result;
}

Result<EventsRead> read_events(const Vault& vault, const std::vector<std::string>& unknown,
                               Progress& progress, const Stop& stop) {
  EventsRead result;
  ASSIGN_OR_RETURN(result.read, read_paths(vault, progress, stop));
  ASSIGN_OR_RETURN(result.named, read_people(vault, progress, stop));
  for (const PersonField& field : result.named) {
    if (field.name != "region" && std::ranges::find(unknown, field.name) == unknown.end()) {
      result.known.push_back(field);
    }
  }
  return result;
}

}  // namespace parcours
