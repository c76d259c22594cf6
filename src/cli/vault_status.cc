// parcours vault status: what a vault holds.
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/command.h"
#include "cli/sizes.h"
#include "cli/vault_option.h"
#include "program/say.h"
#include "release/figures.h"
#include "study/names.h"
#include "vault/catalog.h"
#include "vault/code_cover.h"
#include "vault/place.h"
#include "vault/status.h"
#include "vault/vault.h"

namespace parcours::cli {
namespace {

using Json = nlohmann::ordered_json;

Json day_as_json(Day day, Calendar calendar) {
  return calendar == Calendar::dates ? Json(to_string(day, calendar)) : Json(day.number);
}

Json as_json(const vault::VaultStatus& status, const vault::VaultPlace& place) {
  Json kinds = Json::object();
  for (const auto& entry : status.events_by_kind) {
    kinds[entry.first] = entry.second;
  }
  Json first;
  Json last;
  if (status.period) {
    first = day_as_json(status.period->first, status.calendar);
    last = day_as_json(status.period->last, status.calendar);
  }
  return {{"path", place.path().string()},
          {"calendar", vault::calendar_name(status.calendar)},
          {"buckets", status.buckets},
          {"patients", status.patients},
          {"events", status.events},
          {"events_by_kind", std::move(kinds)},
          {"practices", status.practices},
          {"codes", status.codes},
          {"first_day", std::move(first)},
          {"last_day", std::move(last)},
          {"packages",
           {{"living", status.packages_living},
            {"replaced", status.packages_replaced},
            {"ended", status.packages_ended}}},
          {"objections", status.objections},
          {"files", status.files},
          {"bytes", status.bytes},
          {"dead_rows", status.dead_rows},
          {"encrypted", place.cipher() != nullptr}};
}

void print(const vault::VaultStatus& status, const vault::VaultPlace& place) {
  const auto line = [](std::string_view name, const std::string& value) {
    program::say("  {:<14}{:>16}\n", name, value);
  };
  program::say("{}\n", place.path().string());
  line("patients", page::grouped(status.patients));
  line("practices", page::grouped(status.practices));
  line("events", page::grouped(status.events));
  for (const auto& entry : status.events_by_kind) {
    line("  " + entry.first, page::grouped(entry.second));
  }
  line("codes", page::grouped(status.codes));
  if (status.period) {
    line("first day", to_string(status.period->first, status.calendar));
    line("last day", to_string(status.period->last, status.calendar));
  }
  line("packages", page::grouped(status.packages_living));
  line("replaced", page::grouped(status.packages_replaced));
  if (status.packages_ended > 0) {
    line("ended", page::grouped(status.packages_ended));
  }
  if (status.objections > 0) {
    line("objections", page::grouped(status.objections));
  }
  line("on disk", in_bytes(status.bytes));
  line("files", page::grouped(status.files));
  if (place.cipher() != nullptr) {
    line("encrypted", "yes");
  }
  if (status.dead_rows > 0) {
    program::say(
        "  {} rows are dead: replaced, or without a permit; parcours vault compact deletes those that "
        "no permit can bring back.\n",
        page::grouped(status.dead_rows));
  }
}

Json as_json(const vault::Covered& covered) {
  return {{"codes", covered.codes}, {"events", covered.events}};
}

Json as_json(const std::vector<vault::KindCover>& cover) {
  Json kinds = Json::object();
  for (const vault::KindCover& kind : cover) {
    kinds[kind.kind] = {{"all", as_json(kind.all)},
                        {"named", as_json(kind.named)},
                        {"grouped", as_json(kind.grouped)}};
  }
  return kinds;
}

void print(const std::vector<vault::KindCover>& cover) {
  const auto share = [](std::uint64_t part, std::uint64_t whole) {
    return fmt::format("{:.1f} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
  };
  program::say("\n  {:<14}{:>10}{:>12}{:>12}{:>14}{:>14}\n", "", "codes", "named", "grouped",
               "events named", "events grouped");
  for (const vault::KindCover& kind : cover) {
    program::say("  {:<14}{:>10}{:>12}{:>12}{:>14}{:>14}\n", kind.kind,
                 page::grouped(kind.all.codes), page::grouped(kind.named.codes),
                 page::grouped(kind.grouped.codes), share(kind.named.events, kind.all.events),
                 share(kind.grouped.events, kind.all.events));
  }
  program::say(
      "  A code that is not named is printed as it is; one that is not grouped has no level but "
      "'code'.\n");
}

struct StatusOptions {
  VaultOption vault;
  bool codes = false;
  std::optional<std::string> names;  // a file whose [[names]] count
};

Status show_status(const StatusOptions& options, const Session& session) {
  ASSIGN_OR_RETURN(const vault::VaultPlace place, options.vault.unlocked());
  ASSIGN_OR_RETURN(const vault::Vault vault, vault::Vault::open(place));
  ASSIGN_OR_RETURN(const vault::VaultStatus status, vault::status_of(vault));
  std::vector<vault::KindCover> cover;
  if (options.names && !options.codes) {
    return bad_input("--names says which names count", "--names", "give --codes as well");
  }
  if (options.codes) {
    vocabulary::Vocabulary vocabulary = vocabulary::Vocabulary::built_in();
    if (options.names) {
      ASSIGN_OR_RETURN(vocabulary, study::vocabulary_of(*options.names, vault.catalog().codes));
    }
    ASSIGN_OR_RETURN(cover, vault::code_cover(vault, vocabulary));
  }
  if (session.json) {
    Json json = as_json(status, place);
    if (options.codes) {
      json["codes_by_kind"] = as_json(cover);
    }
    program::say_json(json);
    return {};
  }
  print(status, place);
  if (options.codes) {
    print(cover);
  }
  return {};
}

}  // namespace

void add_vault_status(CLI::App& root, Session& session) {
  CLI::App* vault = vault_group(root);
  auto status = std::make_shared<StatusOptions>();
  CLI::App* verb = vault->add_subcommand("status", "Show what a vault holds");
  add_vault_option(verb, "path", status->vault, "A vault")->required();
  verb->add_flag("--codes", status->codes,
                 "Also show how many codes and events of each kind the program can name and group "
                 "at a level; reads all events");
  verb->add_option(
          "--names", status->names,
          "With --codes: a study, or a file with [[names]] alone, whose names of codes count "
          "as well")
      ->type_name("FILE");
  finish(verb, session, "parcours vault status panel.vault",
         [status](Session& s) { return show_status(*status, s); });
}

}  // namespace parcours::cli
