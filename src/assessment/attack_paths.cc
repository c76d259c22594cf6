#include "assessment/attack_paths.h"

#include <algorithm>
#include <iterator>

#include "assessment/link_events.h"
#include "paths/known_people.h"

namespace parcours::assessment {
namespace {

// Children, the young, the working, the old: bands wide enough that most exports have the
// threshold's patients in each.
const std::vector<int> age_starts = {0, 6, 12, 18, 30, 45, 60, 75};

// The year that ages are taken in: that of the last event. Nothing where days are no dates.
std::optional<int> year_of_ages(const paths::PathsRead& read) {
  if (read.calendar != Calendar::dates || read.paths.pair_days.empty()) {
    return std::nullopt;
  }
  return year_of(Day{std::ranges::max(read.paths.pair_days)});
}

std::vector<paths::Grouping> groupings_of(const paths::PathsRead& read,
                                          const paths::People& people) {
  std::vector<paths::Grouping> groupings;
  if (const paths::PersonField* sex = paths::find_field(people, "sex")) {
    groupings.push_back(paths::grouping_of(*sex));
  }
  if (const paths::PersonField* age = paths::find_field(people, "age")) {
    const bool born = age->name == "birth_year";
    const auto year = year_of_ages(read);
    if (!born || year) {
      groupings.push_back(paths::age_bands(*age, born ? year : std::nullopt, age_starts));
    }
  }
  if (const paths::PersonField* region = paths::find_field(people, "region")) {
    groupings.push_back(paths::grouping_of(*region));
  }
  groupings.push_back(paths::rarity_bands(read.paths));
  return groupings;
}

Result<WorstOff> worst_off(const paths::PathsRead& read, const paths::People& people,
                           const paths::PatientShares& shares, std::uint64_t threshold) {
  WorstOff worst{shares.point, threshold, {}, {}};
  for (const paths::Grouping& grouping : groupings_of(read, people)) {
    ASSIGN_OR_RETURN(paths::GroupRisks risks, paths::group_risks(shares, grouping, threshold));
    if (!risks.groups.empty()) {
      worst.groupings.push_back(std::move(risks));
    }
  }
  if (const paths::PersonField* practice = paths::find_field(people, "practice")) {
    ASSIGN_OR_RETURN(worst.practices,
                     paths::group_spread(shares, paths::grouping_of(*practice), threshold));
  }
  return worst;
}

bool has(Calendar calendar, paths::Timing timing) {
  return calendar != Calendar::order || timing == paths::Timing::days ||
         timing == paths::Timing::order || timing == paths::Timing::none;
}

// Whether the export says more than an attacker knows who knows time in this way.
bool has_better(Precision precision, paths::Timing timing) {
  return precision == Precision::days ||
         (timing != paths::Timing::weeks && timing != paths::Timing::months);
}

// The headline's number of events and all of them, as far as they were asked for.
Result<TimingAnswer> known_by(paths::Timing timing, const paths::PathsRead& read,
                              const PathsAnswer& paths, Progress& progress, const Stop& stop) {
  TimingAnswer answer{timing, {}, {}};
  const auto wanted = [&](const std::optional<std::uint32_t>& known) {
    return !known || known == headline(paths.curve).known;
  };
  if (timing == paths::Timing::days) {
    std::ranges::copy_if(
        paths.curve, std::back_inserter(answer.curve),
        [&](const paths::CurvePoint& at) { return at.within_days == 0 && wanted(at.known); });
    answer.whole = paths::whole_paths(read.paths);
    return answer;
  }
  paths::CurveQuestion question = paths.question;
  question.within_days = {0};
  std::erase_if(question.known, [&](const auto& known) { return !wanted(known); });
  ASSIGN_OR_RETURN(const paths::Paths known,
                   paths::known_paths(read.paths, timing, read.calendar, read.precision, stop));
  ASSIGN_OR_RETURN(answer.curve, paths::uniqueness_curve(known, question, progress, stop));
  answer.whole = paths::whole_paths(known);
  return answer;
}

// Attackers who know days that the calendar does not have are told of without a figure.
Result<std::vector<AttackerAnswer>> figures_of(const paths::PathsRead& read,
                                               const paths::People& people,
                                               const AssessmentQuestion& question,
                                               Progress& progress, const Stop& stop) {
  paths::Attackers able{{}, question.attackers.kinds};
  std::ranges::copy_if(question.attackers.attackers, std::back_inserter(able.attackers),
                       [&](const paths::Attacker& one) { return has(read.calendar, one.timing); });
  const paths::CurveQuestion& curve = question.curve;
  ASSIGN_OR_RETURN(
      std::vector<paths::AttackFigure> figures,
      attack(read, people, able,
             {.draws = curve.draws, .seed = curve.seed, .threads = curve.threads}, progress, stop));
  std::vector<AttackerAnswer> answers;
  auto figure = figures.begin();
  for (const paths::Attacker& one : question.attackers.attackers) {
    if (has(read.calendar, one.timing)) {
      paths::AttackFigure& found = *figure++;
      // Of fewer patients than the threshold nothing is told by themselves.
      found.applies = found.applies < question.threshold.value_or(0) ? 0 : found.applies;
      answers.push_back({one, std::move(found)});
    } else {
      answers.push_back(
          {one, {.not_there = {paths::timings()[static_cast<std::size_t>(one.timing)]}}});
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
  paths::CurveQuestion question = paths.question;
  question.within_days.resize(1);
  ASSIGN_OR_RETURN(const paths::Paths known,
                   paths::known_people(events.read.paths, events.known, stop));
  ASSIGN_OR_RETURN(paths.with_fields, paths::uniqueness_curve(known, question, progress, stop));
  paths.fields = paths::names_of(events.known);
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

Result<CurveAnswer> attack_curve(const paths::PathsRead& read, const AssessmentQuestion& question,
                                 const First& first, Progress& progress, const Stop& stop) {
  CurveAnswer answer{.paths = {.patients = read.paths.patients(),
                               .events = read.events,
                               .left_out = read.left_out,
                               .calendar = read.calendar,
                               .precision = read.precision,
                               .question = question.curve},
                     .told = {}};
  PathsAnswer& paths = answer.paths;
  paths.question.within_days = tolerances(question.curve.within_days, read.precision);
  const std::optional<std::uint32_t> two = 2;
  const bool two_comes = std::ranges::find(paths.question.known, two) != paths.question.known.end();
  bool stands = false;
  const auto visit = [&](const paths::PatientShares& shares) -> Status {
    paths.curve.push_back(shares.point);
    if (stands || (two_comes && shares.point.known != two)) {
      return {};
    }
    stands = true;
    if (question.threshold) {
      answer.told = shares;
    }
    first(paths);
    return {};
  };
  RETURN_IF_ERROR(paths::visit_shares(read.paths, paths.question, visit, progress, stop));
  return answer;
}

Result<PathsAnswer> attack_paths(CurveAnswer curve, const EventsRead& events,
                                 const AssessmentQuestion& question, Progress& progress,
                                 const Stop& stop) {
  const paths::PathsRead& read = events.read;
  PathsAnswer paths = std::move(curve.paths);
  if (question.threshold && curve.told) {
    ASSIGN_OR_RETURN(paths.worst_off,
                     worst_off(read, events.named, *curve.told, *question.threshold));
    curve.told.reset();
  }
  RETURN_IF_ERROR(add_fields(events, progress, stop, paths));
  for (const paths::Timing timing : question.timings) {
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

}  // namespace parcours::assessment
