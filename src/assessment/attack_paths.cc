#include "assessment/attack_paths.h"

#include <algorithm>
#include <iterator>

#include "assessment/link_events.h"
#include "paths/known_people.h"

namespace parcours {
namespace {

// Children, the young, the working, the old: bands wide enough that most exports have the
// threshold's patients in each.
const std::vector<int> age_starts = {0, 6, 12, 18, 30, 45, 60, 75};

// The year that ages are taken in: that of the last event. Nothing where days are no dates.
std::optional<int> year_of_ages(const PathsRead& read) {
  if (read.calendar != Calendar::dates || read.paths.pair_days.empty()) {
    return std::nullopt;
  }
  return year_of(Day{std::ranges::max(read.paths.pair_days)});
}

std::vector<Grouping> groupings_of(const PathsRead& read, const People& people) {
  std::vector<Grouping> groupings;
  if (const PersonField* sex = find_field(people, "sex")) {
    groupings.push_back(grouping_of(*sex));
  }
  if (const PersonField* age = find_field(people, "age")) {
    const bool born = age->name == "birth_year";
    const auto year = year_of_ages(read);
    if (!born || year) {
      groupings.push_back(age_bands(*age, born ? year : std::nullopt, age_starts));
    }
  }
  if (const PersonField* region = find_field(people, "region")) {
    groupings.push_back(grouping_of(*region));
  }
  groupings.push_back(rarity_bands(read.paths));
  return groupings;
}

Result<WorstOff> worst_off(const PathsRead& read, const People& people, const PatientShares& shares,
                           std::uint64_t threshold) {
  WorstOff worst{shares.point, threshold, {}, {}};
  for (const Grouping& grouping : groupings_of(read, people)) {
    ASSIGN_OR_RETURN(GroupRisks risks, group_risks(shares, grouping, threshold));
    if (!risks.groups.empty()) {
      worst.groupings.push_back(std::move(risks));
    }
  }
  if (const PersonField* practice = find_field(people, "practice")) {
    ASSIGN_OR_RETURN(worst.practices, group_spread(shares, grouping_of(*practice), threshold));
  }
  return worst;
}

bool has(Calendar calendar, Timing timing) {
  return calendar != Calendar::order || timing == Timing::days || timing == Timing::order ||
         timing == Timing::none;
}

// Whether the export says more than an attacker knows who knows time in this way.
bool has_better(Precision precision, Timing timing) {
  return precision == Precision::days || (timing != Timing::weeks && timing != Timing::months);
}

// The headline's number of events and all of them, as far as they were asked for.
Result<TimingAnswer> known_by(Timing timing, const PathsRead& read, const PathsAnswer& paths,
                              Progress& progress, const Stop& stop) {
  TimingAnswer answer{timing, {}, {}};
  const auto wanted = [&](const std::optional<std::uint32_t>& known) {
    return !known || known == headline(paths.curve).known;
  };
  if (timing == Timing::days) {
    std::ranges::copy_if(paths.curve, std::back_inserter(answer.curve), [&](const CurvePoint& at) {
      return at.within_days == 0 && wanted(at.known);
    });
    answer.whole = whole_paths(read.paths);
    return answer;
  }
  CurveQuestion question = paths.question;
  question.within_days = {0};
  std::erase_if(question.known, [&](const auto& known) { return !wanted(known); });
  ASSIGN_OR_RETURN(const Paths known,
                   known_paths(read.paths, timing, read.calendar, read.precision, stop));
  ASSIGN_OR_RETURN(answer.curve, uniqueness_curve(known, question, progress, stop));
  answer.whole = whole_paths(known);
  return answer;
}

// Attackers who know days that the calendar does not have are told of without a figure.
Result<std::vector<AttackerAnswer>> figures_of(const PathsRead& read, const People& people,
                                               const AssessmentQuestion& question,
                                               Progress& progress, const Stop& stop) {
  Attackers able{{}, question.attackers.kinds};
  std::ranges::copy_if(question.attackers.attackers, std::back_inserter(able.attackers),
                       [&](const Attacker& one) { return has(read.calendar, one.timing); });
  const CurveQuestion& curve = question.curve;
  ASSIGN_OR_RETURN(
      std::vector<AttackFigure> figures,
      attack(read, people, able,
             {.draws = curve.draws, .seed = curve.seed, .threads = curve.threads}, progress, stop));
  std::vector<AttackerAnswer> answers;
  auto figure = figures.begin();
  for (const Attacker& one : question.attackers.attackers) {
    if (has(read.calendar, one.timing)) {
      AttackFigure& found = *figure++;
      // Of fewer patients than the threshold nothing is told by themselves.
      found.applies = found.applies < question.threshold.value_or(0) ? 0 : found.applies;
      answers.push_back({one, std::move(found)});
    } else {
      answers.push_back({one, {.not_there = {timings()[static_cast<std::size_t>(one.timing)]}}});
    }
  }
  return answers;
}

// For somebody who knows the person's fields as well, at the first tolerance.
Status add_fields(const EventsRead& events, Progress& progress, const Stop& stop,
                  PathsAnswer& paths) {
  if (events.known.empty()) {
    return {};
  }
  CurveQuestion question = paths.question;
  question.within_days.resize(1);
  ASSIGN_OR_RETURN(const Paths known, known_people(events.read.paths, events.known, stop));
  ASSIGN_OR_RETURN(paths.with_fields, uniqueness_curve(known, question, progress, stop));
  paths.fields = names_of(events.known);
  return {};
}

}  // namespace

std::vector<std::int32_t> tolerances(const std::vector<std::int32_t>& asked, Precision precision) {
  static constexpr std::int32_t shortest[] = {1, 7, 28, 90, 365};  // as Precision
  std::vector<std::int32_t> left;
  std::ranges::copy_if(asked, std::back_inserter(left), [&](std::int32_t within) {
    return within == 0 || within >= shortest[static_cast<std::size_t>(precision)];
  });
  return left.empty() ? std::vector<std::int32_t>{0} : left;
}

Result<PathsAnswer> attack_paths(const EventsRead& events, const AssessmentQuestion& question,
                                 Progress& progress, const Stop& stop) {
  const PathsRead& read = events.read;
  PathsAnswer paths{.patients = read.paths.patients(),
                    .events = read.events,
                    .left_out = read.left_out,
                    .calendar = read.calendar,
                    .precision = read.precision,
                    .question = question.curve};
  paths.question.within_days = tolerances(question.curve.within_days, read.precision);
  const auto visit = [&](const PatientShares& shares) -> Status {
    paths.curve.push_back(shares.point);
    const bool first = paths.curve.size() == 1;
    const bool told = &headline(paths.curve) == &paths.curve.back();
    if (question.threshold && (first || told)) {
      ASSIGN_OR_RETURN(paths.worst_off, worst_off(read, events.named, shares, *question.threshold));
    }
    return {};
  };
  RETURN_IF_ERROR(visit_shares(read.paths, paths.question, visit, progress, stop));
  RETURN_IF_ERROR(add_fields(events, progress, stop, paths));
  for (const Timing timing : question.timings) {
    if (has(read.calendar, timing) && has_better(read.precision, timing)) {
      ASSIGN_OR_RETURN(TimingAnswer answer, known_by(timing, read, paths, progress, stop));
      paths.timings.push_back(std::move(answer));
    }
  }
  ASSIGN_OR_RETURN(paths.attackers, figures_of(read, events.named, question, progress, stop));
  if (question.periods) {
    ASSIGN_OR_RETURN(paths.succession, successive(events, question, progress, stop));
  }
  return paths;
}

}  // namespace parcours
