// parcours release: the gate. Counts a study, protects its tables, attacks and judges them, and
// writes the release or says why not.

#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "cli/command.h"
#include "cli/key_options.h"
#include "cli/vault_option.h"
#include "program/say.h"
#include "release/earlier.h"
#include "release/evidence.h"
#include "release/figures.h"
#include "release/inside.h"
#include "release/make.h"
#include "release/notes.h"
#include "release/writer.h"
#include "vault/catalog.h"
#include "vault/place.h"

namespace parcours::cli {
namespace {

namespace fs = std::filesystem;

struct ReleaseOptions {
  VaultOption vault;
  std::string study;
  std::string rules;
  std::string out;
  KeyOptions key;
  std::uint64_t seed = 1;
  int threads = threads_here();
};

Result<release::Question> question_of(const ReleaseOptions& options) {
  ASSIGN_OR_RETURN(std::string rules_text, read_file(options.rules, protect::largest_rules_file));
  ASSIGN_OR_RETURN(protect::Rules rules, protect::parse_rules(rules_text, options.rules));
  ASSIGN_OR_RETURN(std::string text, read_file(options.study, study::largest_study_file));
  return release::Question{options.study,
                           std::move(text),
                           std::move(rules),
                           options.rules,
                           options.seed,
                           options.threads,
                           {},  // the vault says it
                           std::move(rules_text)};
}

// If a release shows few of its patients, that is said before everything else, with what to do.
void say_little(const release::Release& release) {
  if (const std::optional<release::Note> little = release::shows_little_note(release)) {
    program::say("{} {}\n\n", little->head.en, little->text.en);
  }
}

void say_little_tables(const std::vector<tables::Table>& tables) {
  std::vector<std::string> little;
  for (const tables::Table& table : tables) {
    if (release::shows_little({&table, 1})) {
      little.push_back(table.id);
    }
  }
  if (!little.empty()) {
    program::say("Little      tables that show under a tenth of their patients: {}\n",
                 fmt::format("{}", fmt::join(little, ", ")));
  }
}

void say_shared(const release::SharedByHidden& shared) {
  if (shared.sharing > 0) {
    program::say(
        "Shared      {} of {} hidden groups: it is public that all members share a value, though "
        "not\n            how many they are, because all other categories are published as 0\n",
        page::grouped(shared.sharing), page::grouped(shared.groups));
  }
}

// What the release does not say.
void say_inside(const release::Verdict& verdict) {
  std::vector<std::string> rules;
  for (const release::HiddenBy& hidden : release::hidden_by(verdict)) {
    rules.push_back(fmt::format("{} {}", hidden.rule, page::grouped(hidden.cells)));
  }
  std::vector<std::string> found;
  for (const attacks::AttackRun& attack : verdict.attacks()) {
    found.push_back(
        fmt::format("{} {}", attack.outcome.id, page::grouped(attack.control.succeeded)));
  }
  program::say(
      "\nInside      stays inside; not in the release: these say something about hidden counts\n");
  program::say("            hidden by {}\n", fmt::join(rules, ", "));
  program::say("            before protection the attacks found {}\n", fmt::join(found, ", "));
}

// Of the editions of the study, the latest last.
void say_earlier(const past::EarlierFigures& earlier) {
  if (earlier.another_of_this_name) {
    program::say(
        "Note        an earlier release with this id asks something else, or was made under another\n"
        "            rules file; its figures are not shown here\n");
  }
  if (earlier.count() == 0) {
    return;
  }
  program::say("Earlier     {} cells that are hidden now show a figure of an earlier release:\n",
               page::grouped(earlier.count()));
  const std::vector<std::uint64_t> figures = release::figures_by_edition(earlier);
  for (std::size_t e = 0; e < figures.size(); ++e) {
    const past::Edition& edition = earlier.editions[e];
    program::say("            {} of {}{}\n", page::grouped(figures[e]), edition.day,
                 edition.period.empty() ? "" : ", " + edition.period_in_words.en);
  }
}

void print_text(const release::Release& release, const fs::path& out, double seconds) {
  const release::Verdict& verdict = release.verdict();
  const release::CellCount count = release::count_cells(verdict.tables());
  const std::optional<release::Shown> part = release::shown(verdict.tables());
  say_little(release);
  program::say("Counted     {}\n",
               verdict.population()
                   ? page::grouped(*verdict.population()) + " patients"
                   : "a number of patients that is not shown: few came or left since an "
                     "earlier release");
  program::say("Published   {} of {} cells with patients, {}; {} more cells are empty\n",
               page::grouped(count.published_with_patients()), page::grouped(count.with_patients()),
               page::percentage(count.published_part()).en, page::grouped(count.empty));
  program::say("Shown       {}\n",
               part ? fmt::format("{} of the patients are in published cells, totals left out",
                                  page::percentage(part->part()).en)
                    : "no table shows its total, so the share of the patients is not known");
  say_earlier(release.earlier());
  say_little_tables(verdict.tables());
  if (const protect::ProtectionSummary& summary = verdict.hidden(); summary.needed > 0) {
    const std::uint64_t hidden = summary.needed - summary.needed_published;
    program::say(
        "Needed      {} of the {} needed cells are published{}\n",
        page::grouped(summary.needed_published), page::grouped(summary.needed),
        hidden == 0
            ? ""
            : fmt::format("; {} are hidden, because hiding other cells instead would not be safe",
                          page::grouped(hidden)));
  }
  say_shared(release::shared_by_hidden(verdict.tables(), release.asked().sensitive));
  program::say("Attacks     {} tried, all failed\n", verdict.attacks().size());
  program::say("Permit      {}, of {}, valid until {}\n", release.permitted().reference(),
               release.permitted().holder(), release.permitted().valid_until());
  program::say("Not judged  sign-off, other sources; the report explains this\n");
  program::say("Report      {}, in {:.1f} s\n", (out / "report.html").string(), seconds);
  say_inside(verdict);
}

void print_json(const release::Release& release, const fs::path& out, double seconds) {
  nlohmann::ordered_json answer;
  const std::optional<release::Note> little = release::shows_little_note(release);
  answer["notice"] = little ? nlohmann::ordered_json(little->head.en + " " + little->text.en)
                            : nlohmann::ordered_json(nullptr);
  answer.update(release::evidence(release, {}));
  answer.erase("files");
  answer["release"] = out.string();
  answer["report"] = (out / "report.html").string();
  answer["seconds"] = seconds;
  answer["inside"] = release::inside(release.verdict());
  program::say_json(answer);
}

Status make_and_write(const ReleaseOptions& options, Session& session) {
  const auto began = std::chrono::steady_clock::now();
  const fs::path out = options.out;
  if (out.empty()) {
    return bad_input("no folder is named", "--out", "name a folder that does not exist yet");
  }
  RETURN_IF_ERROR(vault::check_outside_vaults(out));
  RETURN_IF_ERROR(release::may_be_written(out));
  ASSIGN_OR_RETURN(const records::KeySource source, key_source(options.key));
  ASSIGN_OR_RETURN(release::Question question, question_of(options));
  ASSIGN_OR_RETURN(const vault::VaultPlace place, options.vault.unlocked());
  ASSIGN_OR_RETURN(const vault::Vault vault, vault::Vault::open(place));
  question.day = to_string(vault.day(), Calendar::dates);
  Progress progress(session.progress_manner());
  ASSIGN_OR_RETURN(const records::ProgrammeKey key,
                   known_key(source, vault.catalog().key, vault.path()));
  ASSIGN_OR_RETURN(past::PastReleases past, past::PastReleases::open(place, key, session.stop));
  ASSIGN_OR_RETURN(release::MadeRelease made,
                   release::make_release(vault, question, past, progress, session.stop));
  const release::Release& release = made.release;
  RETURN_IF_ERROR(release::write(release, out, session.stop, [&] {
    return made.same_as ? Status() : past.add(std::move(made.to_remember));
  }));
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
  session.json ? print_json(release, out, seconds) : print_text(release, out, seconds);
  return {};
}

}  // namespace

void add_release(CLI::App& root, Session& session) {
  auto options = std::make_shared<ReleaseOptions>();
  CLI::App* verb = root.add_subcommand(
      "release", "Count a study, protect its tables, attack them, and write them if they pass");
  add_vault_option(verb, "--vault", options->vault, "The vault that holds the records")->required();
  verb->add_option("--study", options->study, "The study file (TOML)")->required();
  verb->add_option("--rules", options->rules,
                   "The rules file (TOML); the study must name the same rules")
      ->required();
  verb->add_option("--out", options->out,
                   "The folder to write the release to; it must not exist yet")
      ->required();
  verb->add_option("--seed", options->seed,
                   "Seed of the attacks' random draws. The same seed tries the same people")
      ->capture_default_str();
  add_key_options(verb, options->key);
  add_threads(*verb, options->threads);
  finish(verb, session,
         "parcours release --vault panel.vault --study asthma.toml --rules rules/france-2026.toml "
         "--key programme.key --out asthma",
         [options](Session& s) { return make_and_write(*options, s); });
}

}  // namespace parcours::cli
