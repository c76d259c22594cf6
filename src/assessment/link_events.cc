#include "assessment/link_events.h"

#include <fmt/format.h>

#include <algorithm>

#include "assessment/attack_paths.h"
#include "base/letters.h"
#include "paths/field_stand_ins.h"
#include "paths/known_people.h"

namespace parcours::assessment {
namespace {

constexpr double paper_eccentricity = 1.5;
constexpr std::size_t most_periods = 60;

paths::LinkQuestion link_question(const AssessmentQuestion& question) {
  return {.within_days = 0,
          .eccentricity = paper_eccentricity,
          .sample = std::max<std::uint64_t>(1, question.attacks),
          .seed = question.curve.seed,
          .threads = question.threads};
}

std::uint64_t in_both(const paths::TwoExports& exports) {
  return static_cast<std::uint64_t>(std::ranges::count_if(
      exports.partners, [](std::uint32_t partner) { return partner != paths::no_partner; }));
}

// Who is who, by the column that says it. That patients' codes are the same says nothing by itself:
// 1, 2, 3 are in many files.
void find_partners(const EventsRead& first, const EventsRead& second, paths::TwoExports& exports,
                   PathsLinkageAnswer& answer) {
  answer.same_codes = in_both(exports);
  exports.partners.clear();
  if (!first.who || !second.who) {
    return;
  }
  exports.partners = paths::partners_by(*first.who, *second.who);
  answer.known_by = first.who->name;
  answer.in_both = in_both(exports);
  if (answer.in_both == 0) {
    answer.in_both.reset();
    answer.nobody_in_both = true;
    exports.partners.clear();
  }
}

}  // namespace

Result<PathsLinkageAnswer> link_events(const EventsRead& first, const EventsRead& second,
                                       const std::string& other, const AssessmentQuestion& question,
                                       Progress& progress, const Stop& stop) {
  PathsLinkageAnswer answer{.other = other, .patients_of_other = second.read.paths.patients()};
  ASSIGN_OR_RETURN(paths::TwoExports exports, paths::align(first.read, second.read, stop));
  find_partners(first, second, exports, answer);
  if (paths::common_codes(exports) == 0) {
    return bad_input(fmt::format("no code of one export is in {}, so nothing joins their patients",
                                 answer.other),
                     {}, "name the columns that hold the same codes: --code COLUMN");
  }
  answer.fields = paths::common_fields(first.known, second.known);
  // Beside those of each export, what the values of both together give away.
  paths::SharedFields fields = paths::without_shared_stand_ins(first.known, second.known);
  const auto of_common = [&](std::vector<StandIn> found, const std::vector<StandIn>& more) {
    found.insert(found.end(), more.begin(), more.end());
    std::erase_if(found, [&](const StandIn& one) {
      return std::ranges::none_of(answer.fields, [&](const std::string& field) {
        return lower(field) == lower(one.column);
      });
    });
    return found;
  };
  answer.stand_ins = of_common(first.stand_ins, fields.found_first);
  answer.stand_ins_of_other = of_common(second.stand_ins, fields.found_second);
  paths::LinkQuestion how = link_question(question);
  const auto add = [&](const paths::TwoExports& known, LinkWay way) -> Status {
    how.within_days = way.within_days;
    ASSIGN_OR_RETURN(way.found, link(known, how, progress, stop));
    answer.ways.push_back(way);
    return {};
  };
  const bool dated = first.read.calendar == second.read.calendar;
  const Precision precision = std::max(first.read.precision, second.read.precision);
  const bool differ = first.read.precision != second.read.precision;
  if (dated && differ) {
    ASSIGN_OR_RETURN(exports,
                     paths::as_precise(exports, first.read.precision, second.read.precision, stop));
  }
  // Days that were shifted for each patient, or count from a day of their own, still say how many
  // lie between two events; in which order they came is left of the coarsest.
  const auto add_other_timings = [&](const paths::TwoExports& all, bool with_fields) -> Status {
    const auto counted = [](const EventsRead& events) {
      return events.read.calendar != Calendar::order;
    };
    for (const paths::Timing timing :
         {paths::Timing::since_first, paths::Timing::order, paths::Timing::none}) {
      const bool there = timing != paths::Timing::since_first ||
                         (counted(first) && counted(second) && (dated || !differ));
      if (there && !(with_fields && timing == paths::Timing::order)) {
        ASSIGN_OR_RETURN(const paths::TwoExports known,
                         paths::known_exports(all, timing, first.read.calendar, precision, stop));
        RETURN_IF_ERROR(
            add(known, {.timing = timing, .precision = precision, .with_fields = with_fields}));
      }
    }
    return {};
  };
  const std::vector<std::int32_t> within = tolerances(question.curve.within_days, precision);
  if (dated) {
    answer.whole = paths::exact_joins(exports);
    for (const std::int32_t days : within) {
      RETURN_IF_ERROR(add(exports, {.precision = precision, .within_days = days}));
    }
  }
  RETURN_IF_ERROR(add_other_timings(exports, false));
  if (answer.fields.empty()) {
    return answer;
  }
  ASSIGN_OR_RETURN(exports, paths::known_people(exports, fields.first, fields.second, stop));
  if (dated) {
    RETURN_IF_ERROR(
        add(exports, {.precision = precision, .within_days = within.front(), .with_fields = true}));
  }
  RETURN_IF_ERROR(add_other_timings(exports, true));
  return answer;
}

Result<SuccessionAnswer> successive(const EventsRead& events, const AssessmentQuestion& question,
                                    Progress& progress, const Stop& stop) {
  const paths::Paths& paths = events.read.paths;
  const paths::LinkQuestion how = link_question(question);
  ASSIGN_OR_RETURN(
      const std::vector<std::int32_t> starts,
      paths::period_starts(paths, events.read.calendar, *question.periods, most_periods));
  ASSIGN_OR_RETURN(const auto periods, paths::succession(paths, starts, how, progress, stop));
  SuccessionAnswer answer;
  const std::uint64_t threshold = question.threshold.value_or(0);
  for (const paths::PeriodFigures& period : periods) {
    const bool told = period.patients == 0 || period.patients >= threshold;
    answer.periods.push_back({period, told, std::nullopt});
    // Few who came back are few of whom it would be told; so are all the patients of a period that
    // had few.
    auto& joined = answer.periods.back().figures.joined;
    if (joined && joined->in_both < threshold) {
      joined.reset();
    }
  }
  if (events.known.empty()) {
    return answer;
  }
  ASSIGN_OR_RETURN(const paths::Paths known, paths::known_people(paths, events.known, stop));
  ASSIGN_OR_RETURN(const auto joined, paths::joined_periods(known, starts, how, progress, stop));
  for (std::size_t p = 0; p < joined.size(); ++p) {
    if (answer.periods[p].figures.joined) {
      answer.periods[p].joined_with_fields = joined[p];
    }
  }
  answer.fields = paths::names_of(events.known);
  return answer;
}

}  // namespace parcours::assessment
