// parcours role, parcours practice: who may do what in a vault, and which practices may send.
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>

#include "base/nearest.h"
#include "cli/command.h"
#include "cli/keeper.h"
#include "cli/vault_option.h"
#include "formalities/act_text.h"
#include "program/say.h"
#include "vault/formal.h"

namespace parcours::cli {
namespace {

using Json = nlohmann::ordered_json;

struct PersonVerb {
  VaultOption vault;
  std::string name;
  std::string role;
  std::optional<std::filesystem::path> public_key;
  KeeperOptions keeper;
};

Status entered(const PersonVerb& verb, const vault::VaultPlace& vault, const std::string& act,
               const Session& session) {
  ASSIGN_OR_RETURN(const std::string done, sign_and_enter(vault, act, verb.keeper));
  if (session.json) {
    program::say_json(Json({{"name", verb.name}, {"entered", verb.keeper.key.has_value()}}));
    return {};
  }
  program::say_lines(done + "\n");
  return {};
}

Result<formalities::Role> role_called(const std::string& name) {
  std::vector<std::string> known;
  for (const formalities::Role role : {formalities::Role::permit_keeper,
                                       formalities::Role::data_team, formalities::Role::checker}) {
    if (formalities::to_string(role) == name) {
      return role;
    }
    known.emplace_back(formalities::to_string(role));
  }
  return bad_input(fmt::format("unknown role '{}'", name), "--role", nearest_hint(name, known));
}

Status change_role(const PersonVerb& verb, formalities::RoleAct::Action action,
                   const Session& session) {
  ASSIGN_OR_RETURN(const formalities::Role role, role_called(verb.role));
  ASSIGN_OR_RETURN(const formalities::PublicKey key, read_public_key(*verb.public_key));
  ASSIGN_OR_RETURN(const vault::VaultPlace vault, verb.vault.unlocked());
  ASSIGN_OR_RETURN(const formalities::Formalities formalities, vault::formalities_of(vault));
  return entered(verb, vault,
                 formalities::text_of(formalities::RoleAct{
                     action, {verb.name, role, key}, formalities.vault(), formalities.acts()}),
                 session);
}

Status list_roles(const vault::VaultPlace& vault, const Session& session) {
  ASSIGN_OR_RETURN(const formalities::Formalities formalities, vault::formalities_of(vault));
  Json all = Json::array();
  for (const formalities::Holder& holder : formalities.holders()) {
    all.push_back({{"name", holder.name},
                   {"role", formalities::to_string(holder.role)},
                   {"key", formalities::fingerprint(holder.key)}});
  }
  if (session.json) {
    program::say_json(all);
    return {};
  }
  for (const formalities::Holder& holder : formalities.holders()) {
    program::say("{:<15}{}  {}\n", std::string(formalities::to_string(holder.role)), holder.name,
                 formalities::fingerprint(holder.key));
  }
  if (all.empty()) {
    program::say("Nobody has a role yet. The vault needs a permit-keeper: docs/permits.md\n");
  }
  return {};
}

Status change_practice(const PersonVerb& verb, formalities::PracticeAct::Action action,
                       const Session& session) {
  ASSIGN_OR_RETURN(const vault::VaultPlace vault, verb.vault.unlocked());
  ASSIGN_OR_RETURN(const formalities::Formalities formalities, vault::formalities_of(vault));
  std::optional<formalities::PublicKey> key;
  if (action == formalities::PracticeAct::Action::admit) {
    ASSIGN_OR_RETURN(key, read_public_key(*verb.public_key));
  }
  return entered(verb, vault,
                 formalities::text_of(formalities::PracticeAct{
                     action, verb.name, key, formalities.vault(), formalities.acts()}),
                 session);
}

std::string_view words(formalities::PracticeStatus status) {
  return status == formalities::PracticeStatus::admitted    ? "admitted"
         : status == formalities::PracticeStatus::suspended ? "suspended"
                                                            : "left";
}

Status list_practices(const vault::VaultPlace& vault, const Session& session) {
  ASSIGN_OR_RETURN(const formalities::Formalities formalities, vault::formalities_of(vault));
  Json all = Json::array();
  for (const formalities::KnownPractice& practice : formalities.practices()) {
    all.push_back({{"name", practice.name},
                   {"status", words(practice.status)},
                   {"key", formalities::fingerprint(practice.key)}});
  }
  if (session.json) {
    program::say_json(all);
    return {};
  }
  for (const formalities::KnownPractice& practice : formalities.practices()) {
    program::say("{:<11}{}  {}\n", std::string(words(practice.status)), practice.name,
                 formalities::fingerprint(practice.key));
  }
  if (all.empty()) {
    program::say("No practice may send packages yet: parcours practice admit\n");
  }
  return {};
}

void add_list(CLI::App& noun, Session& session, const std::string& description,
              const std::string& example,
              Status (*work)(const vault::VaultPlace&, const Session&)) {
  auto option = std::make_shared<VaultOption>();
  CLI::App* verb = noun.add_subcommand("list", description);
  add_vault_option(verb, "vault", *option, "The vault")->required();
  finish(verb, session, example, [option, work](Session& s) -> Status {
    ASSIGN_OR_RETURN(const vault::VaultPlace vault, option->unlocked());
    return work(vault, s);
  });
}

void add_role(CLI::App& noun, Session& session, const std::string& name,
              formalities::RoleAct::Action action, const std::string& description) {
  auto options = std::make_shared<PersonVerb>();
  CLI::App* verb = noun.add_subcommand(name, description);
  add_vault_option(verb, "vault", options->vault, "The vault")->required();
  verb->add_option("name", options->name, "The person")->required();
  verb->add_option("--role", options->role,
                   "permit-keeper (signs acts), data-team or checker (both sign studies, where a "
                   "permit asks for it)")
      ->required();
  verb->add_option("--public-key", options->public_key, "Their public key, as OpenSSH writes it")
      ->required();
  add_keeper_options(verb, options->keeper);
  finish(verb, session,
         "parcours role " + name +
             " panel.vault \"Anne Martin\" --role checker --public-key "
             "anne.key.pub --keeper keeper.key",
         [options, action](Session& s) { return change_role(*options, action, s); });
}

void add_practice(CLI::App& noun, Session& session, const std::string& name,
                  formalities::PracticeAct::Action action, const std::string& description) {
  auto options = std::make_shared<PersonVerb>();
  CLI::App* verb = noun.add_subcommand(name, description);
  add_vault_option(verb, "vault", options->vault, "The vault")->required();
  verb->add_option("name", options->name, "The practice, as its program calls itself")->required();
  std::string key;
  if (action == formalities::PracticeAct::Action::admit) {
    verb->add_option("--public-key", options->public_key,
                     "Its public key: practice.key.pub of the folder of its program")
        ->required();
    key = " --public-key practice.key.pub";
  }
  add_keeper_options(verb, options->keeper);
  finish(verb, session,
         "parcours practice " + name + " panel.vault cabinet-012" + key + " --keeper keeper.key",
         [options, action](Session& s) { return change_practice(*options, action, s); });
}

}  // namespace

void add_roles(CLI::App& root, Session& session) {
  CLI::App* role = group(root, "role", "Who may do what in a vault");
  add_role(*role, session, "grant", formalities::RoleAct::Action::grant, "Give a person a role");
  add_role(*role, session, "revoke", formalities::RoleAct::Action::revoke,
           "Take a role from a person");
  add_list(*role, session, "Show who has which role", "parcours role list panel.vault", list_roles);

  CLI::App* practice = group(root, "practice", "Which practices may send packages to a vault");
  add_practice(*practice, session, "admit", formalities::PracticeAct::Action::admit,
               "Take packages of a practice from now on, or give it another key");
  add_practice(*practice, session, "suspend", formalities::PracticeAct::Action::suspend,
               "Take no package of a practice until it is admitted again");
  add_practice(*practice, session, "leave", formalities::PracticeAct::Action::leave,
               "Take no package of a practice any more");
  add_list(*practice, session, "Show the practices and whether they may send",
           "parcours practice list panel.vault", list_practices);
}

}  // namespace parcours::cli
