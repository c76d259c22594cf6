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

namespace parcours::cli {
namespace {

using Json = nlohmann::ordered_json;

struct ReleasesOptions {
  VaultOption vault;
  KeyOptions key;
  std::uint32_t number = 0;
  std::uint32_t other = 0;
  std::string because;
  std::filesystem::path rules;
  Day day;  // as of which the vault is open
};

// Runs work(past releases, today) with the vault's key.
template <class Work>
Status with_past(const ReleasesOptions& options, const Session& session, Work work) {
  ASSIGN_OR_RETURN(const records::KeySource source, key_source(options.key));
  ASSIGN_OR_RETURN(const vault::VaultPlace place, options.vault.unlocked());
  ASSIGN_OR_RETURN(const vault::Vault vault, vault::Vault::open(place));
  ASSIGN_OR_RETURN(const records::ProgrammeKey key,
                   known_key(source, vault.catalog().key, vault.path()));
  ASSIGN_OR_RETURN(past::PastReleases past, past::PastReleases::open(place, key, session.stop));
  return work(past, vault.day());
}

std::uint64_t published_in(const std::vector<tables::Table>& tables) {
  return release::count_cells(tables).published_with_patients();
}

Json as_json(const std::optional<past::Withdrawal>& withdrawal) {
  return withdrawal ? Json{{"day", withdrawal->day}, {"because", withdrawal->reason}}
                    : Json(nullptr);
}

Json as_json(const past::PastRelease& release, const std::optional<past::Withdrawal>& withdrawal) {
  const past::PastEntry& entry = release.entry;
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

Status list(const past::PastReleases& past, const Session& session) {
  Json all = Json::array();
  if (!session.json && past.count() == 0) {
    program::say("No release was made from this vault yet.\n");
  } else if (!session.json) {
    program::say("  no  day         state  tables  published  study\n");
  }
  for (std::uint32_t number = 1; number <= past.count(); ++number) {
    ASSIGN_OR_RETURN(const past::PastRelease release, past.read(number));
    ASSIGN_OR_RETURN(const auto withdrawal, past.withdrawal(number));
    all.push_back(as_json(release, withdrawal));
    if (!session.json) {
      program::say("{:>4}  {:<10} {:>6} {:>7} {:>10}  {}{}\n", number, release.entry.day,
                   release.entry.state, release.tables.size(),
                   page::grouped(published_in(release.tables)), release.entry.study,
                   withdrawal ? " (withdrawn " + withdrawal->day + ")" : "");
    }
  }
  if (session.json) {
    program::say_json(Json{{"releases", std::move(all)}});
  }
  return {};
}

Status show(const past::PastReleases& past, std::uint32_t number, const Session& session) {
  ASSIGN_OR_RETURN(const past::PastRelease release, past.read(number));
  ASSIGN_OR_RETURN(const auto withdrawal, past.withdrawal(number));
  if (session.json) {
    Json answer = as_json(release, withdrawal);
    answer["by_table"] = Json::array();
    for (const tables::Table& table : release.tables) {
      const release::CellCount count = release::count_cells({&table, 1});
      answer["by_table"].push_back({{"table", table.id},
                                    {"cells_with_patients", count.with_patients()},
                                    {"published", count.published_with_patients()}});
    }
    program::say_json(answer);
    return {};
  }
  const past::PastEntry& entry = release.entry;
  program::say("Release {}   {}\n", entry.number, entry.title.en);
  program::say("Made        {}, from state {} of the vault\n", entry.day, entry.state);
  program::say("Study       {}{}, sha256 {}\n", entry.study,
               entry.period.empty() ? "" : ", of " + entry.period_in_words.en, entry.study_sha256);
  program::say("Rules       {}, sha256 {}\n", entry.rules, entry.rules_sha256);
  program::say("Patients    {}{}\n", page::grouped(release.roll.patients()),
               entry.population_shown ? "" : "; the release does not say this number");
  for (const tables::Table& table : release.tables) {
    const release::CellCount count = release::count_cells({&table, 1});
    program::say("Table       {}: {} of {} cells with patients are published\n", table.id,
                 page::grouped(count.published_with_patients()),
                 page::grouped(count.with_patients()));
  }
  if (withdrawal) {
    program::say("Withdrawn   {}: {}\n", withdrawal->day, withdrawal->reason);
  }
  return {};
}

Status compare_two(const past::PastReleases& past, const ReleasesOptions& options,
                   const Session& session) {
  ASSIGN_OR_RETURN(const past::PastRelease first, past.read(options.number));
  ASSIGN_OR_RETURN(const past::PastRelease second, past.read(options.other));
  const past::Comparison found = past::compare(first, second);
  if (session.json) {
    Json tables = Json::array();
    for (const past::TableComparison& table : found.tables) {
      tables.push_back({{"table", table.table},
                        {"same", table.same},
                        {"different", table.different},
                        {"first_only", table.first_only},
                        {"second_only", table.second_only},
                        {"neither", table.neither}});
    }
    program::say_json(Json{{"same_population", found.same_population},
                           {"editions_of_one_study", found.editions},
                           {"patients",
                            {{"both", found.in_both},
                             {"first_only", found.first_only},
                             {"second_only", found.second_only}}},
                           {"tables", std::move(tables)}});
    return {};
  }
  program::say("Patients    {} in both, {} in release {} alone, {} in release {} alone\n",
               page::grouped(found.in_both), page::grouped(found.first_only), options.number,
               page::grouped(found.second_only), options.other);
  if (found.editions) {
    program::say(
        "            They are editions of one study: they ask the same, but for its days.\n");
  } else if (!found.same_population) {
    program::say("            The two studies define their populations in different ways.\n");
  }
  if (found.tables.empty()) {
    program::say(
        "            No table of the one has the same id and the same cells as one of the other.\n");
  }
  for (const past::TableComparison& table : found.tables) {
    program::say(
        "Table       {}: {} figures are the same, {} differ; {} stand in release {} alone, {} in "
        "release {} alone\n",
        table.table, page::grouped(table.same), page::grouped(table.different),
        page::grouped(table.first_only), options.number, page::grouped(table.second_only),
        options.other);
  }
  program::say("These numbers stay inside: they say how many patients came and left.\n");
  return {};
}

// Whether a later edition of the study may show figures of this release.
Result<bool> has_later_edition(const past::PastReleases& past, std::uint32_t number) {
  ASSIGN_OR_RETURN(const past::PastRelease release, past.read(number));
  for (std::uint32_t later = number + 1; later <= past.count(); ++later) {
    ASSIGN_OR_RETURN(const past::PastRelease other, past.read(later));
    if (past::of_one_study(release.entry, other.entry)) {
      return true;
    }
  }
  return false;
}

Status withdraw(past::PastReleases& past, const ReleasesOptions& options, Day today,
                const Session& session) {
  if (options.because.empty()) {
    return bad_input("no reason is given", "--because",
                     "say why, for who asks later: --because \"a wrong mapping\"");
  }
  const past::Withdrawal now{to_string(today, Calendar::dates), options.because};
  RETURN_IF_ERROR(past.withdraw(options.number, now));
  ASSIGN_OR_RETURN(const bool reprinted, has_later_edition(past, options.number));
  if (session.json) {
    program::say_json(Json{{"release", options.number},
                           {"withdrawn", as_json(std::optional(now))},
                           {"later_editions", reprinted}});
    return {};
  }
  program::say(
      "Release {} is withdrawn. Who has its figures still has them: every later release is judged "
      "with them in mind.\n",
      options.number);
  if (reprinted) {
    program::say(
        "Later editions of its study may show figures of it, in their folder earlier/; they stay as "
        "they are.\n");
  }
  return {};
}

Status show_room(const past::PastReleases& past, const ReleasesOptions& options, Session& session) {
  ASSIGN_OR_RETURN(const protect::Rules rules, protect::read_rules(options.rules));
  past::RoomLeft room(rules.patients_min);
  Progress progress(session.progress_manner());
  progress.begin("reading past releases", past.count());
  for (std::uint32_t number = 1; number <= past.count(); ++number) {
    if (session.stop.requested()) {
      return stopped();
    }
    ASSIGN_OR_RETURN(const past::PastRelease release, past.read(number));
    room.take(release);
    progress.add(1);
  }
  progress.end();
  const std::vector<past::RoomOfPopulation> populations = room.populations();
  if (session.json) {
    Json all = Json::array();
    for (const past::RoomOfPopulation& one : populations) {
      all.push_back({{"definition", one.definition},
                     {"study", one.study},
                     {"releases", one.releases},
                     {"tables", one.tables},
                     {"figures", one.figures},
                     {"patients", one.patients},
                     {"alone", one.alone}});
    }
    program::say_json(Json{{"patients_min", rules.patients_min}, {"populations", std::move(all)}});
    return {};
  }
  if (populations.empty()) {
    program::say("No release was made from this vault yet.\n");
  }
  for (const past::RoomOfPopulation& one : populations) {
    program::say("Population  of study {}: {} patients in {} releases, {} tables, {} figures\n",
                 one.study, page::grouped(one.patients), page::grouped(one.releases),
                 page::grouped(one.tables), page::grouped(one.figures));
    if (one.alone == 0) {
      program::say(
          "Room        each of them stands in the same published cells as {} others or more\n",
          rules.patients_min - 1);
    } else {
      program::say(
          "Room        {} of them stand in the same published cells as fewer than {} others; a new "
          "release must\n            hide cells to tell these apart any further\n",
          page::grouped(one.alone), rules.patients_min - 1);
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
           return with_past(*options, s,
                            [&](past::PastReleases& past, Day) { return list(past, s); });
         });
  const auto [show_verb, show_options] = add("show", "Show one release", true);
  finish(show_verb, session, "parcours releases show panel.vault 3 --key programme.key",
         [options = show_options](Session& s) {
           return with_past(*options, s, [&](past::PastReleases& past, Day) {
             return show(past, options->number, s);
           });
         });
  const auto [compare_verb, compare_options] =
      add("compare", "Say what two releases show of the same cells", true);
  compare_verb->add_option("other", compare_options->other, "The number of another release")
      ->required();
  finish(compare_verb, session, "parcours releases compare panel.vault 1 3 --key programme.key",
         [options = compare_options](Session& s) {
           return with_past(*options, s, [&](past::PastReleases& past, Day) {
             return compare_two(past, *options, s);
           });
         });
  const auto [withdraw_verb, withdraw_options] = add(
      "withdraw", "Note that a release is withdrawn; later ones are still judged with it", true);
  withdraw_verb->add_option("--because", withdraw_options->because, "Why, in a sentence")
      ->required();
  finish(withdraw_verb, session,
         "parcours releases withdraw panel.vault 3 --because \"a wrong mapping\" --key "
         "programme.key",
         [options = withdraw_options](Session& s) {
           return with_past(*options, s, [&](past::PastReleases& past, Day today) {
             return withdraw(past, *options, today, s);
           });
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
           return with_past(*options, s, [&](past::PastReleases& past, Day) {
             return show_room(past, *options, s);
           });
         });
}

}  // namespace parcours::cli
