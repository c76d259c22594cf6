// parcours risk: how many patients of an export a few known dated events single out.
#include <fmt/format.h>

#include <charconv>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "cli/command.h"
#include "cli/risk_text.h"
#include "cli/verbs.h"
#include "paths/read_paths.h"
#include "paths/uniqueness.h"
#include "paths/vault_paths.h"
#include "risk/find.h"

namespace parcours {
namespace {

struct RiskOptions {
  std::string file;
  RoleNames columns;
  std::vector<std::string> known = {"1", "2", "3", "4", "all"};
  std::vector<std::int32_t> within = {0, 7};
  std::uint64_t draws = 200'000;
  std::uint64_t seed = 1;
  std::optional<std::string> find;
  bool show_path = false;
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

Result<CurveQuestion> question_of(const RiskOptions& options) {
  CurveQuestion question{{}, options.within, options.draws, options.seed, options.threads};
  for (const std::string& text : options.known) {
    ASSIGN_OR_RETURN(const auto known, known_of(text));
    question.known.push_back(known);
  }
  return question;
}

nlohmann::ordered_json as_json(const PathsRead& read, const CurveQuestion& question,
                               const std::vector<CurvePoint>& curve) {
  nlohmann::ordered_json points = nlohmann::ordered_json::array();
  for (const CurvePoint& point : curve) {
    nlohmann::ordered_json entry;
    if (point.known) {
      entry["known"] = *point.known;
    } else {
      entry["known"] = "all";
    }
    entry["within_days"] = point.within_days;
    entry["unique_share"] = point.unique_share;
    entry["exact"] = point.exact;
    entry["interval"] = {point.low, point.high};
    points.push_back(std::move(entry));
  }
  return {
      {"patients", read.paths.patients()}, {"events", read.events}, {"left_out", read.left_out},
      {"draws", question.draws},           {"seed", question.seed}, {"curve", std::move(points)}};
}

nlohmann::ordered_json as_json(const Funnel& funnel) {
  nlohmann::ordered_json steps = nlohmann::ordered_json::array();
  for (const FunnelStep& step : funnel.steps) {
    steps.push_back({{"fact", step.fact}, {"patients", step.patients}});
  }
  nlohmann::ordered_json answer = {{"patients", funnel.patients}, {"funnel", std::move(steps)}};
  if (funnel.path) {
    const FoundPath& path = *funnel.path;
    nlohmann::ordered_json lines = nlohmann::ordered_json::array();
    for (const PathLine& line : path.lines) {
      lines.push_back({{"day", to_string(line.day, funnel.calendar)},
                       {"kind", line.kind},
                       {"code", line.code}});
    }
    answer["path"] = {{"events", path.events},
                      {"first", to_string(path.first, funnel.calendar)},
                      {"last", to_string(path.last, funnel.calendar)},
                      {"kinds", path.events_by_kind}};
    if (!lines.empty()) {
      answer["path"]["lines"] = std::move(lines);
    }
  }
  return answer;
}

bool is_vault(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::exists(path / "catalog.sqlite", ignored);
}

Status answer_curve(const PathsRead& read, const CurveQuestion& question, const Session& session,
                    Progress& progress) {
  ASSIGN_OR_RETURN(const auto curve,
                   uniqueness_curve(read.paths, question, progress, session.stop));
  if (session.json) {
    fmt::print("{}\n", as_json(read, question, curve).dump(2));
  } else {
    fmt::print("{}", curve_text(read, question, curve));
  }
  return {};
}

void answer_funnel(const Funnel& funnel, const Session& session) {
  if (session.json) {
    fmt::print("{}\n", as_json(funnel).dump(2));
  } else {
    fmt::print("{}", funnel_text(funnel));
  }
}

Status risk_of_vault(const RiskOptions& options, const CurveQuestion& question,
                     const std::vector<Fact>& facts, Session& session) {
  Progress progress(session.progress_manner());
  ASSIGN_OR_RETURN(const Vault vault, Vault::open(options.file));
  if (!facts.empty()) {
    ASSIGN_OR_RETURN(const Funnel funnel,
                     find_in(vault, facts, options.show_path, progress, session.stop));
    answer_funnel(funnel, session);
    return {};
  }
  ASSIGN_OR_RETURN(const PathsRead read, read_paths(vault, progress, session.stop));
  return answer_curve(read, question, session, progress);
}

// What was guessed goes to standard error, with the way to correct it.
void show_guesses(const Roles& roles, const Session& session) {
  if (roles.guessed.empty() || session.quiet) {
    return;
  }
  std::vector<std::string> guesses;
  for (const auto& [role, column] : roles.guessed) {
    guesses.push_back(fmt::format("{} = {}", role, column));
  }
  fmt::print(stderr, "columns guessed by their names: {} (see --help to name others)\n",
             fmt::join(guesses, ", "));
}

Status risk_of_export(const RiskOptions& options, const CurveQuestion& question,
                      const std::vector<Fact>& facts, Session& session) {
  Progress progress(session.progress_manner());
  ASSIGN_OR_RETURN(ExportFile file, ExportFile::open(options.file, options.threads));
  ASSIGN_OR_RETURN(const Roles roles, find_roles(file, options.columns));
  show_guesses(roles, session);
  if (!facts.empty()) {
    ASSIGN_OR_RETURN(const Funnel funnel,
                     find_in(file, roles, facts, options.show_path, session.stop));
    answer_funnel(funnel, session);
    return {};
  }
  ASSIGN_OR_RETURN(const PathsRead read, read_paths(file, roles, progress, session.stop));
  return answer_curve(read, question, session, progress);
}

nlohmann::ordered_json as_json(const ReleaseFunnel& funnel) {
  nlohmann::ordered_json steps = nlohmann::ordered_json::array();
  for (const ReleaseStep& step : funnel.steps) {
    steps.push_back({{"fact", step.fact}, {"in_tables", step.in_tables}});
    if (step.people) {
      steps.back()["people"] = *step.people;
    }
  }
  return {{"tables", funnel.tables}, {"steps", steps}};
}

Status risk_of_release(const RiskOptions& options, const std::vector<Fact>& facts,
                       const Session& session) {
  if (facts.empty()) {
    return bad_input("a release holds tables and no lines of patients, so nobody's path is in it",
                     options.file, "say whom to look for: --find FACTS");
  }
  ASSIGN_OR_RETURN(const ReleaseFunnel funnel, find_in_release(options.file, facts));
  if (session.json) {
    fmt::print("{}\n", as_json(funnel).dump(2));
  } else {
    fmt::print("{}", funnel_text(funnel));
  }
  return {};
}

Status risk(const RiskOptions& options, Session& session) {
  ASSIGN_OR_RETURN(const CurveQuestion question, question_of(options));
  std::vector<Fact> facts;
  if (options.find) {
    ASSIGN_OR_RETURN(facts, parse_facts(*options.find));
  } else if (options.show_path) {
    return bad_input("--show-path without --find", {}, "say what is known: --find FACTS");
  }
  if (is_release(options.file)) {
    return risk_of_release(options, facts, session);
  }
  return is_vault(options.file) ? risk_of_vault(options, question, facts, session)
                                : risk_of_export(options, question, facts, session);
}

void add_columns(CLI::App& verb, RoleNames& columns) {
  verb.add_option("--patient", columns.patient, "The column that says who");
  verb.add_option("--day", columns.day, "The column that says when");
  verb.add_option("--code", columns.code, "The column that says what");
  verb.add_option("--kind", columns.kind, "The column that says what kind of event");
  verb.add_option("--sex", columns.sex, "The column of the sex");
  verb.add_option("--birth-year", columns.birth_year, "The column of the year or date of birth");
  verb.add_option("--age", columns.age, "The column of the age");
  verb.add_option("--day-format", columns.day_format,
                  "How days are written, e.g. %d/%m/%Y; without it whole numbers or 2023-03-06");
}

}  // namespace

void add_risk(CLI::App& root, Session& session) {
  auto options = std::make_shared<RiskOptions>();
  CLI::App* verb = root.add_subcommand("risk", "How identifiable the people in an export are");
  verb->add_option("file", options->file,
                   "Events, one a line: CSV (also .gz) or Parquet; or a vault")
      ->required();
  add_columns(*verb, options->columns);
  verb->add_option("--known", options->known, "How many events are known: numbers from 1, and all")
      ->delimiter(',')
      ->capture_default_str();
  verb->add_option("--within", options->within, "How well days are known, in days")
      ->delimiter(',')
      ->check(CLI::Range(0, 100'000))
      ->capture_default_str();
  verb->add_option("--draws", options->draws,
                   "Draws for each figure that would take longer to work out exactly")
      ->check(CLI::Range(std::uint64_t{100}, std::uint64_t{1'000'000'000'000}))
      ->capture_default_str();
  verb->add_option("--seed", options->seed, "The same seed draws the same")->capture_default_str();
  verb->add_option("--threads", options->threads, "Threads")
      ->check(CLI::Range(1, 1024))
      ->capture_default_str();
  verb->add_option("--find", options->find,
                   "Instead: who fits what somebody knows, fact by fact, with commas between");
  verb->add_flag("--show-path", options->show_path,
                 "With --find: show the one care path, day by day (personal data)");
  finish(
      verb, session,
      "parcours risk export.csv --patient id --day date --code code\n"
      "  parcours risk export.csv --find 'age 12, F, region 84, diagnosis J45*, visit in the week "
      "of 2023-03-06'",
      [options](Session& s) { return risk(*options, s); });
}

}  // namespace parcours
