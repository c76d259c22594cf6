// parcours vault card: what practices need to send packages to a vault.
#include "post/vault_card.h"

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "base/files.h"
#include "cli/command.h"
#include "cli/key_options.h"
#include "cli/output_place.h"
#include "cli/vault_option.h"
#include "post/vault_keys.h"
#include "program/say.h"
#include "vault/catalog.h"

namespace parcours {
namespace {

struct CardVerb {
  VaultOption vault;
  KeyOptions key;
  std::optional<std::filesystem::path> out;
};

Result<post::VaultCard> card_of_vault(const CardVerb& verb) {
  ASSIGN_OR_RETURN(const KeySource source, key_source(verb.key));
  ASSIGN_OR_RETURN(const VaultPlace vault, verb.vault.unlocked());
  ASSIGN_OR_RETURN(Catalog catalog, Catalog::open(vault, Sqlite::Access::read));
  ASSIGN_OR_RETURN(const CatalogContents contents, catalog.read());
  ASSIGN_OR_RETURN(const ProgrammeKey key, known_key(source, contents.key, vault.path()));
  std::vector<post::Keeper> keepers;
  for (const Holder& holder : contents.formalities.holders()) {
    if (holder.role == Role::permit_keeper) {
      keepers.push_back({holder.name, holder.key});
    }
  }
  if (keepers.empty()) {
    return refused("the vault has no permit-keeper, so no practice could check a permit",
                   vault.path().string(), "grant the role: parcours role grant");
  }
  const post::VaultKeys keys(key, contents.formalities.vault());
  return post::card_of(keys, std::move(keepers));
}

Status run(const CardVerb& verb, Session& session) {
  if (verb.out) {
    RETURN_IF_ERROR(check_output_file(*verb.out, {}));
  }
  ASSIGN_OR_RETURN(const post::VaultCard card, card_of_vault(verb));
  const std::string text = post::write_card(card);
  const std::string fingerprint = post::card_fingerprint(card);
  if (verb.out) {
    RETURN_IF_ERROR(write_file(*verb.out, text));
  }
  if (session.json) {
    say_json(nlohmann::ordered_json(
        {{"vault", card.vault}, {"card", text}, {"fingerprint", fingerprint}}));
    return {};
  }
  if (verb.out) {
    say("Wrote the card to {}.\n", *verb.out);
  } else {
    say_lines(text);
  }
  say("Fingerprint: {}\nGive the card to practices by any way, and read the fingerprint aloud to "
      "each over the telephone.\n",
      fingerprint);
  return {};
}

}  // namespace

void add_vault_card(CLI::App& root, Session& session) {
  auto options = std::make_shared<CardVerb>();
  CLI::App* verb =
      group(root, "vault", "Create, fill and maintain a vault of pseudonymised records")
          ->add_subcommand("card",
                           "Show what practices need to send packages; none of it is secret");
  add_vault_option(verb, "vault", options->vault, "The vault")->required();
  verb->add_option("--out", options->out, "Write the card to this file instead")->type_name("FILE");
  add_key_options(verb, options->key);
  finish(verb, session, "parcours vault card panel.vault --key programme.key --out panel.card.toml",
         [options](Session& s) { return run(*options, s); });
}

}  // namespace parcours
