// parcours risk: how identifiable the people in some files are.
#include <fmt/format.h>

#include <charconv>
#include <ctime>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "assessment/assess.h"
#include "assessment/assess_release.h"
#include "assessment/assessment_json.h"
#include "assessment/limits.h"
#include "assessment/risk_report.h"
#include "base/files.h"
#include "base/nearest.h"
#include "cli/command.h"
#include "cli/risk_columns.h"
#include "cli/risk_find.h"
#include "cli/risk_text.h"
#include "cli/verbs.h"
#include "exports/columns_file.h"
#include "paths/attackers.h"
#include "paths/knowledge.h"
#include "risk/find_release.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;

struct RiskOptions {
  std::vector<std::string> files;
  ColumnFlags columns;
  std::vector<std::string> known = {"1", "2", "3", "4", "all"};
  std::vector<std::int32_t> within = {0, 7};
  std::vector<std::string> timings{parcours::timings().begin(), parcours::timings().end()};
  std::string attackers;
  std::uint64_t draws = 200'000;
  std::uint64_t seed = 1;
  std::vector<std::string> limits;
  std::string population;
  std::optional<double> population_size;
  std::string other;
  std::string person;
  std::string periods;
  std::size_t attacks = 2000;
  std::string report;
  FindOptions find;
  std::optional<std::uint64_t> threshold;
  bool guess = false;
  int threads = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
};

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
    const auto timing = static_cast<Timing>(found - timings().begin());
    if (std::ranges::find(result, timing) == result.end()) {
      result.push_back(timing);
    }
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

Result<AssessmentQuestion> question_of(const RiskOptions& options) {
  AssessmentQuestion question{
      .curve = {{}, options.within, options.draws, options.seed, options.threads},
      .threads = options.threads};
  ASSIGN_OR_RETURN(question.timings, timings_of(options.timings));
  ASSIGN_OR_RETURN(question.attackers, attackers_of(options.attackers));
  question.threshold = options.threshold;
  for (const std::string& text : options.known) {
    ASSIGN_OR_RETURN(const auto known, known_of(text));
    question.curve.known.push_back(known);
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

std::string today() {
  const std::time_t now = std::time(nullptr);
  std::tm day{};
  ::gmtime_r(&now, &day);
  return fmt::format("{:04}-{:02}-{:02}", day.tm_year + 1900, day.tm_mon + 1, day.tm_mday);
}

// Says what came out, and refuses what goes over a limit.
Status tell(const Assessment& assessment, const std::vector<Limit>& limits,
            const RiskOptions& options, const Session& session) {
  if (!options.attackers.empty() && options.attackers != "none" && !assessment.paths) {
    return bad_input("there are no events here, so these attackers know nothing of anybody",
                     options.attackers,
                     "an events file has a patient on several lines, a day and a code: --patient, "
                     "--day, --code");
  }
  ASSIGN_OR_RETURN(const std::vector<Held> held, hold(limits, measures(assessment)));
  if (!options.report.empty()) {
    ASSIGN_OR_RETURN(const std::string html, risk_report(assessment, held, today()));
    RETURN_IF_ERROR(write_file(options.report, html));
  }
  if (session.json) {
    fmt::print("{}\n", as_json(assessment, held).dump(2));
  } else {
    fmt::print("{}", assessment_text(assessment));
  }
  return within(held, assessment.what);
}

Status risk_of_vault(const RiskOptions& options, const AssessmentQuestion& question,
                     const std::vector<Limit>& limits, Session& session) {
  if (!options.other.empty()) {
    return bad_input("--with joins exports, and this is a vault", options.files[0],
                     "cut a vault into periods instead: --periods year");
  }
  ASSIGN_OR_RETURN(const auto unknown, unknown_fields(options.columns));
  ASSIGN_OR_RETURN(const Vault vault, Vault::open(options.files[0]));
  if (options.find.facts) {
    return find_and_tell(vault, options.find, session);
  }
  Progress progress(session.progress_manner());
  ASSIGN_OR_RETURN(const Assessment assessment,
                   assess(vault, unknown, question, progress, session.stop));
  return tell(assessment, limits, options, session);
}

Status risk_of_release(const RiskOptions& options, const std::vector<Limit>& limits,
                       const Session& session) {
  const fs::path folder = options.files[0];
  if (options.find.facts) {
    return find_and_tell(folder, options.find, session);
  }
  const std::optional<std::int64_t> threshold = options.threshold;
  ASSIGN_OR_RETURN(const Assessment assessment, assess_release(folder, threshold, options.seed));
  return tell(assessment, limits, options, session);
}

Status risk_of_exports(const RiskOptions& options, const AssessmentQuestion& question,
                       const std::vector<Limit>& limits, Session& session) {
  ASSIGN_OR_RETURN(Inputs inputs, Inputs::open({options.files.begin(), options.files.end()},
                                               options.threads, session.stop));
  ColumnFlags columns = options.columns;
  if (!options.person.empty()) {
    columns.drop.push_back(options.person);  // names people by itself
  }
  RETURN_IF_ERROR(apply(columns, inputs));
  if (!options.columns.save.empty()) {
    RETURN_IF_ERROR(write_file(options.columns.save, columns_text(inputs.guesses())));
  }
  if (options.guess) {
    if (session.json) {
      fmt::print("{}\n", as_json(inputs.guesses()).dump(2));
    } else {
      fmt::print("{}", columns_table(inputs.guesses()));
    }
    return {};
  }
  if (options.find.facts) {
    return find_and_tell(inputs, options.find, session);
  }
  std::optional<Inputs> other;
  if (!options.other.empty()) {
    ASSIGN_OR_RETURN(other, Inputs::open({options.other}, options.threads, session.stop));
    RETURN_IF_ERROR(apply_to_other(columns, *other));
  }
  Progress progress(session.progress_manner());
  ASSIGN_OR_RETURN(const Assessment assessment,
                   assess(inputs, other ? &*other : nullptr, question, progress, session.stop));
  return tell(assessment, limits, options, session);
}

Status risk(const RiskOptions& options, Session& session) {
  if (!options.person.empty() && options.other.empty()) {
    return bad_input("--person without --with", {},
                     "it tells right links of two exports from wrong");
  }
  ASSIGN_OR_RETURN(const AssessmentQuestion question, question_of(options));
  ASSIGN_OR_RETURN(const std::vector<Limit> limits, parse_limits(options.limits));
  RETURN_IF_ERROR(check(options.find));
  for (const std::string& file : options.files) {
    const bool release = is_release(file);
    if (!release && !is_vault(file)) {
      continue;
    }
    if (options.files.size() > 1) {
      return bad_input("a vault or a release is assessed by itself", file);
    }
    return release ? risk_of_release(options, limits, session)
                   : risk_of_vault(options, question, limits, session);
  }
  return risk_of_exports(options, question, limits, session);
}

void add_curve(CLI::App& verb, RiskOptions& options) {
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

constexpr const char* examples =
    "parcours risk export.csv                       # columns are guessed, and shown\n"
    "  parcours risk export.csv --guess --save-columns columns.toml\n"
    "  parcours risk people.csv events.parquet --columns columns.toml --report risk.html\n"
    "  parcours risk export.csv --limit singled_out=0.05     # exit code 1 where it is more\n"
    "  parcours risk export.csv --attackers ours.toml --threshold 11   # who could do it, to whom\n"
    "  parcours risk export-a.csv --with export-b.csv      # who is joined, whatever they are "
    "called\n"
    "  parcours risk export.csv --periods year             # and what a code that stays adds\n"
    "  parcours risk release/ --limit attacks_through=0      # every attack that its tables allow\n"
    "  parcours risk export.csv --find 'age 12, F, region 84, diagnosis J45*, visit in the week "
    "of 2023-03-06'\n"
    "  parcours risk people.csv --find 'age 12, F, region 84, diagnosis J45*'    # columns by name";

}  // namespace

void add_risk(CLI::App& root, Session& session) {
  auto options = std::make_shared<RiskOptions>();
  CLI::App* verb = root.add_subcommand(
      "risk", "How identifiable the people in an export are: CSV or Parquet, people or events");
  verb->add_option("file", options->files,
                   "Exports: CSV (also .gz) or Parquet, one line a person or one line an event; "
                   "several are linked by their patient columns. Or a vault. Or a release")
      ->required();
  add_column_flags(*verb, options->columns);
  verb->add_flag("--guess", options->guess, "Only show what each column is taken for, and why")
      ->group("Columns");
  add_curve(*verb, *options);
  verb->add_option("--population", options->population,
                   "A file of the whole population with the same columns, one line a person: how "
                   "many alike a journalist finds there")
      ->group("Fields of people");
  verb->add_option("--population-size", options->population_size,
                   "How many people the file is a part of, for estimates where there is no such "
                   "file")
      ->check(CLI::PositiveNumber)
      ->group("Fields of people");
  verb->add_option("--with", options->other,
                   "A second export, of people or of events: how many are joined with one of it by "
                   "what both say, and by chance")
      ->type_name("FILE")
      ->group("Linking");
  verb->add_option("--person", options->person,
                   "With --with: a column of both that says who it is, to tell right from wrong; "
                   "of events without it the patients' codes, where they are the same")
      ->type_name("COLUMN")
      ->group("Linking");
  verb->add_option("--periods", options->periods,
                   "Of events: what a patient's code adds that stays the same from one export to "
                   "the next, were there one each month, quarter, year or so many days")
      ->type_name("LENGTH")
      ->group("Linking");
  verb->add_option("--attacks", options->attacks,
                   "Guesses of each sensitive value, about people in and not in the file; patients "
                   "tried for each way to join two exports")
      ->capture_default_str()
      ->group("Linking");
  verb->add_option("--report", options->report,
                   "Write the answer as a page that opens offline, for people")
      ->type_name("FILE.html");
  verb->add_option("--limit", options->limits,
                   "NAME=MOST, a measure of the answer: over it the exit code is 1; --json lists "
                   "the names under 'measures'")
      ->allow_extra_args(false)
      ->delimiter(',');
  verb->add_option(
          "--threshold", options->threshold,
          "Of events: tell which groups of so many patients or more are worst off; without it "
          "none. Of a release: the fewest people that a published group may have; without it what "
          "its evidence says")
      ->check(CLI::Range(std::uint64_t{2}, std::uint64_t{1'000'000}));
  add_find_flags(*verb, options->find);
  verb->add_option("--threads", options->threads, "Threads")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  finish(verb, session, examples, [options](Session& s) { return risk(*options, s); });
}

}  // namespace parcours
