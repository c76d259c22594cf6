// parcours permit enter, list, suspend, resume, withdraw: the permits of a vault.
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>

#include "base/files.h"
#include "cli/command.h"
#include "cli/keeper.h"
#include "cli/succession.h"
#include "cli/vault_option.h"
#include "formalities/act_text.h"
#include "formalities/signing_key.h"
#include "program/say.h"
#include "release/figures.h"
#include "vault/catalog.h"
#include "vault/formal.h"
#include "vault/vault.h"

namespace parcours::cli {
namespace {

using Json = nlohmann::ordered_json;

struct EnterVerb {
  VaultOption vault;
  std::filesystem::path file;
  std::optional<std::filesystem::path> signature;
  std::optional<std::filesystem::path> keeper;
};

Result<std::string> signature_of(const EnterVerb& verb, const std::string& text) {
  if (verb.keeper) {
    if (verb.signature) {
      return bad_input("an act has one signature", "--signature",
                       "give --signature or --keeper, not both");
    }
    ASSIGN_OR_RETURN(const formalities::SigningKey key,
                     formalities::SigningKey::read(*verb.keeper));
    return key.sign(text, formalities::act_signature);
  }
  const std::filesystem::path beside = verb.file.string() + ".sig";
  std::error_code unseen;
  if (!verb.signature && !std::filesystem::exists(beside, unseen)) {
    return bad_input(
        "the act is not signed: there is no " + beside.filename().string() + " beside it",
        verb.file.string(),
        "sign it with 'parcours permit sign', or give the keeper's key with --keeper");
  }
  return read_file(verb.signature.value_or(beside));
}

// What the act just entered says of a permit; nullptr: it was no permit.
const formalities::KnownPermit* permit_entered(const formalities::Formalities& formalities,
                                               const std::string& text) {
  const auto& permits = formalities.permits();
  const auto found = std::ranges::find(permits, text, &formalities::KnownPermit::text);
  return found == permits.end() ? nullptr : &*found;
}

Status enter(const EnterVerb& verb, const Session& session) {
  ASSIGN_OR_RETURN(const std::string entered, read_file(verb.file));
  ASSIGN_OR_RETURN(std::string signature, signature_of(verb, entered));
  ASSIGN_OR_RETURN(const vault::VaultPlace place, verb.vault.unlocked());
  RETURN_IF_ERROR(vault::enter_act(place, entered, std::move(signature), verb.file.string()));
  ASSIGN_OR_RETURN(const vault::Vault vault, vault::Vault::open(place));
  const formalities::Formalities& now = vault.catalog().formalities;
  const formalities::KnownPermit* const permit = permit_entered(now, entered);
  const Succession succession =
      permit == nullptr ? Succession() : succession_of(permit->permit, now, vault.day());
  if (session.json) {
    Json json = {{"entered", verb.file.string()}, {"permits", now.permits().size()}};
    json.update(as_json(succession));
    program::say_json(json);
    return {};
  }
  if (permit == nullptr || permit->in_force(vault.day())) {
    program::say("Entered {} in {}; it holds from now on.\n", verb.file, verb.vault.path);
  } else {
    program::say(
        "Entered {} in {}. But {}; while it is not in force, nothing collected under it is read.\n",
        verb.file, verb.vault.path, permit->why_not(vault.day()));
    if (succession.before != nullptr && succession.dead.en.empty()) {
      program::say(
          "Permit {}, whose place it took, is not in force any more either: nothing collected "
          "under it is read.\n",
          permit->permit.supersedes);
    }
  }
  say(succession, false);
  return {};
}

struct PermitCounts {
  std::uint64_t packages = 0;
  std::uint64_t living = 0;
};

// "in force", or why it is not.
std::string state_of(const formalities::KnownPermit& known, Day today) {
  return known.in_force(today) ? "in force" : known.why_not(today);
}

Status list(const VaultOption& option, const Session& session) {
  ASSIGN_OR_RETURN(const vault::VaultPlace place, option.unlocked());
  ASSIGN_OR_RETURN(const vault::Vault vault, vault::Vault::open(place));
  const vault::CatalogContents& catalog = vault.catalog();
  std::map<std::string, PermitCounts, std::less<>> counts;
  for (const vault::Package& package : catalog.packages) {
    PermitCounts& count = counts[package.permit];
    count.packages += package.forgotten ? 0 : 1;
    count.living += package.living() ? 1 : 0;
  }
  Json all = Json::array();
  for (const formalities::KnownPermit& known : catalog.formalities.permits()) {
    const PermitCounts& count = counts[known.permit.reference];
    all.push_back({{"reference", known.permit.reference},
                   {"kind", known.permit.kind},
                   {"holder", known.permit.holder},
                   {"in_force", known.in_force(vault.day())},
                   {"state", state_of(known, vault.day())},
                   {"valid_until", to_string(known.permit.valid.last, Calendar::dates)},
                   {"signed_by", known.signer_name},
                   {"entered_at", known.entered_at},
                   {"digest", known.permit.digest.hex()},
                   {"packages", count.packages},
                   {"packages_living", count.living}});
  }
  if (session.json) {
    program::say_json(all);
    return {};
  }
  if (all.empty()) {
    program::say(
        "No permit is entered, so nothing may be collected or studied.\n"
        "Enter one: parcours permit enter {} permit.toml --keeper keeper.key\n",
        option.path);
  }
  for (const formalities::KnownPermit& known : catalog.formalities.permits()) {
    const PermitCounts& count = counts[known.permit.reference];
    program::say("{}  {}, of {}: {}\n", known.permit.reference, known.permit.kind,
                 known.permit.holder, state_of(known, vault.day()));
    program::say("    valid until {}; entered {} by {}; {} packages, {} of them living\n",
                 to_string(known.permit.valid.last, Calendar::dates), known.entered_at,
                 known.signer_name, page::grouped(count.packages), page::grouped(count.living));
  }
  return {};
}

struct StatusVerb {
  VaultOption vault;
  std::string reference;
  std::string why;
  KeeperOptions keeper;
};

Status change(const StatusVerb& verb, formalities::StatusAct::Action action,
              const Session& session) {
  ASSIGN_OR_RETURN(const vault::VaultPlace vault, verb.vault.unlocked());
  ASSIGN_OR_RETURN(const formalities::Formalities formalities, vault::formalities_of(vault));
  if (formalities.permit(verb.reference) == nullptr) {
    return bad_input(fmt::format("the vault has no permit '{}'", verb.reference),
                     verb.vault.path.string(), "parcours permit list shows them");
  }
  ASSIGN_OR_RETURN(
      const std::string done,
      sign_and_enter(vault,
                     text_of(formalities::StatusAct{action, verb.reference, verb.why,
                                                    formalities.vault(), formalities.acts()}),
                     verb.keeper));
  if (session.json) {
    program::say_json(Json({{"permit", verb.reference}, {"entered", verb.keeper.key.has_value()}}));
    return {};
  }
  program::say_lines(done + "\n");
  return {};
}

void add_status(CLI::App& permit, Session& session, const std::string& name,
                formalities::StatusAct::Action action, const std::string& description) {
  auto options = std::make_shared<StatusVerb>();
  CLI::App* verb = permit.add_subcommand(name, description);
  add_vault_option(verb, "vault", options->vault, "The vault")->required();
  verb->add_option("reference", options->reference, "The permit's reference")->required();
  verb->add_option("--why", options->why, "The reason; it is kept with the act")->required();
  add_keeper_options(verb, options->keeper);
  finish(verb, session,
         "parcours permit " + name +
             " panel.vault 2026-DR-014 --why \"decision of 2 May\" "
             "--keeper keeper.key",
         [options, action](Session& s) { return change(*options, action, s); });
}

}  // namespace

void add_permit_enter(CLI::App& root, Session& session) {
  CLI::App* permit = group(root, "permit", "The permits under which records may be used");
  auto options = std::make_shared<EnterVerb>();
  CLI::App* verb = permit->add_subcommand("enter", "Enter a signed permit, or another act");
  add_vault_option(verb, "vault", options->vault, "The vault")->required();
  verb->add_option("file", options->file, "The permit or act (docs/permits.md)")->required();
  verb->add_option("--signature", options->signature,
                   "The signature. Without it, FILE.sig, where ssh-keygen writes it");
  verb->add_option("--keeper", options->keeper,
                   "Sign it now with this private key of a permit-keeper");
  finish(verb, session, "parcours permit enter panel.vault permit.toml --keeper keeper.key",
         [options](Session& s) { return enter(*options, s); });

  auto option = std::make_shared<VaultOption>();
  verb = permit->add_subcommand("list",
                                "Show the permits of a vault and what was collected under "
                                "each");
  add_vault_option(verb, "vault", *option, "The vault")->required();
  finish(verb, session, "parcours permit list panel.vault",
         [option](Session& s) { return list(*option, s); });

  add_status(*permit, session, "suspend", formalities::StatusAct::Action::suspend,
             "Stop all use under a permit until it is resumed");
  add_status(*permit, session, "resume", formalities::StatusAct::Action::resume,
             "End a suspension");
  add_status(*permit, session, "withdraw", formalities::StatusAct::Action::withdraw,
             "End a permit: its rows are dead, and the next compaction deletes them");
}

}  // namespace parcours::cli
