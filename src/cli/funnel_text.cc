#include "cli/funnel_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "base/printable.h"
#include "cli/figures_text.h"
#include "vocabulary/vocabulary.h"

namespace parcours::cli {
namespace {

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

std::string path_text(const exercise::FoundPath& path, Calendar calendar) {
  std::string text =
      fmt::format("\nTheir care path is read: {}, {} to {}", counted_text(path.events, "event"),
                  to_string(path.first, calendar), to_string(path.last, calendar));
  std::vector<std::string> kinds;
  for (const auto& [kind, events] : path.events_by_kind) {
    if (!kind.empty()) {
      kinds.push_back(fmt::format("{} {}", printable(kind), grouped_text(events)));
    }
  }
  text += kinds.empty() ? ".\n" : fmt::format(" ({}).\n", fmt::join(kinds, ", "));
  if (path.lines.empty()) {
    return text;
  }
  const vocabulary::Vocabulary vocabulary = vocabulary::Vocabulary::built_in();
  text += "\n";
  constexpr std::size_t most = 16;  // what a person reads; programs get all of it
  const std::size_t shown = std::min(most, path.lines.size());
  for (const exercise::PathLine& line : std::span(path.lines).first(shown)) {
    const auto label = vocabulary.label(usual_system(line.kind), line.code);
    text += fmt::format("  {:<10}  {:<13} {:<9} {}\n", to_string(line.day, calendar),
                        printable(line.kind), printable(line.code), label ? label->en : "");
  }
  if (shown < path.lines.size()) {
    text += fmt::format("  ... and {}, all of them with --json\n",
                        counted_text(path.lines.size() - shown, "more line"));
  }
  return text;
}

std::string fields_text(const exercise::FoundFields& fields) {
  std::string text =
      fmt::format("\nTheir line is read: {} filled, {} of them sensitive{}\n",
                  counted_text(fields.columns, "more of its columns is", "more of its columns are"),
                  grouped_text(fields.sensitive), fields.values.empty() ? "." : ":");
  for (const exercise::FieldValue& field : fields.values) {
    text += fmt::format("  {:<22}  {}\n", printable(field.column), printable(field.value));
  }
  return text;
}

}  // namespace

std::string funnel_text(const exercise::Funnel& funnel) {
  const std::uint64_t left = funnel.steps.empty() ? funnel.patients : funnel.steps.back().patients;
  std::string text;
  if (left == 1) {
    text = fmt::format("One patient of {} fits: singled out.\n\n", grouped_text(funnel.patients));
  } else {
    text = fmt::format("{} of {} patients fit: nobody is singled out by this alone.\n\n",
                       left == 0 ? "None" : grouped_text(left), grouped_text(funnel.patients));
  }
  text += fmt::format("  {:>13}  patients\n", grouped_text(funnel.patients));
  for (const exercise::FunnelStep& step : funnel.steps) {
    text += fmt::format("  {:>13}  {}\n", grouped_text(step.patients), printable(step.fact));
  }
  text += funnel.path ? path_text(*funnel.path, funnel.calendar) : "";
  text += funnel.fields ? fields_text(*funnel.fields) : "";
  return text;
}

std::string funnel_text(const assessment::ReleaseFunnel& funnel) {
  std::string text =
      "A release has no lines of patients: there is no path to read, and nobody to single out.\n";
  const auto people = funnel.steps.empty() ? std::nullopt : funnel.steps.back().people;
  if (people) {
    text += fmt::format(
        "The smallest published group that must hold this person, if they are counted at all: {} "
        "people.\n\n",
        grouped_text(static_cast<std::uint64_t>(*people)));
  } else {
    text += "No published group is described by these facts.\n\n";
  }
  bool unknown = false;
  for (const assessment::ReleaseStep& step : funnel.steps) {
    const std::string size =
        step.people ? grouped_text(static_cast<std::uint64_t>(*step.people)) : std::string("-");
    text += fmt::format("  {:>13}  {}{}\n", size, printable(step.fact),
                        step.in_tables ? "" : "  (no table has this field)");
    unknown = unknown || !step.in_tables;
  }
  if (unknown) {
    text += fmt::format("\n  Fields of the tables: {}\n", names_text(funnel.fields));
  }
  return text;
}

}  // namespace parcours::cli
