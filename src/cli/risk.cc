// parcours risk: how identifiable the people in some files are.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>

#include "assessment/assess.h"
#include "assessment/assess_release.h"
#include "assessment/assessment_json.h"
#include "assessment/figures.h"
#include "assessment/find_release.h"
#include "assessment/limits.h"
#include "assessment/risk_report.h"
#include "base/files.h"
#include "base/letters.h"
#include "cli/risk_checks.h"
#include "cli/risk_options.h"
#include "cli/risk_text.h"
#include "cli/vault_option.h"
#include "cli/verbs.h"
#include "exports/columns_file.h"
#include "program/say.h"
#include "release/release_folder.h"
#include "vault/place.h"

namespace parcours::cli {
namespace {

namespace fs = std::filesystem;

// Says what came out, and refuses what goes over a limit.
Status tell(const assessment::Assessment& assessment, const std::vector<assessment::Limit>& limits,
            const RiskOptions& options, const Session& session) {
  ASSIGN_OR_RETURN(const std::vector<assessment::Held> held,
                   assessment::hold(limits, assessment::figures(assessment)));
  if (!options.report.empty()) {
    ASSIGN_OR_RETURN(
        const std::string html,
        assessment::risk_report(assessment, held, to_string(today(), Calendar::dates)));
    RETURN_IF_ERROR(write_file(options.report, html));
  }
  if (session.json) {
    program::say_json(assessment::as_json(assessment, held));
  } else {
    program::say_lines(assessment_text(assessment));
  }
  return assessment::within(held, assessment.what);
}

Status risk_of_vault(const RiskOptions& options, const assessment::AssessmentQuestion& question,
                     const std::vector<assessment::Limit>& limits, Session& session) {
  RETURN_IF_ERROR(check_no_first_line(options, "a vault has no lines of names"));
  RETURN_IF_ERROR(check_no_population(options, "a vault cannot be compared with a population"));
  if (!options.other.empty()) {
    return bad_input("--with joins exports, but this is a vault", options.files[0],
                     "cut a vault into periods instead: --periods year");
  }
  ASSIGN_OR_RETURN(const auto unknown, unknown_fields(options.columns));
  ASSIGN_OR_RETURN(const vault::VaultPlace place,
                   VaultOption(options.files[0], options.vault_key).unlocked());
  ASSIGN_OR_RETURN(const vault::Vault vault, vault::Vault::open(place));
  if (options.find.facts) {
    return find_and_tell(vault, options.find, session);
  }
  Progress progress(session.progress_manner());
  ASSIGN_OR_RETURN(const assessment::Assessment assessment,
                   assessment::assess(vault, unknown, question, progress, session.stop));
  return tell(assessment, limits, options, session);
}

Status risk_of_release(const RiskOptions& options, const std::vector<assessment::Limit>& limits,
                       const Session& session) {
  RETURN_IF_ERROR(check_no_first_line(options, "a release names its columns"));
  RETURN_IF_ERROR(check_no_population(options, "a release cannot be compared with a population"));
  RETURN_IF_ERROR(check_without_events(options));
  if (!options.other.empty()) {
    return bad_input("--with joins exports, but this is a release", options.files[0]);
  }
  RETURN_IF_ERROR(check_no_columns(options, "a release"));
  const fs::path folder = options.files[0];
  RETURN_IF_ERROR(release::check_release_folder(folder));
  if (options.find.facts) {
    return find_and_tell(folder, options.find, session);
  }
  const std::optional<std::int64_t> threshold = options.threshold;
  ASSIGN_OR_RETURN(const assessment::Assessment assessment,
                   assessment::assess_release(folder, threshold, options.seed));
  RETURN_IF_ERROR(tell(assessment, limits, options, session));
  return check_attacks(*assessment.tables, limits, assessment.what);
}

// The columns as the user says, and what --with is told right from wrong by, which names people by
// itself, is not attacked: but for the patients' own codes.
Status apply_with_person(const RiskOptions& options, assessment::Inputs& inputs, bool other,
                         const Stop& stop) {
  const auto apply_them = [&](const ColumnFlags& columns) {
    return other ? apply_to_other(columns, inputs, stop) : apply(columns, inputs, stop);
  };
  RETURN_IF_ERROR(apply_them(options.columns));
  const bool patients = std::ranges::any_of(inputs.guesses(), [&](const exports::FileGuess& guess) {
    const exports::ColumnGuess* patient = guess.of_role(exports::ColumnRole::patient);
    return patient != nullptr && lower(patient->name) == lower(options.person);
  });
  const bool there = std::ranges::any_of(inputs.all(), [&](const assessment::Input& input) {
    return input.file.column(options.person, "the person").has_value();
  });
  if (options.person.empty() || patients || !there) {
    return {};
  }
  ColumnFlags columns = options.columns;
  columns.drop.push_back(options.person);
  return apply_them(columns);
}

Status tell_of_exports(assessment::Inputs& inputs, const RiskOptions& options,
                       const assessment::AssessmentQuestion& question,
                       const std::vector<assessment::Limit>& limits, Session& session) {
  if (options.guess) {
    if (session.json) {
      program::say_json(assessment::as_json(inputs.guesses(), {}));
    } else {
      program::say_lines(columns_table(inputs.guesses(), {}));
    }
    return {};
  }
  if (options.find.facts) {
    return find_and_tell(inputs, options.find, session);
  }
  RETURN_IF_ERROR(check_asked(options, inputs, session.stop));
  std::optional<assessment::Inputs> other;
  if (!options.other.empty()) {
    ASSIGN_OR_RETURN(other, assessment::Inputs::open({options.other}, options.threads,
                                                     question.first_line, session.stop));
    RETURN_IF_ERROR(apply_with_person(options, *other, true, session.stop));
  }
  Progress progress(session.progress_manner());
  ASSIGN_OR_RETURN(
      const assessment::Assessment assessment,
      assessment::assess(inputs, other ? &*other : nullptr, question, progress, session.stop));
  return tell(assessment, limits, options, session);
}

// A stop changed nothing but what was written before it.
Status but_written(Status status, const std::string& file) {
  if (!status && status.error().fault == Fault::stopped) {
    status.error().found = fmt::format("stopped on request; {} was already written", file);
  }
  return status;
}

Status risk_of_exports(const RiskOptions& options, const assessment::AssessmentQuestion& question,
                       const std::vector<assessment::Limit>& limits, Session& session) {
  ASSIGN_OR_RETURN(assessment::Inputs inputs,
                   assessment::Inputs::open({options.files.begin(), options.files.end()},
                                            options.threads, question.first_line, session.stop));
  RETURN_IF_ERROR(apply_with_person(options, inputs, false, session.stop));
  if (!options.columns.save.empty()) {
    RETURN_IF_ERROR(write_file(options.columns.save, exports::columns_text(inputs.guesses())));
  }
  Status told = tell_of_exports(inputs, options, question, limits, session);
  return options.columns.save.empty() ? told : but_written(std::move(told), options.columns.save);
}

// --guess shows columns and --find looks for one person: neither works out figures, so what asks
// for figures is refused and not passed over.
Status check_no_figures_asked(const RiskOptions& options) {
  const char* only = options.guess ? "--guess" : options.find.facts ? "--find" : nullptr;
  if (only == nullptr) {
    return {};
  }
  if (options.guess && options.find.facts) {
    return bad_input("--guess and --find are given together", {}, "give one of them");
  }
  const std::pair<const char*, bool> asked[] = {{"--limit", !options.limits.empty()},
                                                {"--report", !options.report.empty()},
                                                {"--threshold", options.threshold.has_value()},
                                                {"--periods", !options.periods.empty()},
                                                {"--with", !options.other.empty()}};
  for (const auto& [option, given] : asked) {
    if (given) {
      return bad_input(fmt::format("{} is given with {}, which works out no figures", option, only),
                       {}, fmt::format("run the command once with {} and once without", only));
    }
  }
  return {};
}

// A folder of tables without evidence, or of evidence without tables, is no release.
Status check_whole_release(const fs::path& folder) {
  std::error_code ignored;
  const bool evidence = fs::exists(folder / "evidence.json", ignored);
  const bool tables = fs::is_directory(folder / "tables", ignored);
  if (evidence == tables) {
    return {};
  }
  return bad_input(fmt::format("this folder of a release has no {}",
                               evidence ? "folder 'tables'" : "file 'evidence.json'"),
                   folder.string(),
                   evidence ? "name the folder that parcours release wrote, whole"
                            : "name the folder that parcours release wrote, whole; for tables "
                              "alone there is parcours audit");
}

Status check_no_vault_key(const RiskOptions& options) {
  ASSIGN_OR_RETURN(const std::optional<records::KeySource> source,
                   maybe_key_source(options.vault_key, records::KeyOf::vault));
  return source ? bad_input("a vault key is given, but this is not a vault", options.files[0],
                            "leave out the vault key")
                : Status();
}

Status risk(const RiskOptions& options, Session& session) {
  RETURN_IF_ERROR(check_no_figures_asked(options));
  RETURN_IF_ERROR(check_places(options));
  if (!options.person.empty() && options.other.empty()) {
    return bad_input("--person without --with", {},
                     "give --with too: --person tells right joins of two exports from wrong ones");
  }
  ASSIGN_OR_RETURN(const assessment::AssessmentQuestion question, question_of(options));
  ASSIGN_OR_RETURN(const std::vector<assessment::Limit> limits,
                   assessment::parse_limits(options.limits));
  RETURN_IF_ERROR(check(options.find));
  for (const std::string& file : options.files) {
    if (file.empty()) {
      return bad_input("'' names no file", {}, "name a CSV or Parquet file, a vault or a release");
    }
    RETURN_IF_ERROR(check_whole_release(file));
    const bool release = assessment::is_release(file);
    ASSIGN_OR_RETURN(const bool vault, vault::is_vault(file));
    if (!release && !vault) {
      continue;
    }
    if (options.files.size() > 1) {
      return bad_input("give a vault or a release alone", file);
    }
    if (vault && !release) {
      return risk_of_vault(options, question, limits, session);
    }
    RETURN_IF_ERROR(check_no_vault_key(options));
    return risk_of_release(options, limits, session);
  }
  RETURN_IF_ERROR(check_no_vault_key(options));
  return risk_of_exports(options, question, limits, session);
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
    "  parcours risk people.csv --find 'age 12, F, region 84, diagnosis J45*'    # columns by "
    "name\n"
    "  parcours risk panel.vault --find-file facts.txt     # a fact a line; not seen in ps";

}  // namespace

void add_risk(CLI::App& root, Session& session) {
  auto options = std::make_shared<RiskOptions>();
  CLI::App* verb = root.add_subcommand(
      "risk", "Measure how identifiable the people in an export, a vault or a release are");
  verb->add_option("file", options->files,
                   "One or more exports: CSV (also .gz) or Parquet, one line a person or one line "
                   "an event. Several exports are linked by their patient columns. Or one vault, "
                   "or one release")
      ->required();
  add_column_flags(*verb, options->columns);
  verb->add_flag("--guess", options->guess, "Only show the role that each column is given, and why")
      ->group("Columns");
  add_curve_flags(*verb, *options);
  add_people_flags(*verb, *options);
  add_linking_flags(*verb, *options);
  verb->add_option("--report", options->report,
                   "Also write the answer as a page, in English and French, that opens without a "
                   "network")
      ->type_name("FILE.html");
  verb->add_option("--limit", options->limits,
                   "NAME=MOST, such as singled_out=0.05. The exit code is 1 where the figure is "
                   "higher. --json lists the names under 'measures'")
      ->allow_extra_args(false)
      ->delimiter(',');
  verb->add_option(
          "--threshold", options->threshold,
          "For exports and vaults: also show the groups of at least this many patients that are "
          "singled out most; without it no group is shown. For a release: the fewest people that "
          "a published cell may count; without it, the number in the release's evidence")
      ->check(CLI::Range(std::uint64_t{2}, std::uint64_t{1'000'000}));
  add_find_flags(*verb, options->find);
  add_key_options(verb, options->vault_key, records::KeyOf::vault);
  add_threads(*verb, options->threads);
  finish(verb, session, examples, [options](Session& s) -> Status {
    RETURN_IF_ERROR(read_facts(options->find));
    return risk(*options, s);
  });
}

}  // namespace parcours::cli
