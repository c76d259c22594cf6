// parcours study sign: somebody of the data team, or a checker, signs a study for its release.
#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "base/files.h"
#include "base/nearest.h"
#include "cli/command.h"
#include "cli/vault_option.h"
#include "formalities/signing_key.h"
#include "program/say.h"
#include "protect/rules.h"
#include "release/study_signatures.h"
#include "vault/catalog.h"
#include "vault/vault.h"

namespace parcours::cli {
namespace {

namespace fs = std::filesystem;

struct SignVerb {
  fs::path study;
  VaultOption vault;
  fs::path rules;
  std::string role;
  std::optional<fs::path> key;
  std::optional<fs::path> draft;
};

Result<formalities::Role> signing_role(const std::string& name) {
  std::vector<std::string> known;
  for (const formalities::Role role : {formalities::Role::data_team, formalities::Role::checker}) {
    if (formalities::to_string(role) == name) {
      return role;
    }
    known.emplace_back(formalities::to_string(role));
  }
  return bad_input(fmt::format("'{}' is no role that signs studies", name), "--role",
                   nearest_hint(name, known));
}

// What is signed: the study and the rules must be readable as such.
Result<std::string> text_for(const SignVerb& verb, const vault::Vault& vault,
                             formalities::Role role) {
  release::StudyPapers papers{.study_file = verb.study, .study = {}, .rules = {}};
  ASSIGN_OR_RETURN(papers.study, read_file(verb.study, study::largest_study_file));
  ASSIGN_OR_RETURN(papers.rules, read_file(verb.rules, protect::largest_rules_file));
  ASSIGN_OR_RETURN(const study::Study study,
                   study::parse_study(papers.study, verb.study, vault.calendar()));
  RETURN_IF_ERROR(protect::parse_rules(papers.rules, verb.rules));
  const formalities::Formalities& formalities = vault.catalog().formalities;
  ASSIGN_OR_RETURN(const formalities::KnownPermit* permit,
                   formalities.to_study(study.permit, vault.day()));
  return release::study_to_sign(role, papers, formalities.vault(), permit->permit);
}

Status check_holder(const formalities::Formalities& formalities, formalities::Role role,
                    const formalities::PublicKey& key, const fs::path& file) {
  const bool holds = std::ranges::any_of(
      formalities.holders(),
      [&](const formalities::Holder& one) { return one.role == role && one.key == key; });
  return holds ? Status()
               : refused(fmt::format("nobody has the role {} with this key",
                                     formalities::to_string(role)),
                         file.string(), "a permit-keeper gives it: parcours role grant");
}

Status draft(const SignVerb& verb, const std::string& text, const fs::path& signature) {
  RETURN_IF_ERROR(vault::check_outside_vaults(*verb.draft));
  RETURN_IF_ERROR(check_writable(*verb.draft, {verb.study, verb.rules}));
  RETURN_IF_ERROR(write_file(*verb.draft, text));
  program::say(
      "Wrote what is to be signed to {0}. Sign it: ssh-keygen -Y sign -n {1} -f KEY {0}\n"
      "Then move {0}.sig to {2}.\n",
      *verb.draft, formalities::study_signature, signature);
  return {};
}

Status sign(const SignVerb& verb, const Session& session) {
  if (verb.key.has_value() == verb.draft.has_value()) {
    return bad_input(
        "a study needs one signature", "--key",
        "name your private key with --key, or write what is to be signed with --draft");
  }
  ASSIGN_OR_RETURN(const formalities::Role role, signing_role(verb.role));
  ASSIGN_OR_RETURN(const vault::VaultPlace place, verb.vault.unlocked());
  ASSIGN_OR_RETURN(const vault::Vault vault, vault::Vault::open(place));
  ASSIGN_OR_RETURN(const std::string text, text_for(verb, vault, role));
  const fs::path file = release::study_signature_file(verb.study, role);
  if (verb.draft) {
    return draft(verb, text, file);
  }
  RETURN_IF_ERROR(vault::check_outside_vaults(file));
  RETURN_IF_ERROR(check_writable(file, {verb.study, verb.rules, *verb.key}));
  ASSIGN_OR_RETURN(const formalities::SigningKey key, formalities::SigningKey::read(*verb.key));
  RETURN_IF_ERROR(check_holder(vault.catalog().formalities, role, key.public_key(), *verb.key));
  RETURN_IF_ERROR(write_file(file, key.sign(text, formalities::study_signature)));
  if (session.json) {
    program::say_json(
        nlohmann::ordered_json({{"signature", file.string()},
                                {"role", verb.role},
                                {"signed_with", formalities::fingerprint(key.public_key())}}));
    return {};
  }
  program::say(
      "{}: signed by {}, as {}. It holds for these very files: whoever changes the study or the "
      "rules has them signed again.\n",
      file, formalities::fingerprint(key.public_key()), verb.role);
  return {};
}

}  // namespace

void add_study_sign(CLI::App& root, Session& session) {
  auto options = std::make_shared<SignVerb>();
  CLI::App* verb = group(root, "study", "Check, count or sign a study")
                       ->add_subcommand("sign",
                                        "Sign a study for its release, where its permit asks the "
                                        "data team or a checker to");
  verb->add_option("study", options->study, "The study file (TOML)")->required();
  add_vault_option(verb, "--vault", options->vault, "The vault that the study is for")->required();
  verb->add_option("--rules", options->rules, "The rules file of the release")->required();
  verb->add_option("--role", options->role,
                   "data-team (you made the study) or checker (you have read it, and made it not)")
      ->required();
  verb->add_option("--key", options->key, "Your private key (see 'parcours key make')")
      ->type_name("FILE");
  verb->add_option("--draft", options->draft,
                   "Only write what is to be signed to this file. Choose it for a key with a "
                   "passphrase or of hardware")
      ->type_name("FILE");
  finish(verb, session,
         "parcours study sign study.toml --vault panel.vault --rules rules/france-2026.toml --role "
         "checker --key claire.key",
         [options](Session& s) { return sign(*options, s); });
}

}  // namespace parcours::cli
