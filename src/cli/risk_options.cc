#include "cli/risk_options.h"

#include <fmt/format.h>

#include <charconv>

#include "base/nearest.h"
#include "paths/attackers.h"

namespace parcours::cli {
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

Result<std::vector<paths::Timing>> timings_of(const std::vector<std::string>& names) {
  std::vector<paths::Timing> result;
  for (const std::string& name : names) {
    const auto found = std::ranges::find(paths::timings(), name);
    if (found == paths::timings().end()) {
      return bad_input(fmt::format("unknown timing '{}'", name), "--timing",
                       nearest_hint(name, paths::timings()));
    }
    add_once(result, static_cast<paths::Timing>(found - paths::timings().begin()));
  }
  return result;
}

// Those that come with the program, where the user names no file.
Result<paths::Attackers> attackers_of(const std::string& file) {
  if (file.empty()) {
    return paths::default_attackers();
  }
  if (file == "none") {
    return paths::Attackers{};
  }
  return paths::read_attackers(file);
}

const CLI::Validator people(
    [](const std::string& text) {
      double number = 0;
      const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
      const bool read = error == std::errc() && end == text.data() + text.size();
      return read && number >= 1 && number < 1e12 ? "" : "give a number of people, from 1";
    },
    "PEOPLE");

}  // namespace

Result<assessment::AssessmentQuestion> question_of(const RiskOptions& options) {
  assessment::AssessmentQuestion question{
      .curve = {{}, {}, options.draws, options.seed, options.threads}, .threads = options.threads};
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
    question.periods = paths::period_length(options.periods);
    if (!question.periods) {
      return bad_input(fmt::format("'{}' is not a length of periods", options.periods), "--periods",
                       "month, quarter, year or a number of days");
    }
  }
  ASSIGN_OR_RETURN(question.first_line, first_line_of(options.columns));
  question.person = options.person;
  question.attacks = options.attacks;
  return question;
}

void add_curve_flags(CLI::App& verb, RiskOptions& options) {
  verb.add_option("--known", options.known,
                  "How many of a patient's events the attacker knows: numbers from 1, or all")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->capture_default_str()
      ->group("Dated events");
  verb.add_option("--within", options.within,
                  "How exactly the attacker knows the days: 0 is the day itself, 7 is within a "
                  "week before or after")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->check(CLI::Range(0, 100'000))
      ->capture_default_str()
      ->group("Dated events");
  verb.add_option("--timing", options.timings,
                  "What else the attacker may know of the time of events: days, weeks, months, "
                  "since_first (days since the patient's first event), order, or none (the codes "
                  "alone)")
      ->delimiter(',')
      ->allow_extra_args(false)
      ->capture_default_str()
      ->group("Dated events");
  verb.add_option("--attackers", options.attackers,
                  "A file of attackers (TOML): what each of them knows; docs/risk.md describes "
                  "it. Without it, the six attackers that come with the program; 'none' for no "
                  "attackers")
      ->type_name("FILE")
      ->group("Dated events");
  verb.add_option("--draws", options.draws,
                  "Number of random draws for a figure that would take too long to compute "
                  "exactly. More draws give a narrower confidence interval")
      ->check(CLI::Range(std::uint64_t{100}, std::uint64_t{1'000'000'000'000}))
      ->capture_default_str()
      ->group("Dated events");
  verb.add_option("--seed", options.seed,
                  "Seed of the random draws. The same seed gives the same figures")
      ->capture_default_str()
      ->group("Dated events");
}

void add_people_flags(CLI::App& verb, RiskOptions& options) {
  verb.add_option("--population", options.population,
                  "A file of the whole population with the same columns, one line a person. The "
                  "answer then says how many people of the population are alike in these columns "
                  "(journalist risk)")
      ->group("Fields of people");
  verb.add_option("--population-size", options.population_size,
                  "Number of people in the population that the file was drawn from. Give it where "
                  "you have no population file; the answer then holds estimates")
      ->check(people)
      ->excludes("--population")
      ->group("Fields of people");
}

void add_linking_flags(CLI::App& verb, RiskOptions& options) {
  verb.add_option("--with", options.other,
                  "A second export. The answer says how many people of the first an attacker "
                  "joins with a person of the second, by the columns or events that both hold")
      ->type_name("FILE")
      ->group("Linking");
  verb.add_option(
          "--person", options.person,
          "With --with: a column of both files that says who the person is. It tells right joins "
          "from wrong ones. Name the patient column where both files use the same pseudonyms")
      ->type_name("COLUMN")
      ->group("Linking");
  verb.add_option("--periods", options.periods,
                  "Cut the events into one export a month, quarter, year or number of days. The "
                  "answer says how much more is singled out because patients keep their pseudonym")
      ->type_name("LENGTH")
      ->group("Linking");
  verb.add_option("--attacks", options.attacks,
                  "Number of trials for each attack. More trials give a narrower confidence "
                  "interval; 2,000 give about 2 points at 95 %")
      ->check(CLI::Range(std::size_t{1}, std::size_t{100'000'000}))
      ->capture_default_str()
      ->group("Linking");
}

}  // namespace parcours::cli
