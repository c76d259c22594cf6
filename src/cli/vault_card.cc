// parcours vault card: what practices need to send packages to a vault, and a new key for it.
#include "post/vault_card.h"

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <ranges>
#include <string>

#include "base/files.h"
#include "cli/command.h"
#include "cli/keeper.h"
#include "cli/key_options.h"
#include "cli/output_place.h"
#include "cli/vault_option.h"
#include "formalities/act_text.h"
#include "program/say.h"
#include "reception/sealing.h"
#include "vault/catalog.h"
#include "vault/clock.h"

namespace parcours::cli {
namespace {

namespace fs = std::filesystem;

struct CardVerb {
  VaultOption vault;
  KeyOptions key;
  std::optional<fs::path> out;
  bool renew = false;
  std::optional<int> old_days;
  KeeperOptions keeper;
  std::optional<fs::path> renewal;
};

// An open vault, as far as its card needs it.
struct Kept {
  vault::VaultPlace place;
  vault::CatalogContents contents;
  records::ProgrammeKey key;
  Day day;
};

Result<Kept> kept_by(const CardVerb& verb) {
  ASSIGN_OR_RETURN(const records::KeySource source, key_source(verb.key));
  ASSIGN_OR_RETURN(const vault::VaultPlace place, verb.vault.unlocked());
  ASSIGN_OR_RETURN(vault::Catalog catalog,
                   vault::Catalog::open(place, vault::Sqlite::Access::read));
  ASSIGN_OR_RETURN(vault::CatalogContents contents, catalog.read());
  ASSIGN_OR_RETURN(records::ProgrammeKey key, known_key(source, contents.key, place.path()));
  ASSIGN_OR_RETURN(const Day day, vault::today_of(contents, place.path()));
  return Kept{place, std::move(contents), std::move(key), day};
}

Status read_again(Kept& kept) {
  ASSIGN_OR_RETURN(vault::Catalog catalog,
                   vault::Catalog::open(kept.place, vault::Sqlite::Access::read));
  ASSIGN_OR_RETURN(kept.contents, catalog.read());
  return {};
}

Result<post::VaultCard> card_of_vault(const Kept& kept) {
  const formalities::Formalities& formalities = kept.contents.formalities;
  std::vector<post::Keeper> keepers;
  for (const formalities::Holder& holder : formalities.holders()) {
    if (holder.role == formalities::Role::permit_keeper) {
      keepers.push_back({holder.name, holder.key});
    }
  }
  if (keepers.empty()) {
    return refused("the vault has no permit-keeper, so no practice could check a permit",
                   kept.place.path().string(), "grant the role: parcours role grant");
  }
  ASSIGN_OR_RETURN(const post::VaultKeys keys,
                   reception::keys_of(kept.key, kept.contents, kept.day));
  if (keys.pairs().empty()) {
    return refused("the vault has no sealing key yet", kept.place.path().string(),
                   "make one: parcours vault card --renew --keeper KEY");
  }
  return post::card_of(keys, std::move(keepers));
}

// The act that put the key of today on the card.
Result<formalities::Act> renewal_of(const Kept& kept) {
  for (const formalities::Act& act : std::views::reverse(kept.contents.acts)) {
    const Result<formalities::ActText> text = formalities::parse_act(act.text, "an act");
    const auto* sealing = text ? std::get_if<formalities::SealingAct>(&*text) : nullptr;
    if (sealing != nullptr && sealing->number > 1) {
      return act;
    }
  }
  return refused("the vault's sealing key was never renewed, so no practice has an old card",
                 kept.place.path().string(), "give new practices the card itself");
}

Status write_renewal(const Kept& kept, const fs::path& file) {
  ASSIGN_OR_RETURN(const formalities::Act act, renewal_of(kept));
  RETURN_IF_ERROR(write_file(file, act.text));
  return write_file(file.string() + ".sig", act.signature);
}

std::string after_renewal(const CardVerb& verb, const Kept& kept) {
  const std::vector<formalities::SealingKey>& keys = kept.contents.formalities.sealing_keys();
  if (keys.size() < 2) {
    return "Made the vault's first sealing key.\n";
  }
  const int days = keys.back().old_days;
  const std::string last = to_string(Day{kept.day.number + days - 1}, Calendar::dates);
  const std::string old =
      days == 0 ? "Older ones are destroyed: packages that are sealed to them are refused."
                : fmt::format(
                      "Packages that are sealed to an older one are taken until {}; the "
                      "first 'vault receive' or\n'vault compact' after that day destroys "
                      "the old key.",
                      last);
  const std::string give = verb.renewal
                               ? fmt::format("{0} and {0}.sig", verb.renewal->string())
                               : "the files that 'parcours vault card --renewal FILE' writes";
  return fmt::format(
      "Renewed the vault's sealing key: it has number {}.\n{}\nGive each practice {}; "
      "it takes the new key with 'parcours-practice card'.\n",
      keys.size(), old, give);
}

Status show(const CardVerb& verb, const Kept& kept, const Session& session) {
  ASSIGN_OR_RETURN(const post::VaultCard card, card_of_vault(kept));
  const std::string text = post::write_card(card);
  const std::string fingerprint = post::card_fingerprint(card);
  if (verb.out) {
    RETURN_IF_ERROR(write_file(*verb.out, text));
  }
  if (verb.renewal) {
    RETURN_IF_ERROR(write_renewal(kept, *verb.renewal));
  }
  if (session.json) {
    program::say_json(nlohmann::ordered_json({{"vault", card.vault},
                                              {"number", card.number},
                                              {"card", text},
                                              {"fingerprint", fingerprint}}));
    return {};
  }
  if (verb.renew) {
    program::say_lines(after_renewal(verb, kept));
  }
  if (verb.out) {
    program::say("Wrote the card to {}.\n", *verb.out);
  } else {
    program::say_lines(text);
  }
  program::say(
      "Fingerprint: {}\nGive the card to practices by any way, and read the fingerprint aloud to "
      "each over the telephone.\n",
      fingerprint);
  return {};
}

Status check_options(const CardVerb& verb) {
  const bool of_renewal = verb.old_days || verb.keeper.key || verb.keeper.draft;
  if (!verb.renew && of_renewal) {
    return bad_input("--old-days, --keeper and --draft are for a new key", "vault card",
                     "add --renew, or leave them out");
  }
  if (verb.keeper.draft && (verb.out || verb.renewal)) {
    return bad_input(
        "with --draft there is no new card yet", "vault card",
        "enter the act first; then run 'parcours vault card' with --out and --renewal");
  }
  for (const auto& file : {verb.out, verb.renewal}) {
    if (file) {
      RETURN_IF_ERROR(check_output_file(*file, {}));
    }
  }
  return {};
}

Status run(const CardVerb& verb, Session& session) {
  RETURN_IF_ERROR(check_options(verb));
  ASSIGN_OR_RETURN(Kept kept, kept_by(verb));
  if (verb.renew) {
    RETURN_IF_ERROR(check_signature_options(verb.keeper));
    ASSIGN_OR_RETURN(const std::string act,
                     reception::begin_renewal(kept.place, kept.key, verb.old_days));
    ASSIGN_OR_RETURN(const std::string done, sign_and_enter(kept.place, act, verb.keeper));
    if (verb.keeper.draft) {
      program::say_lines(done + "\n");
      return {};
    }
    RETURN_IF_ERROR(reception::destroy_old_keys(kept.place, kept.day));
    RETURN_IF_ERROR(read_again(kept));
  }
  return show(verb, kept, session);
}

}  // namespace

void add_vault_card(CLI::App& root, Session& session) {
  auto options = std::make_shared<CardVerb>();
  CLI::App* verb = vault_group(root)->add_subcommand(
      "card",
      "Show what practices need to send packages, none of which is secret; or "
      "renew the key to which they seal them");
  add_vault_option(verb, "vault", options->vault, "The vault")->required();
  verb->add_option("--out", options->out, "Write the card to this file instead")->type_name("FILE");
  verb->add_flag(
      "--renew", options->renew,
      "Make a new key to which practices seal packages. Choose it from time to time, and "
      "at once if somebody may have got the old one: a key that is destroyed opens no "
      "package that somebody kept");
  verb->add_option("--old-days", options->old_days,
                   "With --renew: for how many days packages that are sealed to the old key are "
                   "still taken. Choose as many as packages are on their way and practices need to "
                   "take the new key; 0 if the old key may be stolen")
      ->check(CLI::Range(0, formalities::most_old_days));
  verb->add_option("--renewal", options->renewal,
                   "Write the signed act of the last renewal to this file, and its signature to "
                   "FILE.sig: practices take the new key from them")
      ->type_name("FILE");
  add_keeper_options(verb, options->keeper);
  add_key_options(verb, options->key);
  finish(verb, session,
         "parcours vault card panel.vault --key programme.key --out panel.card.toml\n"
         "  parcours vault card panel.vault --key programme.key --renew --old-days 30 --keeper "
         "keeper.key --renewal panel.renewal.toml",
         [options](Session& s) { return run(*options, s); });
}

}  // namespace parcours::cli
