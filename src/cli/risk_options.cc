#include "cli/risk_options.h"

#include <fmt/format.h>

#include <charconv>

#include "base/nearest.h"
#include "paths/attackers.h"

namespace parcours {
namespace {

template <class T>
void add_once(std::vector<T>& all, const T& one) {
  if (std::ranges::find(all, one) == all.end()) {
    all.push_back(one);
  }
}

Result<std::optional<std::uint32_t>> known_of(const std::string& text) {
  if (text == "all") {
    return std::nullopt;
  }
  std::uint32_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size() || number == 0) {
    return bad_input(fmt::format("'{}' is not a number of known events", text), "--known",
                     "whole numbers from 1, and all, are taken: --known 1,2,3,4,all");
  }
  return number;
}

Result<std::vector<Timing>> timings_of(const std::vector<std::string>& names) {
  std::vector<Timing> result;
  for (const std::string& name : names) {
    const auto found = std::ranges::find(timings(), name);
    if (found == timings().end()) {
      return bad_input(fmt::format("unknown timing '{}'", name), "--timing",
                       nearest_hint(name, timings()));
    }
    add_once(result, static_cast<Timing>(found - timings().begin()));
  }
  return result;
}

// Those that come with the program, where the user names no file.
Result<Attackers> attackers_of(const std::string& file) {
  if (file.empty()) {
    return default_attackers();
  }
  if (file == "none") {
    return Attackers{};
  }
  return read_attackers(file);
}

const CLI::Validator people(
    [](const std::string& text) {
      double number = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
      const bool read = error == std::errc() && end == text.data() + text.size();
      return read && number >= 1 && number < 1e12 ? "" : "write how many people: a number from 1";
    },
    "PEOPLE");

}  // namespace

Result<AssessmentQuestion> question_of(const RiskOptions& options) {
  AssessmentQuestion question{.curve = {{}, {}, options.draws, options.seed, options.threads},
                              .threads = options.threads};
  for (const std::int32_t days : options.within) {
    add_once(question.curve.within_days, days);
  }
  ASSIGN_OR_RETURN(question.timings, timings_of(options.timings));
  ASSIGN_OR_RETURN(question.attackers, attackers_of(options.attackers));
  question.threshold = options.threshold;
  for (const std::string& text : options.known) {
    ASSIGN_OR_RETURN(const auto known, known_of(text));
    add_once(question.curve.known, known);
  }
  if (!options.population.empty()) {
    question.population = options.population;
  }
  question.population_size = options.population_size;
  if (!options.periods.empty()) {
    question.periods = period_length(options.periods);
    if (!question.periods) {
      return bad_input(fmt::format("'{}' is not a length of periods", options.periods), "--periods",
                       "month, quarter, year or a number of days");
    }
  }
  question.person = options.person;
  question.attacks = options.attacks;
  return question;
}

void add_curve_flags(CLI::App& verb, RiskOptions& options) {
  verb.add_option("--known", options.known, "How many events are known: numbers from 1, and all")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->capture_default_str()
      ->group("Dated events");
  verb.add_option("--within", options.within, "How well days are known, in days")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::Range(0, 100'000))
      ->capture_default_str()
      ->group("Dated events");
  verb.add_option("--timing", options.timings,
                  "How else somebody may know when events were: days, weeks, months, since_first "
                  "(days since the patient's first event), order, none (the codes alone)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->capture_default_str()
      ->group("Dated events");
  verb.add_option("--attackers", options.attackers,
                  "Who may know something of a patient, and what (TOML; docs/risk.md); without it "
                  "the six that come with the program, or none")
      ->type_name("FILE")
      ->group("Dated events");
  verb.add_option("--draws", options.draws,
                  "Draws for each figure that would take longer to work out exactly")
      ->check(CLI::Range(std::uint64_t{100}, std::uint64_t{1'000'000'000'000}))
      ->capture_default_str()
      ->group("Dated events");
  verb.add_option("--seed", options.seed, "The same seed draws the same")
      ->capture_default_str()
      ->group("Dated events");
}

void add_people_flags(CLI::App& verb, RiskOptions& options) {
  verb.add_option("--population", options.population,
                  "A file of the whole population with the same columns, one line a person: how "
                  "many alike a journalist finds there")
      ->group("Fields of people");
  verb.add_option("--population-size", options.population_size,
                  "How many people the file is a part of, for estimates where there is no such "
                  "file")
      ->check(people)
      ->excludes("--population")
      ->group("Fields of people");
}

void add_linking_flags(CLI::App& verb, RiskOptions& options) {
  verb.add_option("--with", options.other,
                  "A second export, of people or of events: how many are joined with one of it by "
                  "what both say, and by chance")
      ->type_name("FILE")
      ->group("Linking");
  verb.add_option(
          "--person", options.person,
          "With --with: a column of both that says who it is, to tell right from wrong; the "
          "patients' own, where the same code is the same person")
      ->type_name("COLUMN")
      ->group("Linking");
  verb.add_option("--periods", options.periods,
                  "Of events: what a patient's code adds that stays the same from one export to "
                  "the next, were there one each month, quarter, year or so many days")
      ->type_name("LENGTH")
      ->group("Linking");
  verb.add_option("--attacks", options.attacks,
                  "Guesses of each sensitive value, about people in and not in the file; patients "
                  "tried for each way to join two exports")
      ->check(CLI::Range(std::size_t{1}, std::size_t{100'000'000}))
      ->capture_default_str()
      ->group("Linking");
}

}  // namespace parcours
