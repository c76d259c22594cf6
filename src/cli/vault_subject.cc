// parcours vault subject: what a vault holds of one patient, sealed for who asked.
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "base/files.h"
#include "cli/command.h"
#include "cli/key_options.h"
#include "cli/output_place.h"
#include "cli/patient_list.h"
#include "cli/vault_option.h"
#include "post/access_request.h"
#include "post/letter.h"
#include "post/step_two.h"
#include "program/say.h"
#include "reception/sealing.h"
#include "subject/answer.h"
#include "subject/held.h"
#include "vault/catalog.h"
#include "vault/formal.h"

namespace parcours::cli {
namespace {

namespace fs = std::filesystem;

struct SubjectVerb {
  VaultOption vault;
  KeyOptions key;
  std::optional<fs::path> request;
  PatientList who;
  std::optional<fs::path> requester;  // a public key
  std::string language;
  std::optional<fs::path> out;
  bool log = false;
};

// Who asks, of whom, and what of it they may know.
struct Asked {
  std::vector<records::PatientId> patients;
  formalities::PublicKey to;
  std::string where;  // names the key
  std::optional<std::string> practice;
  bool french = false;
};

Result<Asked> asked_by_practice(const SubjectVerb& verb, const vault::Vault& vault,
                                const records::ProgrammeKey& key) {
  const vault::CatalogContents& contents = vault.catalog();
  const std::string where = verb.request->string();
  ASSIGN_OR_RETURN(const std::string text, read_file(*verb.request, post::largest_request));
  ASSIGN_OR_RETURN(const std::string name, post::requesting_practice(text, where));
  const formalities::KnownPractice* practice = contents.formalities.practice(name);
  if (practice == nullptr || practice->status != formalities::PracticeStatus::admitted) {
    return refused("the practice that asks is not one that the vault has admitted", where,
                   "admit it first: parcours practice admit");
  }
  ASSIGN_OR_RETURN(const post::VaultKeys keys, reception::keys_of(key, contents, vault.day()));
  ASSIGN_OR_RETURN(const post::AccessRequest request,
                   post::read_request(text, keys, practice->key, where));
  Asked asked{.patients = {},
              .to = practice->key,
              .where = where,
              .practice = records::practice_name(records::practice_hash(key), name),
              .french = request.french};
  const records::KeyedHash pseudonyms = records::pseudonym_hash(key);
  for (const records::PatientId& patient : request.patients) {
    asked.patients.push_back(post::step_two(pseudonyms, patient));
  }
  return asked;
}

Result<Asked> asked_by_key(const SubjectVerb& verb, const records::ProgrammeKey& key) {
  if (!verb.who.patients && !verb.who.pseudonyms) {
    return bad_input("no patient is named", "vault subject",
                     "give a practice's --request, or one of --patient-file, --pseudonym-file");
  }
  RETURN_IF_ERROR(check(verb.who, "whose records are asked for", "vault subject"));
  if (!verb.requester || verb.language.empty()) {
    return bad_input("an answer is sealed for a key, in a language", "vault subject",
                     "give --for KEY.pub and --language en or fr");
  }
  const std::string where = verb.requester->string();
  ASSIGN_OR_RETURN(const std::string line, read_file(*verb.requester, std::size_t{1} << 14));
  ASSIGN_OR_RETURN(formalities::PublicKey to, formalities::parse_public_key(line, where));
  ASSIGN_OR_RETURN(std::vector<records::PatientId> patients, patients_in(verb.who, key));
  if (patients.size() != 1) {
    return bad_input("an answer is about one patient", "vault subject",
                     "name one alone, and run the command again for the next");
  }
  return Asked{.patients = std::move(patients),
               .to = std::move(to),
               .where = where,
               .practice = {},
               .french = verb.language == "fr"};
}

Result<std::string> answer_to(const Asked& asked, const vault::Vault& vault,
                              const records::ProgrammeKey& key, const Session& session) {
  ASSIGN_OR_RETURN(const past::PastReleases past,
                   past::PastReleases::open(vault.place(), key, session.stop));
  ASSIGN_OR_RETURN(const subject::Held held,
                   subject::held_of(vault, asked.patients, &past, {.practice = asked.practice}));
  const post::VaultKeys keys(key, held.vault);
  return post::write_letter(
      subject::answer_text(held, vocabulary::Vocabulary::built_in(), asked.french), keys.receipts(),
      asked.to, asked.where);
}

Status answer(const SubjectVerb& verb, Session& session) {
  if (!verb.out) {
    return bad_input("--out is missing", "vault subject", "name the file for the sealed answer");
  }
  std::vector<fs::path> inputs;
  if (verb.request) {
    inputs.push_back(*verb.request);
  }
  RETURN_IF_ERROR(check_output_file(*verb.out, inputs));
  ASSIGN_OR_RETURN(const records::KeySource source, key_source(verb.key));
  ASSIGN_OR_RETURN(const vault::VaultPlace place, verb.vault.unlocked());
  ASSIGN_OR_RETURN(const vault::Vault vault, vault::Vault::open(place));
  ASSIGN_OR_RETURN(const records::ProgrammeKey key,
                   known_key(source, vault.catalog().key, place.path()));
  ASSIGN_OR_RETURN(const Asked asked,
                   verb.request ? asked_by_practice(verb, vault, key) : asked_by_key(verb, key));
  ASSIGN_OR_RETURN(const std::string letter, answer_to(asked, vault, key, session));
  // No letter without its line in the log.
  RETURN_IF_ERROR(vault::note_answer(place, asked.to));
  RETURN_IF_ERROR(write_file(*verb.out, letter, Readers::owner));
  if (session.json) {
    program::say_json(nlohmann::ordered_json(
        {{"file", verb.out->string()}, {"sealed_for", formalities::fingerprint(asked.to)}}));
    return {};
  }
  program::say(
      "Wrote {}. It says what the vault holds of the patient, and opens with the key {} alone.\n",
      *verb.out, formalities::fingerprint(asked.to));
  return {};
}

Status show_log(const SubjectVerb& verb, Session& session) {
  ASSIGN_OR_RETURN(const vault::VaultPlace place, verb.vault.unlocked());
  ASSIGN_OR_RETURN(vault::Catalog catalog,
                   vault::Catalog::open(place, vault::Sqlite::Access::read));
  ASSIGN_OR_RETURN(const vault::CatalogContents contents, catalog.read());
  nlohmann::ordered_json answers = nlohmann::ordered_json::array();
  for (const vault::AccessAnswer& one : contents.answers) {
    answers.push_back({{"at", one.at}, {"sealed_for", one.asker}});
    if (!session.json) {
      program::say("{}  for the key {}\n", one.at, one.asker);
    }
  }
  if (session.json) {
    program::say_json(nlohmann::ordered_json({{"answers", std::move(answers)}}));
  } else if (contents.answers.empty()) {
    program::say("No patient was told yet what the vault holds of them.\n");
  }
  return {};
}

}  // namespace

void add_vault_subject(CLI::App& root, Session& session) {
  auto options = std::make_shared<SubjectVerb>();
  CLI::App* verb = vault_group(root)->add_subcommand(
      "subject", "Tell a patient what is held of them, sealed for who asked, and note it");
  add_vault_option(verb, "vault", options->vault, "The vault")->required();
  CLI::Option* request =
      verb->add_option("--request", options->request,
                       "A practice's request for one of its patients (parcours-practice subject). "
                       "The answer has what this practice sent, and the practice opens it")
          ->type_name("FILE");
  add_patient_list(verb, options->who,
                   "One patient; for records that 'vault import' brought, of whom no practice can "
                   "send a request");
  verb->add_option("--for", options->requester,
                   "Seal the answer for this public key (parcours key make), whose holder opens it "
                   "with 'parcours key open'")
      ->type_name("FILE")
      ->excludes(request);
  verb->add_option("--language", options->language,
                   "The language of the answer; a practice's request has its own")
      ->check(CLI::IsMember({"en", "fr"}))
      ->excludes(request);
  verb->add_option("--out", options->out, "The new file for the sealed answer")->type_name("FILE");
  verb->add_flag("--log", options->log,
                 "Show when answers were given and for which keys; it needs no key");
  add_key_options(verb, options->key);
  finish(
      verb, session,
      "parcours vault subject panel.vault --key programme.key --request cabinet-012.request "
      "--out cabinet-012.letter",
      [options](Session& s) { return options->log ? show_log(*options, s) : answer(*options, s); });
}

}  // namespace parcours::cli
