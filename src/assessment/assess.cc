#include "assessment/assess.h"

#include <fmt/format.h>

#include "assessment/attack_paths.h"
#include "assessment/attack_people.h"
#include "assessment/link_events.h"
#include "assessment/read_events.h"
#include "base/utf8.h"

namespace parcours {
namespace {

std::string names_of(const Inputs& inputs) {
  std::vector<std::string> names;
  for (const FileGuess& guess : inputs.guesses()) {
    names.push_back(guess.file);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

std::vector<std::string> wanted_by(const Attackers& attackers) {
  std::vector<std::string> wanted;
  for (const Attacker& attacker : attackers.attackers) {
    wanted.insert(wanted.end(), attacker.person.begin(), attacker.person.end());
  }
  return wanted;
}

// The person's fields where no file of people has them.
Result<std::optional<Inputs::PersonFields>> fields_on_lines(Inputs& inputs, const Stop& stop) {
  if (inputs.people() != nullptr) {
    return std::nullopt;
  }
  return inputs.person_fields(stop);
}

// The paths are gone when it returns, before others are read.
Status attack_events(Inputs& inputs, const std::optional<Inputs::PersonFields>& fields,
                     Inputs* other, const AssessmentQuestion& question, Progress& progress,
                     const Stop& stop, Assessment& assessment) {
  const std::string person = other == nullptr ? "" : question.person;
  ASSIGN_OR_RETURN(
      const std::optional<EventsRead> events,
      read_events(inputs, fields, wanted_by(question.attackers), person, progress, stop));
  if (!events) {
    return {};
  }
  ASSIGN_OR_RETURN(assessment.paths, attack_paths(*events, question, progress, stop));
  if (other == nullptr) {
    return {};
  }
  ASSIGN_OR_RETURN(const auto other_fields, fields_on_lines(*other, stop));
  ASSIGN_OR_RETURN(const std::optional<EventsRead> second,
                   read_events(*other, other_fields, {}, person, progress, stop));
  if (second) {
    ASSIGN_OR_RETURN(assessment.paths_linkage,
                     link_events(*events, *second, names_of(*other), question, progress, stop));
  }
  return {};
}

Result<std::optional<PeopleAnswer>> people_of(Inputs& inputs,
                                              std::optional<Inputs::PersonFields>& fields,
                                              const AssessmentQuestion& question,
                                              Progress& progress, const Stop& stop) {
  if (Input* input = inputs.people()) {
    const FileGuess& guess = input->guess;
    PeopleAnswer people{.file = guess.file,
                        .columns = guess.known_columns(),
                        .named_by = guess.names_of_role(ColumnRole::drop),
                        .several_lines = guess.several_lines};
    if (people.columns.empty()) {
      return bad_input("no column is left that an attacker may know", input->file.path().string(),
                       "say what a column is: --column NAME=quasi");
    }
    SpecialColumns special{.sensitive = guess.names_of_role(ColumnRole::sensitive)};
    for (const ColumnGuess& column : guess.columns) {
      if (only_names(column) && known_to_attackers(column.role)) {
        special.names.push_back(column.name);
      }
    }
    const ColumnGuess* weight = guess.of_role(ColumnRole::weight);
    special.weight = weight == nullptr ? "" : weight->name;
    return attack_people(input->file, std::move(people), special, question, progress, stop);
  }
  if (!fields) {
    return std::nullopt;
  }
  return attack_people(fields->file,
                       {.file = fields->from, .columns = fields->columns, .from_events = true},
                       {fields->sensitive, fields->names, ""}, question, progress, stop);
}

Result<std::optional<LinkageAnswer>> linked_people(Inputs& inputs, Inputs& other,
                                                   const AssessmentQuestion& question,
                                                   Progress& progress, const Stop& stop) {
  Input* first = inputs.people();
  Input* second = other.people();
  if (first == nullptr || second == nullptr) {
    return std::nullopt;
  }
  return link_people(first->file, first->guess.known_columns(), second->file, question, progress,
                     stop);
}

}  // namespace

Result<Assessment> assess(Inputs& inputs, Inputs* other, const AssessmentQuestion& question,
                          Progress& progress, const Stop& stop) {
  Assessment assessment;
  assessment.files = inputs.guesses();
  assessment.what = names_of(inputs);
  ASSIGN_OR_RETURN(assessment.link, inputs.link(stop));
  ASSIGN_OR_RETURN(auto fields, fields_on_lines(inputs, stop));
  RETURN_IF_ERROR(attack_events(inputs, fields, other, question, progress, stop, assessment));
  ASSIGN_OR_RETURN(assessment.people, people_of(inputs, fields, question, progress, stop));
  if (other != nullptr) {
    ASSIGN_OR_RETURN(assessment.linkage, linked_people(inputs, *other, question, progress, stop));
    if (!assessment.linkage && !assessment.paths_linkage) {
      return bad_input("one export is of events and the other of people, so they cannot be joined",
                       names_of(*other),
                       "a file of events has a patient on several lines, a day and a code: "
                       "--patient, --day, --code");
    }
  }
  return assessment;
}

Result<Assessment> assess(const Vault& vault, const std::vector<std::string>& unknown,
                          const AssessmentQuestion& question, Progress& progress,
                          const Stop& stop) {
  Assessment assessment;
  assessment.what = as_utf8(vault.path().filename().string());
  ASSIGN_OR_RETURN(const EventsRead events, read_events(vault, unknown, progress, stop));
  ASSIGN_OR_RETURN(assessment.paths, attack_paths(events, question, progress, stop));
  return assessment;
}

}  // namespace parcours
