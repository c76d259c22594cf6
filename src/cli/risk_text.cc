#include "cli/risk_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <span>

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

std::string in_words(std::optional<std::uint32_t> known) {
  static constexpr const char* words[] = {"one", "two",   "three", "four", "five",
                                          "six", "seven", "eight", "nine", "ten"};
  if (!known) {
    return "all their dated events";
  }
  const std::string number =
      *known <= std::size(words) ? words[*known - 1] : std::to_string(*known);
  return fmt::format("{} known dated event{}", number, *known == 1 ? "" : "s");
}

// "8 of 10 patients are singled out by two known dated events".
}  // namespace

std::string answer_sentence(const CurvePoint& point) {
  const double share = point.unique_share;
  std::string how_many;
  if (share == 0) {
    how_many = "No patient is";
  } else if (share == 1) {
    how_many = "All patients are";
  } else {
    const int of = share < 0.00095                 ? 100'000
                   : share < 0.0095                ? 1000
                   : share < 0.095 || share > 0.95 ? 100
                                                   : 10;
    const auto count = std::clamp(std::lround(share * of), 1L, of - 1L);
    how_many = fmt::format("{} of {} patients {}", count, grouped(static_cast<std::uint64_t>(of)),
                           count == 1 ? "is" : "are");
  }
  const std::string near = point.within_days == 0
                               ? ""
                               : fmt::format(", each known to within {} days", point.within_days);
  return fmt::format("{} singled out by {}{}.", how_many, in_words(point.known), near);
}

namespace {

std::string figure(const CurvePoint& point) {
  const std::string share = fmt::format("{:.2f} %", point.unique_share * 100);
  return point.exact
             ? share
             : fmt::format("{} ({:.2f} to {:.2f})", share, point.low * 100, point.high * 100);
}

std::string table_text(const CurveQuestion& question, const std::vector<CurvePoint>& curve) {
  std::string text = fmt::format("  {:<14}", "known events");
  for (const std::int32_t within : question.within_days) {
    text +=
        fmt::format("{:>26}", within == 0 ? "on the day" : fmt::format("within {} days", within));
  }
  for (std::size_t i = 0; i < question.known.size(); ++i) {
    const auto& known = question.known[i];
    text += fmt::format("\n  {:<14}", known ? std::to_string(*known) : "all");
    for (std::size_t j = 0; j < question.within_days.size(); ++j) {
      text += fmt::format("{:>26}", figure(curve[j * question.known.size() + i]));
    }
  }
  return text + "\n";
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

}  // namespace

std::string curve_text(const PathsRead& read, const CurveQuestion& question,
                       const std::vector<CurvePoint>& curve) {
  const auto two = std::ranges::find(curve, std::optional<std::uint32_t>(2), &CurvePoint::known);
  std::string text =
      fmt::format("{}\n\n{}", answer_sentence(two != curve.end() ? *two : curve.front()),
                  table_text(question, curve));
  text += fmt::format(
      "\nSingled out: no other patient has, for each known event, one of the same code that near "
      "in "
      "time.\n{} patients, {} events{}. ",
      grouped(read.paths.patients()), grouped(read.events),
      read.left_out == 0 ? ""
                         : fmt::format(" ({} lines without patient, day or code left out)",
                                       grouped(read.left_out)));
  if (std::ranges::all_of(curve, &CurvePoint::exact)) {
    return text + "Every choice of known events was tried: the figures are exact.\n";
  }
  return text +
         fmt::format(
             "In brackets: 95 % interval of up to {} draws (seed {}); the others are exact.\n",
             grouped(question.draws), question.seed);
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
  return funnel.path ? text + path_text(*funnel.path, funnel.calendar) : text;
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
