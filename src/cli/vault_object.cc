// parcours vault object: patients who object. Nothing of theirs is read from then on. Or who
// withdraw it.
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/key_options.h"
#include "cli/patient_list.h"
#include "cli/vault_option.h"
#include "program/say.h"
#include "release/figures.h"
#include "vault/catalog.h"
#include "vault/formal.h"

namespace parcours::cli {
namespace {

struct ObjectVerb {
  VaultOption vault;
  KeyOptions key;
  PatientList who;
  bool withdraw = false;
};

Status withdraw(const vault::VaultPlace& vault, const std::vector<records::PatientId>& patients,
                const Session& session) {
  ASSIGN_OR_RETURN(const vault::WithdrawnObjections done,
                   vault::withdraw_objections(vault, patients));
  if (session.json) {
    program::say_json(nlohmann::ordered_json(
        {{"named", patients.size()}, {"withdrawn", done.withdrawn}, {"still", done.still}}));
    return {};
  }
  program::say(
      "{} patients in the file; {} objections that 'vault object' had noted are withdrawn in {}.\n",
      page::grouped(patients.size()), page::grouped(done.withdrawn), vault.path());
  if (done.withdrawn > 0) {
    program::say(
        "What is imported of these patients from now on is taken. What came before stays out, and "
        "'parcours vault compact' deletes it.\n");
  }
  if (done.still > 0) {
    program::say("{} of the patients object through a practice; that practice withdraws it.\n",
                 page::grouped(done.still));
  }
  return {};
}

Status run(const ObjectVerb& verb, Session& session) {
  RETURN_IF_ERROR(check(verb.who, "who objects", "vault object"));
  ASSIGN_OR_RETURN(const records::KeySource source, key_source(verb.key));
  ASSIGN_OR_RETURN(const vault::VaultPlace vault, verb.vault.unlocked());
  ASSIGN_OR_RETURN(vault::Catalog catalog,
                   vault::Catalog::open(vault, vault::Sqlite::Access::read));
  ASSIGN_OR_RETURN(const vault::CatalogContents contents, catalog.read());
  ASSIGN_OR_RETURN(const records::ProgrammeKey key, known_key(source, contents.key, vault.path()));
  ASSIGN_OR_RETURN(const std::vector<records::PatientId> patients, patients_in(verb.who, key));
  if (verb.withdraw) {
    return withdraw(vault, patients, session);
  }
  ASSIGN_OR_RETURN(const std::uint64_t fresh, vault::note_objections(vault, patients));
  if (session.json) {
    program::say_json(nlohmann::ordered_json({{"named", patients.size()}, {"noted", fresh}}));
    return {};
  }
  program::say(
      "{} objections in the file; {} are new, and noted in {}.\nNothing of these patients is read "
      "or taken from now on. 'parcours vault compact' deletes their rows from the disk.\n",
      page::grouped(patients.size()), page::grouped(fresh), vault.path());
  return {};
}

}  // namespace

void add_vault_object(CLI::App& root, Session& session) {
  auto options = std::make_shared<ObjectVerb>();
  CLI::App* verb = vault_group(root)->add_subcommand(
      "object", "Note that patients object: nothing of theirs is used any more");
  add_vault_option(verb, "vault", options->vault, "The vault")->required();
  add_patient_list(verb, options->who,
                   "For records that 'vault import' brought; a practice that sends packages tells "
                   "its objections in them");
  verb->add_flag("--withdraw", options->withdraw,
                 "The patients object no more: take what is imported of them from now on. What a "
                 "practice told, the practice withdraws");
  add_key_options(verb, options->key);
  finish(verb, session,
         "parcours vault object panel.vault --key programme.key --patient-file objections.txt",
         [options](Session& s) { return run(*options, s); });
}

}  // namespace parcours::cli
