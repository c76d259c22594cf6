// parcours study run: counts a study's tables and says how much of them could leave. It writes
// nothing that leaves, and shows no figure of a table: only how many of its cells are safe, unsafe
// or empty under the rules.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/vault_option.h"
#include "crowds/count.h"
#include "program/say.h"
#include "protect/primary.h"
#include "protect/rules.h"
#include "release/permitted.h"
#include "vault/catalog.h"

namespace parcours::cli {
namespace {

struct StudyRunOptions {
  std::filesystem::path study;
  VaultOption vault;
  std::filesystem::path rules;
  int threads = threads_here();
};

// A table's cells, margins included, by what the rules say of each alone.
struct Sizes {
  std::string id;
  std::string shape;  // "age 3 x sex 2"
  std::uint64_t cells = 0;
  std::uint64_t empty = 0;
  std::uint64_t safe = 0;
  std::uint64_t too_small = 0;     // fewer patients than the threshold
  std::uint64_t otherwise = 0;     // enough patients, but another rule is broken
  std::uint64_t means_unsafe = 0;  // of safe cells of a table of means: the mean is not
};

Sizes sizes_of(const crowds::CrowdTable& table, const crowds::Crowd& population,
               const protect::Rules& rules) {
  Sizes sizes{.id = table.id};
  for (const tables::Dimension& dimension : table.dimensions) {
    sizes.shape += fmt::format("{}{} {}", sizes.shape.empty() ? "" : " x ", dimension.id,
                               dimension.categories.size());
  }
  const protect::Primary found = protect::primary(table, population, rules);
  sizes.cells = table.cells.size();
  for (std::size_t cell = 0; cell < table.cells.size(); ++cell) {
    if (table.cells[cell].patients == 0) {
      ++sizes.empty;
    } else if (!found.cells[cell]) {
      ++sizes.safe;
      sizes.means_unsafe += !found.means.empty() && found.means[cell] ? 1 : 0;
    } else if (found.cells[cell] == protect::Rule::patients_min) {
      ++sizes.too_small;
    } else {
      ++sizes.otherwise;
    }
  }
  return sizes;
}

// A count that may be below the threshold is not shown as it is.
std::string at_least(std::uint32_t patients, const protect::Rules& rules) {
  return patients < rules.patients_min ? fmt::format("fewer than {}", rules.patients_min)
                                       : fmt::format("{}", patients);
}

void print_text(const study::Study& study, const crowds::Counted& counted,
                const std::vector<Sizes>& tables, const protect::Rules& rules, double seconds) {
  program::say("study {}: {} patients counted in {:.1f} s; rules {}\n", study.id,
               at_least(counted.population.patients, rules), seconds, rules.id);
  for (const Sizes& table : tables) {
    program::say("\n  {}: {}\n", table.id, table.shape);
    program::say("    {:>9} cells, totals included\n", table.cells);
    program::say("    {:>9} without patients\n", table.empty);
    program::say("    {:>9} safe by themselves\n", table.safe);
    program::say("    {:>9} with fewer than {} patients\n", table.too_small, rules.patients_min);
    program::say("    {:>9} unsafe by another rule\n", table.otherwise);
    if (table.means_unsafe > 0) {
      program::say("    {:>9} safe, but not their mean\n", table.means_unsafe);
    }
  }
  program::say(
      "\nNothing has left. 'parcours release' hides more cells, so that no sum gives a hidden "
      "cell away.\n");
}

void print_json(const study::Study& study, const crowds::Counted& counted,
                const std::vector<Sizes>& tables, const protect::Rules& rules, double seconds) {
  nlohmann::ordered_json list = nlohmann::ordered_json::array();
  for (const Sizes& table : tables) {
    list.push_back({{"id", table.id},
                    {"shape", table.shape},
                    {"cells", table.cells},
                    {"empty", table.empty},
                    {"safe", table.safe},
                    {"too_few_patients", table.too_small},
                    {"unsafe_otherwise", table.otherwise},
                    {"means_unsafe", table.means_unsafe}});
  }
  nlohmann::ordered_json answer = {{"study", study.id}, {"rules", rules.id}, {"seconds", seconds}};
  if (counted.population.patients >= rules.patients_min) {
    answer["patients"] = counted.population.patients;
  } else {
    answer["patients_below"] = rules.patients_min;
  }
  answer["tables"] = std::move(list);
  program::say_json(answer);
}

Status study_run(const StudyRunOptions& options, Session& session) {
  const auto began = std::chrono::steady_clock::now();
  ASSIGN_OR_RETURN(const protect::Rules rules, protect::read_rules(options.rules));
  ASSIGN_OR_RETURN(const vault::VaultPlace place, options.vault.unlocked());
  ASSIGN_OR_RETURN(const vault::Vault vault, vault::Vault::open(place));
  ASSIGN_OR_RETURN(const study::Study study, study::read_study(options.study, vault.calendar()));
  // Signatures aside: what is counted here stays inside.
  ASSIGN_OR_RETURN(const formalities::KnownPermit* permit,
                   vault.catalog().formalities.to_study(study.permit, vault.day()));
  RETURN_IF_ERROR(study::all_covered(
      release::findings_of(study, rules, vault, *permit, vault.day()), options.study));
  const std::optional<vault::Period> period = vault.period();
  ASSIGN_OR_RETURN(const study::Plan plan,
                   study::Plan::make(study, vault.codes(), vocabulary::Vocabulary::built_in(),
                                     vault.practices(), vault.calendar(),
                                     period ? std::optional(std::pair(period->first, period->last))
                                            : std::nullopt));
  Progress progress(session.progress_manner());
  const crowds::CountOptions counting{
      .threads = options.threads,
      .practices_exact = rules.has_practices ? rules.practices_min : 1,
      .few = rules.patients_min};
  ASSIGN_OR_RETURN(const crowds::Counted counted,
                   count(vault, plan, counting, progress, session.stop));
  std::vector<Sizes> tables;
  for (const crowds::CrowdTable& table : counted.tables) {
    tables.push_back(sizes_of(table, counted.population, rules));
  }
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
  session.json ? print_json(study, counted, tables, rules, took.count())
               : print_text(study, counted, tables, rules, took.count());
  return {};
}

}  // namespace

void add_study_run(CLI::App& root, Session& session) {
  auto options = std::make_shared<StudyRunOptions>();
  CLI::App* verb = group(root, "study", "Check, count or sign a study")
                       ->add_subcommand("run",
                                        "Count a study and show how many cells are safe; nothing "
                                        "leaves");
  verb->add_option("study", options->study, "The study file (TOML)")->required();
  add_vault_option(verb, "--vault", options->vault, "The vault that holds the records")->required();
  verb->add_option("--rules", options->rules, "The rules file (TOML): which cells are safe")
      ->required();
  add_threads(*verb, options->threads);
  finish(verb, session,
         "parcours study run study.toml --vault panel.vault --rules rules/france-2026.toml",
         [options](Session& s) { return study_run(*options, s); });
}

}  // namespace parcours::cli
