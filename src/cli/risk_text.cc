#include "cli/risk_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <span>

#include "assessment/words.h"
#include "cli/risk_columns.h"
#include "vocabulary/vocabulary.h"

namespace parcours {
namespace {

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t at = digits.size(); at > 3;) {
    at -= 3;
    digits.insert(at, ",");
  }
  return digits;
}

// What is not quite all or nothing is never shown as if it were.
std::string percent(double share) {
  const double percent = share * 100;
  return fmt::format("{:.2f} %", share >= 1   ? percent
                                 : share <= 0 ? 0
                                              : std::clamp(percent, 0.01, 99.99));
}

std::string figure(const CurvePoint& point) {
  return point.exact ? percent(point.unique_share)
                     : fmt::format("{} ({:.2f} to {:.2f})", percent(point.unique_share),
                                   point.low * 100, point.high * 100);
}

std::string curve_table(const PathsAnswer& paths) {
  const CurveQuestion& question = paths.question;
  std::string text = fmt::format("  {:<14}", "known events");
  for (const std::int32_t within : question.within_days) {
    text +=
        fmt::format("{:>28}", within == 0 ? "on the day" : fmt::format("within {} days", within));
  }
  if (!paths.with_fields.empty()) {
    text += fmt::format("{:>28}", fmt::format("and {} field{}", paths.fields.size(),
                                              paths.fields.size() == 1 ? "" : "s"));
  }
  for (std::size_t i = 0; i < question.known.size(); ++i) {
    const auto& known = question.known[i];
    text += fmt::format("\n  {:<14}", known ? std::to_string(*known) : "all");
    for (std::size_t j = 0; j < question.within_days.size(); ++j) {
      text += fmt::format("{:>28}", figure(paths.curve[j * question.known.size() + i]));
    }
    if (!paths.with_fields.empty()) {
      text += fmt::format("{:>28}", figure(paths.with_fields[i]));
    }
  }
  return text + "\n";
}

std::string curve_text(const PathsAnswer& paths) {
  std::string text = "Singled out by known dated events\n\n" + curve_table(paths);
  text += fmt::format(
      "\n  Singled out: no other patient has, for each known event, one of the same code that near "
      "in time.\n  {} patients, {} events{}. ",
      grouped(paths.patients), grouped(paths.events),
      paths.left_out == 0 ? ""
                          : fmt::format(" ({} lines without patient, day or code left out)",
                                        grouped(paths.left_out)));
  if (std::ranges::all_of(paths.curve, &CurvePoint::exact)) {
    return text + "Every choice of known events was tried: the figures are exact.\n";
  }
  return text +
         fmt::format(
             "In brackets: 95 % interval of up to {} draws (seed {}); the others are exact.\n",
             grouped(paths.question.draws), paths.question.seed);
}

std::string timings_text(const PathsAnswer& paths) {
  std::string text =
      fmt::format("\nSingled out by somebody who knows less of when\n\n  {:<44}", "knowing");
  for (const auto& known : {headline(paths.curve).known, std::optional<std::uint32_t>()}) {
    text += fmt::format("{:>27}", known ? fmt::format("{} events", *known) : "all events");
  }
  text += fmt::format("{:>14}\n", "whole path");
  for (const TimingAnswer& one : paths.timings) {
    text += fmt::format("  {:<44}", in_words(one.timing).en);
    for (const auto& known : {headline(paths.curve).known, std::optional<std::uint32_t>()}) {
      const auto point = std::ranges::find(one.curve, known, &CurvePoint::known);
      text += fmt::format("{:>27}", point == one.curve.end() ? "" : figure(*point));
    }
    text += fmt::format("{:>14}\n", percent(static_cast<double>(one.whole.unique) /
                                            static_cast<double>(one.whole.patients)));
  }
  return text +
         "\n  All events: nobody else has all of these. Whole path: nobody else has these and no "
         "more.\n";
}

std::string attackers_text(const PathsAnswer& paths) {
  std::string text;
  for (const AttackerAnswer& one : paths.attackers) {
    const AttackFigure& found = one.figure;
    if (found.applies == 0) {
      continue;
    }
    const std::string missing = not_there_in_words(found).en;
    text +=
        fmt::format("  {:<24}{:>14}{:>28}  {}{}\n", one.attacker.title.en, grouped(found.applies),
                    figure({{}, 0, found.unique_share, found.exact, found.low, found.high}),
                    one.attacker.who.en,
                    missing.empty() ? "" : fmt::format(" Not in this export: {}.", missing));
  }
  if (!text.empty()) {
    text = fmt::format("\nWho could do it\n\n  {:<24}{:>14}{:>28}  who they are\n{}", "attacker",
                       "patients", "singled out", text) +
           "\n  Patients: those of whom the attacker may have seen that much.\n";
  }
  const Idle idle = idle_attackers(paths);
  if (!idle.titles.en.empty()) {
    text +=
        fmt::format("\n  Of nobody here enough is seen by: {}.{}\n", idle.titles.en,
                    idle.for_want_of_kinds
                        ? " The export does not say of what kind its events are (--kind COLUMN)."
                        : "");
  }
  return text;
}

std::string worst_off_text(const WorstOff& worst) {
  constexpr std::size_t most = 5;  // groups of a kind; programs get all of them
  std::string text = fmt::format("\nWho is worst off, singled out by {}\n\n",
                                 known_in_words(worst.point.known).en);
  for (const GroupRisks& risks : worst.groupings) {
    const std::vector<ToldGroup> groups = worst_first(risks);
    for (std::size_t i = 0; i < std::min(most, groups.size()); ++i) {
      const GroupRisk& group = groups[i].risk;
      text += fmt::format(
          "  {:<14}{:<20}{:>14}{:>28}\n", i == 0 ? risks.by : "", groups[i].name.en,
          grouped(group.patients),
          figure({{}, 0, group.unique_share, worst.point.exact, group.low, group.high}));
    }
    if (groups.size() > most) {
      text += fmt::format("  {:<14}and {} more groups\n", "", groups.size() - most);
    }
  }
  if (const auto& spread = worst.practices) {
    text += fmt::format("  {} practices: {} in the middle one; from {} to {} in 8 of 10\n",
                        grouped(spread->groups), percent(spread->median), percent(spread->p10),
                        percent(spread->p90));
  }
  return text + fmt::format("\n  No group of fewer than {} patients is told of by itself.\n",
                            worst.threshold);
}

std::string share_of(std::uint64_t some, std::uint64_t all) {
  return all == 0 ? "-" : percent(static_cast<double>(some) / static_cast<double>(all));
}

// Names with commas between, as many as a person reads.
std::string listed(const std::vector<std::string>& names) {
  constexpr std::size_t most = 12;
  std::string text =
      fmt::format("{}", fmt::join(std::span(names).first(std::min(names.size(), most)), ", "));
  return names.size() <= most ? text : fmt::format("{} and {} more", text, names.size() - most);
}

std::string succession_text(const PathsAnswer& paths) {
  const SuccessionAnswer& succession = *paths.succession;
  const bool fields = !succession.fields.empty();
  std::string text = fmt::format(
      "\nWhat a patient's code adds that stays the same\n\n  "
      "{:<14}{:>12}{:>18}{:>18}{:>14}{:>16}{}\n",
      "period from", "patients", "unique by it", "by all so far", "came back", "joined again",
      fields ? fmt::format("{:>16}", "and by fields") : "");
  for (const PeriodAnswer& period : succession.periods) {
    const PeriodFigures& found = period.figures;
    const auto joined = [](const std::optional<LinkFigures>& link) {
      return link ? share_of(link->correct, link->with_partner) : std::string("-");
    };
    text += fmt::format(
        "  {:<14}{:>12}{:>18}{:>18}{:>14}{:>16}{}\n",
        to_string(Day{found.first_day}, paths.calendar), grouped(found.patients),
        found.patients == 0 ? "-" : percent(found.unique_alone), percent(found.unique_so_far),
        found.joined ? share_of(found.joined->with_partner, found.joined->tried) : "-",
        joined(found.joined),
        fields ? fmt::format("{:>16}", joined(period.joined_with_fields)) : "");
  }
  return text +
         "\n  With the same code in every period, who came back is joined at once, and who is "
         "unique by "
         "all so far is found.\n  Joined again: of those who came back from the period before, "
         "with "
         "codes drawn anew for each period, by which\n  codes they have, without days; with "
         "themselves.\n";
}

std::string paths_text(const PathsAnswer& paths) {
  std::string text = curve_text(paths);
  if (!paths.timings.empty()) {
    text += timings_text(paths);
  }
  if (!paths.attackers.empty()) {
    text += attackers_text(paths);
  }
  if (paths.worst_off) {
    text += worst_off_text(*paths.worst_off);
  }
  return paths.succession ? text + succession_text(paths) : text;
}

std::string paths_linkage_text(const PathsLinkageAnswer& linkage) {
  const bool known = linkage.in_both.has_value();
  std::string text =
      fmt::format("Joined with patients of {} ({})\n\n  {:<48}{:>12}{:>14}", linkage.other,
                  grouped(linkage.patients_of_other), "by", "joined", "by chance");
  text += known ? fmt::format("{:>28}\n", "of those in both, rightly") : "\n";
  for (const LinkWay& way : linkage.ways) {
    const LinkFigures& found = way.found;
    text +=
        fmt::format("  {:<48}{:>12}{:>14}", in_words(way).en, share_of(found.joined, found.tried),
                    share_of(found.by_chance, found.tried));
    text += known ? fmt::format("{:>28}\n", fmt::format("{} ({:.2f} to {:.2f})",
                                                        share_of(found.correct, found.with_partner),
                                                        100 * found.correct_share.low,
                                                        100 * found.correct_share.high))
                  : "\n";
  }
  if (!linkage.fields.empty()) {
    text += fmt::format("  Fields that both have: {}.\n", listed(linkage.fields));
  }
  text += fmt::format(
      "\n  {} patients have a whole dated path that one patient of the other has and "
      "nobody else.\n",
      grouped(linkage.whole.joined));
  if (known) {
    return text + fmt::format(
                      "  Who is who was taken from {}: {} are in both. By chance: the same with "
                      "their own path taken out of the other.\n",
                      linkage.known_by.empty() ? "the patients' codes, which are the same in both"
                                               : linkage.known_by,
                      grouped(*linkage.in_both));
  }
  return text +
         "  Who is who is not known (--person COLUMN says it). By chance: strangers made up of "
         "as many events of anybody.\n";
}

std::string help_text(const PeopleAnswer& people) {
  std::string text;
  if (of_no_use(people)) {
    text = fmt::format(
        "\n  Dropping {} columns one after another, each the one that then helps most, helps "
        "hardly "
        "anybody.\n",
        people.drop_order.size());
  }
  for (const DropStep& step : of_no_use(people) ? std::vector<DropStep>() : people.drop_order) {
    text += fmt::format("{} without {}: {}",
                        text.empty() ? "\n  What would help here: singled out" : ", then",
                        step.column, share_of(step.alone_left, people.alike.records()));
  }
  text += text.empty() || of_no_use(people) ? "" : ".\n";
  if (!enough(people) && !of_no_use(people)) {
    text += "  That is not enough: what is left singles out most of them as well.\n";
  }
  constexpr std::size_t most = 3;
  std::size_t told = 0;
  for (const FieldAnswer& field : people.fields) {
    if (!field.coarser.en.empty() && field.alone_coarser < people.alike.uniques() && told < most) {
      text += fmt::format("{} {} in {}: {}", told++ == 0 ? "  Or coarser:" : ",", field.column,
                          field.coarser.en, share_of(field.alone_coarser, people.alike.records()));
    }
  }
  text += told == 0 ? "" : ".\n";
  for (const SensitiveAnswer& one : people.sensitive) {
    if (one.guessed) {
      text += fmt::format("  {} is guessed right of {} in the file, of {} not in it.\n", one.column,
                          percent(one.guessed->exported.share()),
                          percent(one.guessed->held_out.share()));
    }
  }
  return text;
}

std::string linkage_text(const LinkageAnswer& linkage) {
  const Linkage& found = linkage.found;
  return fmt::format(
      "Joined with exactly one of {} by {}: {} of {} people; by chance {}.{}\n", linkage.other,
      listed(linkage.columns), grouped(found.joined), grouped(found.first_records),
      grouped(found.joined_by_chance),
      found.known ? fmt::format(" Of {} in both, {} are joined rightly.",
                                grouped(found.known->in_both), grouped(found.known->joined_right))
                  : "");
}

std::string people_text(const PeopleAnswer& people) {
  const std::uint64_t records = people.alike.records();
  std::string text = fmt::format(
      "Alike in all {} fields known of them: {}\n\n  {:<32}{:>14}{:>12}\n", people.columns.size(),
      listed(people.columns), "", people.several_lines ? "lines" : "people", "share");
  const auto row = [&](const std::string& what, std::uint64_t count) {
    text += fmt::format("  {:<32}{:>14}{:>12}\n", what, grouped(count), share_of(count, records));
  };
  row("in the file", records);
  row("nobody else alike", people.alike.uniques());
  for (const std::uint64_t k : group_sizes) {
    if (k > 2) {
      row(fmt::format("in a group of fewer than {}", k), people.alike.records_below(k));
    }
  }
  if (people.population) {
    for (const std::uint64_t k : group_sizes) {
      row(fmt::format("fewer than {} in the population", k), people.population->records_below(k));
    }
  }
  text += fmt::format(
      "\n  Chance to match a person known to be in the file: {} on average, {} at most.\n",
      percent(people.prosecutor.average), percent(people.prosecutor.highest));
  text += help_text(people);
  if (people.several_lines) {
    text +=
        "  A patient has several lines; who knows more than one of them knows more than this.\n";
  }
  if (!people.named_by.empty()) {
    text += fmt::format(
        "  Not attacked, since they name people or lines by themselves: {}. Drop them.\n",
        listed(people.named_by));
  }
  return text;
}

std::string tables_text(const TablesAnswer& tables) {
  std::string text =
      fmt::format("  {:<32}{:>10}{:>12}  what it does\n", "attack", "tried", "succeeded");
  const auto rows = [&](const std::vector<AttackOutcome>& attacks) {
    for (const AttackOutcome& attack : attacks) {
      text += fmt::format("  {:<32}{:>10}{:>12}  {}\n", attack.id, grouped(attack.tried),
                          grouped(attack.succeeded), attack.name.en);
    }
  };
  rows(tables.attacks);
  text +=
      "\n  Possible for somebody who is in the tables, or knows of somebody in them (no proof that "
      "there is one):\n";
  rows(tables.insiders);
  return text;
}

// The system whose labels an event of this kind carries in the built-in vocabulary.
std::string_view usual_system(const std::string& kind) {
  if (kind == "diagnosis") {
    return "icd10";
  }
  if (kind == "prescription" || kind == "vaccination") {
    return "atc";
  }
  return kind == "sick_leave" ? "sick-leave" : std::string_view(kind);
}

std::string path_text(const FoundPath& path, Calendar calendar) {
  std::string text =
      fmt::format("\nTheir care path is read: {} events, {} to {}", grouped(path.events),
                  to_string(path.first, calendar), to_string(path.last, calendar));
  std::vector<std::string> kinds;
  for (const auto& [kind, events] : path.events_by_kind) {
    if (!kind.empty()) {
      kinds.push_back(fmt::format("{} {}", kind, grouped(events)));
    }
  }
  text += kinds.empty() ? ".\n" : fmt::format(" ({}).\n", fmt::join(kinds, ", "));
  if (path.lines.empty()) {
    return text;
  }
  const Vocabulary vocabulary = Vocabulary::built_in();
  text += "\n";
  constexpr std::size_t most = 16;  // what a person reads; programs get all of it
  const std::size_t shown = std::min(most, path.lines.size());
  for (const PathLine& line : std::span(path.lines).first(shown)) {
    const auto label = vocabulary.label(usual_system(line.kind), line.code);
    text += fmt::format("  {:<10}  {:<13} {:<9} {}\n", to_string(line.day, calendar), line.kind,
                        line.code, label ? label->en : "");
  }
  if (shown < path.lines.size()) {
    text += fmt::format("  ... and {} more lines, all of them with --json\n",
                        grouped(path.lines.size() - shown));
  }
  return text;
}

std::string fields_text(const FoundFields& fields) {
  std::string text = fmt::format(
      "\nTheir line is read: {} more of its columns are filled, {} of them sensitive{}\n",
      grouped(fields.columns), grouped(fields.sensitive), fields.values.empty() ? "." : ":");
  for (const FieldValue& field : fields.values) {
    text += fmt::format("  {:<22}  {}\n", field.column, field.value);
  }
  return text;
}

}  // namespace

std::string assessment_text(const Assessment& assessment) {
  std::string text = answer(assessment) + "\n";
  if (assessment.link) {
    const Link& link = *assessment.link;
    text += fmt::format("\n{} of {} people in {} have events in {}.\n", grouped(link.in_both),
                        grouped(link.in_people), link.people, link.events);
  }
  if (assessment.paths) {
    text += "\n" + paths_text(*assessment.paths);
  }
  if (assessment.paths_linkage) {
    text += "\n" + paths_linkage_text(*assessment.paths_linkage);
  }
  if (assessment.people) {
    text += "\n" + people_text(*assessment.people);
  }
  if (assessment.linkage) {
    text += "\n" + linkage_text(*assessment.linkage);
  }
  if (assessment.tables) {
    text += "\n" + tables_text(*assessment.tables);
  }
  if (!assessment.files.empty()) {
    text += "\n" + columns_table(assessment.files);
  }
  return text;
}

std::string funnel_text(const Funnel& funnel) {
  const std::uint64_t left = funnel.steps.empty() ? funnel.patients : funnel.steps.back().patients;
  std::string text;
  if (left == 1) {
    text = fmt::format("One patient of {} fits: singled out.\n\n", grouped(funnel.patients));
  } else {
    text = fmt::format("{} of {} patients fit: nobody is singled out by this alone.\n\n",
                       left == 0 ? "None" : grouped(left), grouped(funnel.patients));
  }
  text += fmt::format("  {:>13}  patients\n", grouped(funnel.patients));
  for (const FunnelStep& step : funnel.steps) {
    text += fmt::format("  {:>13}  {}\n", grouped(step.patients), step.fact);
  }
  text += funnel.path ? path_text(*funnel.path, funnel.calendar) : "";
  text += funnel.fields ? fields_text(*funnel.fields) : "";
  return text;
}

std::string funnel_text(const ReleaseFunnel& funnel) {
  std::string text =
      "A release has no lines of patients: there is no path to read, and nobody to single out.\n";
  const auto people = funnel.steps.empty() ? std::nullopt : funnel.steps.back().people;
  if (people) {
    text += fmt::format(
        "The smallest published group that this person must stand in, if counted at all: {} "
        "people.\n\n",
        grouped(static_cast<std::uint64_t>(*people)));
  } else {
    text += "No published group has to do with these facts.\n\n";
  }
  for (const ReleaseStep& step : funnel.steps) {
    const std::string size =
        step.people ? grouped(static_cast<std::uint64_t>(*step.people)) : std::string("-");
    text += fmt::format("  {:>13}  {}{}\n", size, step.fact,
                        step.in_tables ? "" : "  (no table tells people apart by it)");
  }
  return text;
}

}  // namespace parcours
