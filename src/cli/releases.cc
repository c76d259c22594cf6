// parcours releases list, show, compare, withdraw, status: what was released from a vault, as its
// memory of releases has it.

#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "cli/command.h"
#include "cli/key_options.h"
#include "cli/vault_option.h"
#include "past/comparison.h"
#include "past/past_releases.h"
#include "program/say.h"
#include "protect/rules.h"
#include "release/figures.h"
#include "vault/catalog.h"
#include "vault/vault.h"

namespace parcours {
namespace {

using Json = nlohmann::ordered_json;

struct ReleasesOptions {
  VaultOption vault;
  KeyOptions key;
  std::uint32_t number = 0;
  std::uint32_t other = 0;
  std::string because;
  std::filesystem::path rules;
};

// Runs work(past releases) with the vault's key.
template <class Work>
Status with_past(const ReleasesOptions& options, const Session& session, Work work) {
  ASSIGN_OR_RETURN(const KeySource source, key_source(options.key));
  ASSIGN_OR_RETURN(const VaultPlace place, options.vault.unlocked());
  ASSIGN_OR_RETURN(const Vault vault, Vault::open(place));
  ASSIGN_OR_RETURN(const ProgrammeKey key, known_key(source, vault.catalog().key, vault.path()));
  ASSIGN_OR_RETURN(PastReleases past, PastReleases::open(place, key, session.stop));
  return work(past);
}

std::uint64_t published_in(const std::vector<Table>& tables) {
  return count_cells(tables).published_with_patients();
}

Json as_json(const std::optional<Withdrawal>& withdrawal) {
  return withdrawal ? Json{{"day", withdrawal->day}, {"because", withdrawal->reason}}
                    : Json(nullptr);
}

Json as_json(const PastRelease& release, const std::optional<Withdrawal>& withdrawal) {
  const PastEntry& entry = release.entry;
  return {{"release", entry.number},
          {"day", entry.day},
          {"study", entry.study},
          {"title", {{"en", entry.title.en}, {"fr", entry.title.fr}}},
          {"study_sha256", entry.study_sha256},
          {"rules", entry.rules},
          {"rules_sha256", entry.rules_sha256},
          {"state", entry.state},
          {"patients", release.roll.patients()},
          {"population_shown", entry.population_shown},
          {"tables", release.tables.size()},
          {"published", published_in(release.tables)},
          {"withdrawn", as_json(withdrawal)}};
}

Status list(const PastReleases& past, const Session& session) {
  Json all = Json::array();
  if (!session.json && past.count() == 0) {
    say("No release was made from this vault yet.\n");
  } else if (!session.json) {
    say("  no  day         state  tables  published  study\n");
  }
  for (std::uint32_t number = 1; number <= past.count(); ++number) {
    ASSIGN_OR_RETURN(const PastRelease release, past.read(number));
    ASSIGN_OR_RETURN(const auto withdrawal, past.withdrawal(number));
    all.push_back(as_json(release, withdrawal));
    if (!session.json) {
      say("{:>4}  {:<10} {:>6} {:>7} {:>10}  {}{}\n", number, release.entry.day,
          release.entry.state, release.tables.size(), grouped(published_in(release.tables)),
          release.entry.study, withdrawal ? " (withdrawn " + withdrawal->day + ")" : "");
    }
  }
  if (session.json) {
    say_json(Json{{"releases", std::move(all)}});
  }
  return {};
}

Status show(const PastReleases& past, std::uint32_t number, const Session& session) {
  ASSIGN_OR_RETURN(const PastRelease release, past.read(number));
  ASSIGN_OR_RETURN(const auto withdrawal, past.withdrawal(number));
  if (session.json) {
    Json answer = as_json(release, withdrawal);
    answer["by_table"] = Json::array();
    for (const Table& table : release.tables) {
      const CellCount count = count_cells({&table, 1});
      answer["by_table"].push_back({{"table", table.id},
                                    {"cells_with_patients", count.with_patients()},
                                    {"published", count.published_with_patients()}});
    }
    say_json(answer);
    return {};
  }
  const PastEntry& entry = release.entry;
  say("Release {}   {}\n", entry.number, entry.title.en);
  say("Made        {}, from state {} of the vault\n", entry.day, entry.state);
  say("Study       {}, sha256 {}\n", entry.study, entry.study_sha256);
  say("Rules       {}, sha256 {}\n", entry.rules, entry.rules_sha256);
  say("Patients    {}{}\n", grouped(release.roll.patients()),
      entry.population_shown ? "" : "; the release does not say this number");
  for (const Table& table : release.tables) {
    const CellCount count = count_cells({&table, 1});
    say("Table       {}: {} of {} cells with patients are published\n", table.id,
        grouped(count.published_with_patients()), grouped(count.with_patients()));
  }
  if (withdrawal) {
    say("Withdrawn   {}: {}\n", withdrawal->day, withdrawal->reason);
  }
  return {};
}

Status compare_two(const PastReleases& past, const ReleasesOptions& options,
                   const Session& session) {
  ASSIGN_OR_RETURN(const PastRelease first, past.read(options.number));
  ASSIGN_OR_RETURN(const PastRelease second, past.read(options.other));
  const Comparison found = compare(first, second);
  if (session.json) {
    Json tables = Json::array();
    for (const TableComparison& table : found.tables) {
      tables.push_back({{"table", table.table},
                        {"same", table.same},
                        {"different", table.different},
                        {"first_only", table.first_only},
                        {"second_only", table.second_only},
                        {"neither", table.neither}});
    }
    say_json(Json{{"same_population", found.same_population},
                  {"patients",
                   {{"both", found.in_both},
                    {"first_only", found.first_only},
                    {"second_only", found.second_only}}},
                  {"tables", std::move(tables)}});
    return {};
  }
  say("Patients    {} in both, {} in release {} alone, {} in release {} alone\n",
      grouped(found.in_both), grouped(found.first_only), options.number, grouped(found.second_only),
      options.other);
  if (!found.same_population) {
    say("            The two studies define their populations in different ways.\n");
  }
  if (found.tables.empty()) {
    say("            No table of the one has the same id and the same cells as one of the other.\n");
  }
  for (const TableComparison& table : found.tables) {
    say("Table       {}: {} figures are the same, {} differ; {} stand in release {} alone, {} in "
        "release {} alone\n",
        table.table, grouped(table.same), grouped(table.different), grouped(table.first_only),
        options.number, grouped(table.second_only), options.other);
  }
  say("These numbers stay inside: they say how many patients came and left.\n");
  return {};
}

Status withdraw(PastReleases& past, const ReleasesOptions& options, const Session& session) {
  if (options.because.empty()) {
    return bad_input("no reason is given", "--because",
                     "say why, for who asks later: --because \"a wrong mapping\"");
  }
  const Withdrawal now{to_string(today(), Calendar::dates), options.because};
  RETURN_IF_ERROR(past.withdraw(options.number, now));
  if (session.json) {
    say_json(Json{{"release", options.number}, {"withdrawn", as_json(std::optional(now))}});
    return {};
  }
  say("Release {} is withdrawn. Who has its figures still has them: every later release is judged "
      "with them in mind.\n",
      options.number);
  return {};
}

Status show_room(const PastReleases& past, const ReleasesOptions& options, Session& session) {
  ASSIGN_OR_RETURN(const Rules rules, read_rules(options.rules));
  RoomLeft room(rules.patients_min);
  Progress progress(session.progress_manner());
  progress.begin("reading past releases", past.count());
  for (std::uint32_t number = 1; number <= past.count(); ++number) {
    if (session.stop.requested()) {
      return stopped();
    }
    ASSIGN_OR_RETURN(const PastRelease release, past.read(number));
    room.take(release);
    progress.add(1);
  }
  progress.end();
  const std::vector<RoomOfPopulation> populations = room.populations();
  if (session.json) {
    Json all = Json::array();
    for (const RoomOfPopulation& one : populations) {
      all.push_back({{"definition", one.definition},
                     {"study", one.study},
                     {"releases", one.releases},
                     {"tables", one.tables},
                     {"figures", one.figures},
                     {"patients", one.patients},
                     {"alone", one.alone}});
    }
    say_json(Json{{"patients_min", rules.patients_min}, {"populations", std::move(all)}});
    return {};
  }
  if (populations.empty()) {
    say("No release was made from this vault yet.\n");
  }
  for (const RoomOfPopulation& one : populations) {
    say("Population  of study {}: {} patients in {} releases, {} tables, {} figures\n", one.study,
        grouped(one.patients), grouped(one.releases), grouped(one.tables), grouped(one.figures));
    if (one.alone == 0) {
      say("Room        each of them stands in the same published cells as {} others or more\n",
          rules.patients_min - 1);
    } else {
      say("Room        {} of them stand in the same published cells as fewer than {} others; a new "
          "release must\n            hide cells to tell these apart any further\n",
          grouped(one.alone), rules.patients_min - 1);
    }
  }
  return {};
}

}  // namespace

void add_releases(CLI::App& root, Session& session) {
  CLI::App* releases = group(root, "releases", "What was released from a vault before");
  const auto add = [&](const char* name, const char* description, bool numbered) {
    auto options = std::make_shared<ReleasesOptions>();
    CLI::App* verb = releases->add_subcommand(name, description);
    add_vault_option(verb, "vault", options->vault, "The vault that the releases were made from")
        ->required();
    if (numbered) {
      verb->add_option("number", options->number, "The number of a release, as list shows it")
          ->required();
    }
    add_key_options(verb, options->key);
    return std::pair(verb, options);
  };
  const auto [list_verb, list_options] = add("list", "List all releases of a vault", false);
  finish(list_verb, session, "parcours releases list panel.vault --key programme.key",
         [options = list_options](Session& s) {
           return with_past(*options, s, [&](PastReleases& past) { return list(past, s); });
         });
  const auto [show_verb, show_options] = add("show", "Show one release", true);
  finish(show_verb, session, "parcours releases show panel.vault 3 --key programme.key",
         [options = show_options](Session& s) {
           return with_past(*options, s,
                            [&](PastReleases& past) { return show(past, options->number, s); });
         });
  const auto [compare_verb, compare_options] =
      add("compare", "Say what two releases show of the same cells", true);
  compare_verb->add_option("other", compare_options->other, "The number of another release")
      ->required();
  finish(compare_verb, session, "parcours releases compare panel.vault 1 3 --key programme.key",
         [options = compare_options](Session& s) {
           return with_past(*options, s,
                            [&](PastReleases& past) { return compare_two(past, *options, s); });
         });
  const auto [withdraw_verb, withdraw_options] = add(
      "withdraw", "Note that a release is withdrawn; later ones are still judged with it", true);
  withdraw_verb->add_option("--because", withdraw_options->because, "Why, in a sentence")
      ->required();
  finish(withdraw_verb, session,
         "parcours releases withdraw panel.vault 3 --because \"a wrong mapping\" --key "
         "programme.key",
         [options = withdraw_options](Session& s) {
           return with_past(*options, s,
                            [&](PastReleases& past) { return withdraw(past, *options, s); });
         });
  const auto [status_verb, status_options] =
      add("status", "Say how much room the releases leave for the next question", false);
  status_verb
      ->add_option("--rules", status_options->rules,
                   "The rules file (TOML): below how many patients a group is small")
      ->required();
  finish(status_verb, session,
         "parcours releases status panel.vault --rules rules/france-2026.toml --key programme.key",
         [options = status_options](Session& s) {
           return with_past(*options, s,
                            [&](PastReleases& past) { return show_room(past, *options, s); });
         });
}

}  // namespace parcours
