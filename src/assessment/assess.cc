#include "assessment/assess.h"

#include <fmt/format.h>

#include "assessment/attack_paths.h"
#include "assessment/attack_people.h"
#include "paths/people.h"
#include "paths/read_paths.h"
#include "paths/vault_paths.h"

namespace parcours {
namespace {

// The paths are gone when it returns, before others are read.
Result<PathsAnswer> attack_events(Inputs& inputs, Inputs::Events& events,
                                  const AssessmentQuestion& question, Progress& progress,
                                  const Stop& stop) {
  ASSIGN_OR_RETURN(const PathsRead read, read_paths(events.file, events.roles, progress, stop));
  std::vector<std::string> wanted;
  for (const Attacker& attacker : question.attackers.attackers) {
    wanted.insert(wanted.end(), attacker.person.begin(), attacker.person.end());
  }
  People people;
  if (const auto columns = inputs.person_columns(wanted)) {
    ASSIGN_OR_RETURN(people,
                     read_people(*columns->file, columns->patient, columns->fields, read, stop));
  }
  return attack_paths(read, people, question, progress, stop);
}

Status add_fields(Inputs& inputs, Progress& progress, const Stop& stop, PathsAnswer& paths) {
  ASSIGN_OR_RETURN(auto joint, inputs.events_with_fields(stop));
  if (!joint) {
    return {};
  }
  CurveQuestion question = paths.question;
  question.within_days.resize(1);
  ASSIGN_OR_RETURN(const PathsRead read,
                   read_paths(joint->events.file, joint->events.roles, progress, stop));
  ASSIGN_OR_RETURN(paths.with_fields, uniqueness_curve(read.paths, question, progress, stop));
  paths.fields = joint->fields;
  return {};
}

Result<std::optional<PeopleAnswer>> people_of(Inputs& inputs, const AssessmentQuestion& question,
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
    const ColumnGuess* weight = guess.of_role(ColumnRole::weight);
    return attack_people(input->file, std::move(people), guess.names_of_role(ColumnRole::sensitive),
                         weight == nullptr ? "" : weight->name, question, progress, stop);
  }
  ASSIGN_OR_RETURN(std::optional<Inputs::PersonFields> fields, inputs.person_fields(stop));
  if (!fields) {
    return std::nullopt;
  }
  return attack_people(fields->file,
                       {.file = fields->from, .columns = fields->columns, .from_events = true},
                       fields->sensitive, "", question, progress, stop);
}

}  // namespace

Result<Assessment> assess(Inputs& inputs, const AssessmentQuestion& question, Progress& progress,
                          const Stop& stop) {
  Assessment assessment;
  assessment.files = inputs.guesses();
  std::vector<std::string> names;
  for (const FileGuess& guess : assessment.files) {
    names.push_back(guess.file);
  }
  assessment.what = fmt::format("{}", fmt::join(names, ", "));
  ASSIGN_OR_RETURN(assessment.link, inputs.link(stop));
  ASSIGN_OR_RETURN(std::optional<Inputs::Events> events, inputs.events(stop));
  if (events) {
    ASSIGN_OR_RETURN(assessment.paths, attack_events(inputs, *events, question, progress, stop));
    events.reset();
    RETURN_IF_ERROR(add_fields(inputs, progress, stop, *assessment.paths));
  }
  ASSIGN_OR_RETURN(assessment.people, people_of(inputs, question, progress, stop));
  if (question.other) {
    Input* people = inputs.people();
    if (people == nullptr) {
      return bad_input("no file of people is there to link with another", question.other->string(),
                       "--with takes a second export with one line a person");
    }
    ASSIGN_OR_RETURN(assessment.linkage, link_people(people->file, people->guess.known_columns(),
                                                     question, progress, stop));
  }
  return assessment;
}

Result<Assessment> assess(const Vault& vault, const AssessmentQuestion& question,
                          Progress& progress, const Stop& stop) {
  Assessment assessment;
  assessment.what = vault.path().filename().string();
  ASSIGN_OR_RETURN(const PathsRead read, read_paths(vault, progress, stop));
  ASSIGN_OR_RETURN(const People people, read_people(vault, progress, stop));
  ASSIGN_OR_RETURN(assessment.paths, attack_paths(read, people, question, progress, stop));
  return assessment;
}

}  // namespace parcours
