#include "cli/paths_text.h"

#include <fmt/format.h>

#include <algorithm>

#include "assessment/words.h"
#include "base/printable.h"
#include "cli/figures_text.h"

namespace parcours::cli {
namespace {

std::string curve_table(const assessment::PathsAnswer& paths) {
  const paths::CurveQuestion& question = paths.question;
  std::string text = fmt::format("  {:<14}", "known events");
  for (const std::int32_t within : question.within_days) {
    text += fmt::format(
        " {:>27}", within == 0 ? assessment::tolerance_in_words(0, paths.precision).en
                               : fmt::format("within {} day{}", within, within == 1 ? "" : "s"));
  }
  if (!paths.with_fields.empty()) {
    text += fmt::format(" {:>27}", fmt::format("and {} field{}", paths.fields.size(),
                                               paths.fields.size() == 1 ? "" : "s"));
  }
  for (std::size_t i = 0; i < question.known.size(); ++i) {
    const auto& known = question.known[i];
    text += fmt::format("\n  {:<14}", known ? std::to_string(*known) : "all");
    for (std::size_t j = 0; j < question.within_days.size(); ++j) {
      text += fmt::format(" {:>27}", text_of(paths.curve[j * question.known.size() + i].share));
    }
    if (!paths.with_fields.empty()) {
      text += fmt::format(" {:>27}", text_of(paths.with_fields[i].share));
    }
  }
  return text + "\n";
}

std::string curve_text(const assessment::PathsAnswer& paths) {
  std::string text = "Singled out by known dated events\n\n" + curve_table(paths);
  text += fmt::format(
      "\n"
      "  Singled out: no other patient has, for each known event, an event of the same code that "
      "near in time.\n"
      "  {}, {}{}. ",
      counted_text(paths.patients, "patient"), counted_text(paths.events, "event"),
      paths.left_out.lines == 0
          ? ""
          : fmt::format(" ({} line{} without patient, day or code left out)",
                        grouped_text(paths.left_out.lines), paths.left_out.lines == 1 ? "" : "s"));
  if (std::ranges::all_of(paths.curve, &paths::CurvePoint::exact)) {
    return text + "Every choice of known events was tried: the figures are exact.\n";
  }
  return text +
         fmt::format(
             "In brackets: 95 % interval of up to {} draws (seed {}); the others are exact.\n",
             grouped_text(paths.question.draws), paths.question.seed);
}

std::string timings_text(const assessment::PathsAnswer& paths) {
  std::string text = fmt::format(
      "\n"
      "Singled out by an attacker who knows less of the time\n"
      "\n"
      "  {:<44}",
      "knowing");
  for (const auto& known :
       {assessment::headline(paths.curve).known, std::optional<std::uint32_t>()}) {
    text += fmt::format(" {:>26}", known ? counted_text(*known, "event") : "all events");
  }
  text += fmt::format("{:>14}\n", "whole path");
  for (const assessment::TimingAnswer& one : paths.timings) {
    text += fmt::format("  {:<44}", assessment::in_words(one.timing, paths.precision).en);
    for (const auto& known :
         {assessment::headline(paths.curve).known, std::optional<std::uint32_t>()}) {
      const auto point = std::ranges::find(one.curve, known, &paths::CurvePoint::known);
      text += fmt::format(" {:>26}", point == one.curve.end() ? "" : text_of(point->share));
    }
    text += fmt::format("{:>14}\n", text_of(one.whole.unique));
  }
  return text +
         "\n  All events: no other patient has all of the patient's events. Whole path: no other "
         "patient has exactly these.\n";
}

std::string attackers_text(const assessment::PathsAnswer& paths) {
  std::string text;
  for (const assessment::AttackerAnswer& one : paths.attackers) {
    const paths::AttackFigure& found = one.figure;
    if (found.applies == 0) {
      continue;
    }
    const std::string missing = assessment::not_there_in_words(found).en;
    text += fmt::format("  {:<24}{:>14} {:>27}  {}{}\n", printable(one.attacker.title.en),
                        grouped_text(found.applies), text_of(found.singled_out),
                        printable(one.attacker.who.en),
                        missing.empty() ? "" : fmt::format(" Not in this export: {}.", missing));
  }
  if (!text.empty()) {
    text = fmt::format("\nWho could do it\n\n  {:<24}{:>14} {:>27}  who they are\n{}", "attacker",
                       "patients", "singled out", text) +
           "\n  Patients: those who have enough events of the kind that the attacker knows.\n";
  }
  const assessment::Idle idle = assessment::idle_attackers(paths);
  if (!idle.titles.en.empty()) {
    text += fmt::format(
        "\n  No patient in this file has the events that these attackers need: "
        "{}.{}\n",
        printable(idle.titles.en),
        idle.for_want_of_kinds ? " The export does not hold the kind of its events (--kind COLUMN)."
                               : "");
  }
  return text;
}

std::string worst_off_text(const assessment::WorstOff& worst) {
  constexpr std::size_t most = 5;  // groups of a kind; programs get all of them
  std::string text = fmt::format("\nGroups that are singled out most, by {}\n\n",
                                 assessment::known_in_words(worst.point.known).en);
  for (const paths::GroupRisks& risks : worst.groupings) {
    const std::vector<assessment::ToldGroup> groups = assessment::worst_first(risks);
    for (std::size_t i = 0; i < std::min(most, groups.size()); ++i) {
      const paths::GroupRisk& group = groups[i].risk;
      text += fmt::format("  {:<14}{:<24}{:>14} {:>27}\n", i == 0 ? risks.by : "",
                          printable(groups[i].name.en), grouped_text(group.patients),
                          text_of(group.singled_out));
    }
    if (groups.size() > most) {
      text += fmt::format("  {:<14}and {}\n", "", counted_text(groups.size() - most, "more group"));
    }
  }
  if (const auto& spread = worst.practices) {
    text += fmt::format("  {}: {} in the middle one; from {} to {} in 8 of 10{}\n",
                        counted_text(spread->groups, "practice"), percent_text(spread->median),
                        percent_text(spread->p10), percent_text(spread->p90),
                        spread->too_small == 0
                            ? ""
                            : fmt::format("; {} more have too few patients to be counted here",
                                          grouped_text(spread->too_small)));
  }
  return text + fmt::format("\n  No group of fewer than {} patients is shown by itself.\n",
                            worst.threshold);
}

std::string are_patients(std::uint64_t number) {
  return counted_text(number, "patient is", "patients are");
}

std::string joined_text(const std::optional<paths::LinkFigures>& found) {
  return found ? text_of(found->correct) : "-";
}

std::string succession_text(const assessment::PathsAnswer& paths) {
  const assessment::SuccessionAnswer& succession = *paths.succession;
  const bool fields = !succession.fields.empty();
  std::string text = fmt::format(
      "\n"
      "What it adds that patients keep their pseudonym from period to period\n"
      "\n"
      "  {:<14}{:>12}{:>16}{:>16}{:>12}{:>29}{}\n",
      "period from", "patients", "unique by it", "by all so far", "came back", "joined again",
      fields ? fmt::format("{:>29}", "and by fields") : "");
  for (const assessment::PeriodAnswer& period : succession.periods) {
    const paths::PeriodFigures& found = period.figures;
    const std::string from = to_string(Day{found.first_day}, paths.calendar);
    if (!period.told) {
      text += fmt::format("  {:<14}{:>12}\n", from, "few");
      continue;
    }
    text += fmt::format(
        "  {:<14}{:>12}{:>16}{:>16}{:>12}{:>29}{}\n", from, grouped_text(found.patients),
        text_of(found.unique_alone), text_of(found.unique_so_far),
        found.joined ? share_text(found.joined->in_both, found.joined->first) : "-",
        joined_text(found.joined),
        fields ? fmt::format("{:>29}", joined_text(period.joined_with_fields)) : "");
  }
  return text +
         "\n"
         "  If patients keep their pseudonym, their periods are joined at once, and all their "
         "events so far count.\n"
         "  Joined again: the returning patients whom the codes of their events, without days, "
         "join with themselves\n"
         "  if each period has new pseudonyms. In brackets: 95 % interval of those tried.\n";
}

}  // namespace

std::string paths_text(const assessment::PathsAnswer& paths) {
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

std::string paths_linkage_text(const assessment::PathsLinkageAnswer& linkage) {
  const bool known = linkage.in_both.has_value();
  std::string text = fmt::format("Joined with patients of {} ({})\n\n  {:<48}{:>8}{:>29}{:>29}",
                                 printable(linkage.other), grouped_text(linkage.patients_of_other),
                                 "by", "tried", "joined", "by chance");
  text += known ? fmt::format("{:>29}\n", "rightly") : "\n";
  for (const assessment::LinkWay& way : linkage.ways) {
    const paths::LinkFigures& found = way.found;
    text += fmt::format("  {:<48}{:>8}{:>29}{:>29}", assessment::in_words(way).en,
                        grouped_text(found.tried), text_of(found.joined), text_of(found.by_chance));
    text += known ? fmt::format("{:>29}\n", text_of(found.correct)) : "\n";
  }
  if (!linkage.fields.empty()) {
    text += fmt::format("  Fields that both have: {}.\n", names_text(linkage.fields));
  }
  if (linkage.whole) {
    text +=
        fmt::format("\n  {} a whole dated path that exactly one patient of the other export has.\n",
                    linkage.whole->joined == 1
                        ? "1 patient has"
                        : fmt::format("{} patients have", grouped_text(linkage.whole->joined)));
  }
  if (known) {
    const bool all_tried = std::ranges::all_of(linkage.ways, [&](const assessment::LinkWay& way) {
      return way.found.tried == *linkage.in_both;
    });
    return text +
           fmt::format(
               "  The column {} says who is who: {} in both exports; {}.\n"
               "  By chance: the same attack after the patient's own path is removed from the "
               "other export.\n",
               printable(linkage.known_by), are_patients(*linkage.in_both),
               all_tried ? "all of them were tried"
                         : "the table shows how many of them were tried");
  }
  text +=
      "  It is not known who is who. By chance: the same attack on patients of the other export, "
      "whose own path is\n"
      "  removed from it.\n";
  if (linkage.nobody_in_both) {
    text += fmt::format("  By the column {} no patient is in both exports: every join is wrong.\n",
                        printable(linkage.known_by));
  }
  if (linkage.same_codes > 0) {
    text += fmt::format(
        "  {} in both exports. If the same pseudonym is the same person, say so "
        "with --person COLUMN.\n",
        linkage.same_codes == 1
            ? "1 pseudonym is"
            : fmt::format("{} pseudonyms are", grouped_text(linkage.same_codes)));
  }
  return text;
}

}  // namespace parcours::cli
