#include "assessment/link_events.h"

#include <algorithm>

#include "paths/known_people.h"

namespace parcours {
namespace {

constexpr double paper_eccentricity = 1.5;
constexpr std::size_t most_periods = 60;

LinkQuestion link_question(const AssessmentQuestion& question) {
  return {.within_days = 0,
          .eccentricity = paper_eccentricity,
          .sample = std::max<std::uint64_t>(1, question.attacks),
          .seed = question.curve.seed,
          .threads = question.threads};
}

// Who is who: by the column that says it, else by the patients' own codes where both exports have some of the same.
void find_partners(const EventsRead& first, const EventsRead& second, TwoExports& exports,
                   PathsLinkageAnswer& answer) {
  if (first.who && second.who) {
    exports.partners = partners_by(*first.who, *second.who);
    answer.known_by = first.who->name;
  }
  const auto in_both = static_cast<std::uint64_t>(std::ranges::count_if(
      exports.partners, [](std::uint32_t partner) { return partner != no_partner; }));
  if (in_both == 0) {
    exports.partners.clear();
  } else {
    answer.in_both = in_both;
  }
}

}  // namespace

Result<PathsLinkageAnswer> link_events(const EventsRead& first, const EventsRead& second,
                                       const std::string& other, const AssessmentQuestion& question,
                                       Progress& progress, const Stop& stop) {
  PathsLinkageAnswer answer{.other = other, .patients_of_other = second.read.paths.patients()};
  ASSIGN_OR_RETURN(TwoExports exports, align(first.read, second.read, stop));
  find_partners(first, second, exports, answer);
  answer.fields = common_fields(first.known, second.known);
  LinkQuestion how = link_question(question);
  const auto add = [&](const TwoExports& known, LinkWay way) -> Status {
    how.within_days = way.within_days;
    ASSIGN_OR_RETURN(way.found, link(known, how, progress, stop));
    answer.ways.push_back(way);
    return {};
  };
  const auto add_without_days = [&](const TwoExports& dated, bool with_fields) -> Status {
    ASSIGN_OR_RETURN(const TwoExports codes,
                     known_exports(dated, Timing::none, first.read.calendar, stop));
    return add(codes, {.timing = Timing::none, .with_fields = with_fields});
  };
  const bool dated = first.read.calendar == second.read.calendar;
  if (dated) {
    answer.whole = exact_joins(exports);
    for (const std::int32_t within : question.curve.within_days) {
      RETURN_IF_ERROR(add(exports, {.within_days = within}));
    }
  }
  RETURN_IF_ERROR(add_without_days(exports, false));
  if (answer.fields.empty()) {
    return answer;
  }
  ASSIGN_OR_RETURN(exports, known_people(exports, first.known, second.known, stop));
  if (dated) {
    RETURN_IF_ERROR(
        add(exports, {.within_days = question.curve.within_days.front(), .with_fields = true}));
  }
  RETURN_IF_ERROR(add_without_days(exports, true));
  return answer;
}

Result<SuccessionAnswer> successive(const EventsRead& events, const AssessmentQuestion& question,
                                    Progress& progress, const Stop& stop) {
  const Paths& paths = events.read.paths;
  const LinkQuestion how = link_question(question);
  ASSIGN_OR_RETURN(const std::vector<std::int32_t> starts,
                   period_starts(paths, events.read.calendar, *question.periods, most_periods));
  ASSIGN_OR_RETURN(const auto periods, succession(paths, starts, how, progress, stop));
  SuccessionAnswer answer;
  for (const PeriodFigures& period : periods) {
    answer.periods.push_back({period, std::nullopt});
  }
  if (events.known.empty()) {
    return answer;
  }
  ASSIGN_OR_RETURN(const Paths known, known_people(paths, events.known, stop));
  ASSIGN_OR_RETURN(const auto joined, joined_periods(known, starts, how, progress, stop));
  for (std::size_t p = 0; p < joined.size(); ++p) {
    answer.periods[p].joined_with_fields = joined[p];
  }
  for (const PersonField& field : events.known) {
    answer.fields.push_back(field.name);
  }
  return answer;
}

}  // namespace parcours
