#include "assessment/assess.h"

#include <fmt/format.h>

#include "assessment/answer.h"
#include "assessment/attack_paths.h"
#include "assessment/attack_people.h"
#include "assessment/link_events.h"
#include "assessment/read_events.h"
#include "assessment/words.h"
#include "base/utf8.h"
#include "exports/unread_days.h"

namespace parcours::assessment {
namespace {

std::string names_of(const Inputs& inputs) {
  std::vector<std::string> names;
  for (const exports::FileGuess& guess : inputs.guesses()) {
    names.push_back(guess.file);
  }
  return fmt::format("{}", fmt::join(names, ", "));
}

std::vector<std::string> wanted_by(const paths::Attackers& attackers) {
  std::vector<std::string> wanted;
  for (const paths::Attacker& attacker : attackers.attackers) {
    wanted.insert(wanted.end(), attacker.person.begin(), attacker.person.end());
  }
  return wanted;
}

// What is known first, for a reader who has to wait for the rest.
void tell_first(const PathsAnswer& paths, const Assessment& assessment, Progress& progress) {
  Assessment first = assessment;
  first.paths = paths;
  progress.remark(fmt::format("The first part of the answer: {}{} The rest follows.",
                              first.of_vault ? stays_inside().en + " " : "", answer(first)));
}

// The paths are gone when it returns, before others are read.
Status attack_events(Inputs& inputs, Inputs* other, const AssessmentQuestion& question,
                     Progress& progress, const Stop& stop, Assessment& assessment) {
  const std::string person = other == nullptr ? "" : question.person;
  ASSIGN_OR_RETURN(std::optional<EventsRead> events, read_events(inputs, progress, stop));
  if (!events) {
    return {};
  }
  const auto tell = [&](const PathsAnswer& paths) { tell_first(paths, assessment, progress); };
  ASSIGN_OR_RETURN(CurveAnswer curve, attack_curve(events->read, question, tell, progress, stop));
  ASSIGN_OR_RETURN(events, with_people(*std::move(events), inputs, wanted_by(question.attackers),
                                       person, progress, stop));
  ASSIGN_OR_RETURN(assessment.paths,
                   attack_paths(std::move(curve), *events, question, progress, stop));
  if (other == nullptr) {
    return {};
  }
  ASSIGN_OR_RETURN(std::optional<EventsRead> second, read_events(*other, progress, stop));
  if (second) {
    ASSIGN_OR_RETURN(second, with_people(*std::move(second), *other, {}, person, progress, stop));
    ASSIGN_OR_RETURN(assessment.paths_linkage,
                     link_events(*events, *second, names_of(*other), question, progress, stop));
  }
  return {};
}

// Nothing where the export says nothing of people but their events.
Result<std::optional<PeopleAnswer>> people_of(Inputs& inputs, const AssessmentQuestion& question,
                                              Progress& progress, const Stop& stop) {
  ASSIGN_OR_RETURN(exports::Persons * persons, inputs.persons(stop));
  if (persons == nullptr) {
    return std::nullopt;
  }
  if (!persons->known().empty()) {
    return attack_people(*persons, question, progress, stop);
  }
  if (persons->on_lines_of_events) {
    return std::nullopt;
  }
  return bad_input("no column is left that an attacker may know", persons->file.path().string(),
                   "say what a column is: --column NAME=quasi");
}

// Of two files of people.
Result<std::optional<LinkageAnswer>> linked_people(Inputs& inputs, Inputs& other,
                                                   const AssessmentQuestion& question,
                                                   Progress& progress, const Stop& stop) {
  ASSIGN_OR_RETURN(exports::Persons * first, inputs.persons(stop));
  ASSIGN_OR_RETURN(exports::Persons * second, other.persons(stop));
  if (first == nullptr || first->on_lines_of_events || second == nullptr ||
      second->on_lines_of_events) {
    return std::nullopt;
  }
  return link_people(*first, *second, question, progress, stop);
}

}  // namespace

Result<Assessment> assess(Inputs& inputs, Inputs* other, const AssessmentQuestion& question,
                          Progress& progress, const Stop& stop) {
  Assessment assessment;
  assessment.files = inputs.guesses();
  for (const exports::FileGuess& guess : assessment.files) {
    RETURN_IF_ERROR(exports::check_days(guess));
  }
  assessment.what = names_of(inputs);
  ASSIGN_OR_RETURN(assessment.link, inputs.link(stop));
  RETURN_IF_ERROR(attack_events(inputs, other, question, progress, stop, assessment));
  ASSIGN_OR_RETURN(assessment.people, people_of(inputs, question, progress, stop));
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

Result<Assessment> assess(const vault::Vault& vault, const std::vector<std::string>& unknown,
                          const AssessmentQuestion& question, Progress& progress,
                          const Stop& stop) {
  Assessment assessment;
  assessment.what = as_utf8(vault.path().filename().string());
  assessment.of_vault = true;
  ASSIGN_OR_RETURN(const EventsRead events,
                   read_events(vault, unknown, question.threads, progress, stop));
  const auto tell = [&](const PathsAnswer& paths) { tell_first(paths, assessment, progress); };
  ASSIGN_OR_RETURN(CurveAnswer curve, attack_curve(events.read, question, tell, progress, stop));
  ASSIGN_OR_RETURN(assessment.paths,
                   attack_paths(std::move(curve), events, question, progress, stop));
  return assessment;
}

}  // namespace parcours::assessment
