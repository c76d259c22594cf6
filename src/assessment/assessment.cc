#include "assessment/assessment.h"

#include <fmt/format.h>

#include <algorithm>

#include "assessment/words.h"
#include "page/numbers.h"

namespace parcours {
namespace {

std::string point_name(const CurvePoint& point) {
  const std::string known = point.known ? std::to_string(*point.known) : "all";
  return point.within_days == 0
             ? fmt::format("singled_out_by_{}", known)
             : fmt::format("singled_out_by_{}_within_{}", known, point.within_days);
}

std::string point_words(const CurvePoint& point) {
  return fmt::format(
      "share of patients singled out by {}{}", known_in_words(point.known).en,
      point.within_days == 0 ? "" : ", each known " + tolerance_in_words(point.within_days).en);
}

// What the ways of knowing less, and the attackers, single out.
void add_knowledge(const PathsAnswer& paths, std::vector<Measure>& all) {
  for (const TimingAnswer& one : paths.timings) {
    const std::string& timing = timings()[static_cast<std::size_t>(one.timing)];
    if (one.timing != Timing::days) {  // the curve's own
      for (const CurvePoint& point : one.curve) {
        all.push_back({point_name(point) + "_" + timing, point.unique_share,
                       point_words(point) + ", knowing " + in_words(one.timing).en, false,
                       point.high});
      }
    }
    all.push_back({"whole_path_" + timing, part_of(one.whole.unique, one.whole.patients),
                   "share of patients with whom nobody shares the whole path, knowing " +
                       in_words(one.timing).en});
  }
  for (const AttackerAnswer& one : paths.attackers) {
    if (one.figure.applies > 0) {
      all.push_back({"attacker_" + one.attacker.id, one.figure.unique_share,
                     one.attacker.title.en + ": share singled out of the patients whom they may "
                                             "know something of",
                     false, one.figure.high});
    }
  }
}

std::string name_of(const LinkWay& way) {
  return fmt::format("linked_by_{}{}{}", way.timing == Timing::days ? "days" : "codes",
                     way.within_days == 0 ? "" : fmt::format("_within_{}", way.within_days),
                     way.with_fields ? "_with_fields" : "");
}

void add_linkage(const PathsLinkageAnswer& linkage, std::vector<Measure>& all) {
  for (const LinkWay& way : linkage.ways) {
    const LinkFigures& found = way.found;
    const std::string name = name_of(way);
    if (found.tried == 0) {
      continue;
    }
    all.push_back({name, part_of(found.joined, found.tried),
                   "share of patients joined with one of the other export, by " + in_words(way).en,
                   false, found.joined_share.high});
    all.push_back({name + "_by_chance", part_of(found.by_chance, found.tried),
                   "the same of strangers, who are not in it"});
    if (linkage.in_both) {
      all.push_back(
          {name + "_right", part_of(found.correct, found.tried),
           "share of patients of both exports joined with themselves, by " + in_words(way).en,
           false, found.correct_share.high});
    }
  }
}

// What is still joined from one period to the next, at most, when every period has codes of its own; nothing where nobody came back.
void add_succession(const SuccessionAnswer& succession, std::vector<Measure>& all) {
  const auto most = [&](const auto& joined_of) {
    std::optional<double> highest;
    for (const PeriodAnswer& period : succession.periods) {
      const std::optional<LinkFigures>& joined = joined_of(period);
      if (period.told && joined && joined->tried > 0) {
        highest = std::max(highest.value_or(0), part_of(joined->correct, joined->tried));
      }
    }
    return highest;
  };
  if (const auto joined = most([](const PeriodAnswer& p) -> auto& { return p.figures.joined; })) {
    all.push_back({"joined_across_periods", *joined,
                   "share of patients joined with themselves from one period to the next by their "
                   "codes alone, at most"});
  }
  if (const auto joined =
          most([](const PeriodAnswer& p) -> auto& { return p.joined_with_fields; })) {
    all.push_back({"joined_across_periods_with_fields", *joined,
                   "the same, with the person's fields known as well"});
  }
}

void add_people(const PeopleAnswer& people, std::vector<Measure>& all) {
  const std::uint64_t records = people.alike.records();
  all.push_back({"average_match", people.prosecutor.average,
                 "share of people whom somebody who matches everyone gets right"});
  all.push_back({"highest_match", people.prosecutor.highest,
                 "highest chance to match a person who is known to be in the file"});
  for (const std::uint64_t k : group_sizes) {
    all.push_back({fmt::format("in_groups_below_{}", k),
                   part_of(people.alike.records_below(k), records),
                   fmt::format("share of people with fewer than {} alike in all fields", k)});
  }
  if (people.population) {
    const MatchRisk journalist = people.population->journalist_risk(1);
    all.push_back(
        {"average_match_in_population", journalist.average,
         "share of people whom somebody gets right who matches everyone with the population"});
    all.push_back({"highest_match_in_population", journalist.highest,
                   "highest chance to match a person of the file in the population"});
  }
  for (const AloneBy& alone : people.alone_by) {
    std::optional<double> high;
    if (people.drawn) {
      const double of_alone = part_of(alone.people, people.alike.uniques());
      high = wilson_interval(of_alone, static_cast<double>(*people.drawn)).high *
             part_of(people.alike.uniques(), records);
    }
    all.push_back({fmt::format("singled_out_by_{}_fields", alone.fields),
                   part_of(alone.people, records),
                   fmt::format("share of people whom {} well-chosen fields or fewer single out",
                               alone.fields),
                   false, high});
  }
  for (const SensitiveAnswer& one : people.sensitive) {
    all.push_back(
        {"learnt_" + one.column, part_of(one.people_learnt, records),
         "share of people whose " + one.column + " is what all who are alike in the rest have"});
    if (one.guessed) {
      all.push_back({"guessed_" + one.column, one.guessed->advantage(),
                     "how much more often " + one.column +
                         " is guessed right of people in the file than of others"});
    }
  }
  if (people.membership) {
    all.push_back({"membership", people.membership->advantage(),
                   "how much more often people in the file are taken to be in it than others"});
  }
  if (people.described) {
    all.push_back({"singled_out_by_descriptions", people.described->advantage(),
                   fmt::format("how much more often a description by {} fields fits one person of "
                               "the file alone than one of as many others",
                               people.described_by)});
  }
  if (people.presence) {
    all.push_back(
        {"presence", people.presence->highest,
         "highest chance that somebody of the population is in the file (delta-presence)"});
  }
  if (people.population_uniques) {
    all.push_back({"population_uniques", people.population_uniques->dankar,
                   "share of the population estimated to be alone in all fields"});
  }
  if (people.population) {
    for (const std::uint64_t k : group_sizes) {
      all.push_back({fmt::format("in_population_groups_below_{}", k),
                     part_of(people.population->records_below(k), records),
                     fmt::format("share of people with fewer than {} alike in the population", k)});
    }
  }
}

}  // namespace

bool enough(const PeopleAnswer& people) {
  return people.drop_order.empty() ||
         2 * people.drop_order.back().alone_left <= people.alike.uniques();
}

bool of_no_use(const PeopleAnswer& people) {
  return !people.drop_order.empty() &&
         100 * people.drop_order.back().alone_left > 99 * people.alike.uniques();
}

const CurvePoint& headline(const std::vector<CurvePoint>& curve) {
  const auto two = std::ranges::find(curve, std::optional<std::uint32_t>(2), &CurvePoint::known);
  return two == curve.end() ? curve.front() : *two;
}

const CurvePoint& headline_with_fields(const PathsAnswer& paths) {
  const auto same =
      std::ranges::find(paths.with_fields, headline(paths.curve).known, &CurvePoint::known);
  return same == paths.with_fields.end() ? paths.with_fields.front() : *same;
}

std::vector<Measure> measures(const Assessment& assessment) {
  std::vector<Measure> all;
  double singled_out = 0;
  double high = 0;
  const auto raise = [&](double value, double upper) {
    singled_out = std::max(singled_out, value);
    high = std::max(high, upper);
  };
  if (assessment.paths) {
    const CurvePoint& point = headline(assessment.paths->curve);
    raise(point.unique_share, point.high);
    if (!assessment.paths->with_fields.empty()) {
      const CurvePoint& with_fields = headline_with_fields(*assessment.paths);
      raise(with_fields.unique_share, with_fields.high);
    }
  }
  if (assessment.people) {
    const ClassSizes& alike = assessment.people->alike;
    const double uniques = part_of(alike.uniques(), alike.records());
    raise(uniques, uniques);
  }
  // Of dated events the name means two that are known: where these were not asked about nothing else takes their place.
  const bool by_two = !assessment.paths || headline(assessment.paths->curve).known == 2;
  if (by_two && (assessment.paths || assessment.people)) {
    all.push_back({"singled_out", singled_out,
                   "share singled out by two known dated events, by all fields, or by both, "
                   "whichever is more",
                   false, high});
  }
  if (assessment.paths) {
    for (const CurvePoint& point : assessment.paths->curve) {
      all.push_back({point_name(point), point.unique_share, point_words(point), false, point.high});
    }
    for (const CurvePoint& point : assessment.paths->with_fields) {
      all.push_back({point_name(point) + "_with_fields", point.unique_share,
                     point_words(point) + ", with the person's fields known as well", false,
                     point.high});
    }
    add_knowledge(*assessment.paths, all);
    if (assessment.paths->succession) {
      add_succession(*assessment.paths->succession, all);
    }
  }
  if (assessment.paths_linkage) {
    add_linkage(*assessment.paths_linkage, all);
  }
  if (assessment.people) {
    add_people(*assessment.people, all);
  }
  if (assessment.linkage) {
    const Linkage& found = assessment.linkage->found;
    all.push_back({"linked", part_of(found.joined, found.first_records),
                   "share of people joined with exactly one of the other export"});
    all.push_back({"linked_by_chance", part_of(found.joined_by_chance, found.first_records),
                   "the same with the other export's columns shuffled"});
  }
  if (assessment.tables) {
    double through = 0;
    for (const AttackOutcome& attack : assessment.tables->attacks) {
      through += attack.succeeded > 0 ? 1 : 0;
      all.push_back(
          {"attack_" + attack.id, static_cast<double>(attack.succeeded), attack.name.en, true});
    }
    all.insert(all.begin(),
               {"attacks_through", through, "attacks on the tables that found something", true});
  }
  return all;
}

}  // namespace parcours
