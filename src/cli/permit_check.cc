// parcours permit check: whether a permit covers a study, sentence by sentence, and what would have
// to change where it does not.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/files.h"
#include "cli/command.h"
#include "cli/vault_option.h"
#include "program/say.h"
#include "protect/rules.h"
#include "release/permitted.h"
#include "vault/catalog.h"
#include "vault/vault.h"

namespace parcours::cli {
namespace {

using Json = nlohmann::ordered_json;

struct CheckVerb {
  std::filesystem::path study;
  VaultOption vault;
  std::filesystem::path rules;
  std::string language = "en";
};

Json as_json(const study::PermitFinding& finding) {
  return {{"covered", finding.covered},
          {"sentence", {{"en", finding.sentence.en}, {"fr", finding.sentence.fr}}},
          {"remedy", {{"en", finding.remedy.en}, {"fr", finding.remedy.fr}}}};
}

void print(const CheckVerb& verb, const formalities::KnownPermit& permit,
           const std::vector<study::PermitFinding>& findings) {
  const bool french = verb.language == "fr";
  const auto in = [french](const Text& text) { return french ? text.fr : text.en; };
  program::say("{}  {}\n", permit.permit.reference, in(permit.permit.title));
  for (const study::PermitFinding& finding : findings) {
    program::say("  {}  {}\n",
                 finding.covered ? (french ? "oui" : "yes") : (french ? "NON" : "NO "),
                 in(finding.sentence));
    if (!finding.covered) {
      program::say("       {}\n", in(finding.remedy));
    }
  }
}

Status check(const CheckVerb& verb, const Session& session) {
  if (verb.language != "en" && verb.language != "fr") {
    return bad_input("unknown language", "--language", "use en or fr");
  }
  ASSIGN_OR_RETURN(const vault::VaultPlace place, verb.vault.unlocked());
  ASSIGN_OR_RETURN(const vault::Vault vault, vault::Vault::open(place));
  release::StudyPapers papers{.study_file = verb.study, .study = {}, .rules = {}};
  ASSIGN_OR_RETURN(papers.study, read_file(verb.study, study::largest_study_file));
  ASSIGN_OR_RETURN(papers.rules, read_file(verb.rules, protect::largest_rules_file));
  ASSIGN_OR_RETURN(const study::Study study,
                   study::parse_study(papers.study, verb.study, vault.calendar()));
  ASSIGN_OR_RETURN(const protect::Rules rules, protect::parse_rules(papers.rules, verb.rules));
  const formalities::Formalities& formalities = vault.catalog().formalities;
  const formalities::KnownPermit* permit = formalities.permit(study.permit);
  if (permit == nullptr) {
    ASSIGN_OR_RETURN(permit, formalities.to_study(study.permit, vault.day()));
  }
  std::vector<study::PermitFinding> findings =
      release::findings_of(study, rules, vault, *permit, vault.day());
  const release::JudgedSignatures signatures = release::signatures_of(papers, vault, *permit);
  findings.insert(findings.end(), signatures.findings.begin(), signatures.findings.end());
  if (session.json) {
    Json all = Json::array();
    for (const study::PermitFinding& finding : findings) {
      all.push_back(as_json(finding));
    }
    program::say_json(Json({{"permit", permit->permit.reference}, {"findings", std::move(all)}}));
  } else {
    print(verb, *permit, findings);
  }
  return study::all_covered(findings, verb.study.string());
}

}  // namespace

void add_permit_check(CLI::App& root, Session& session) {
  auto options = std::make_shared<CheckVerb>();
  CLI::App* verb = group(root, "permit", "The permits under which records may be used")
                       ->add_subcommand("check",
                                        "Say what the permit of a study covers of it, and "
                                        "what would have to change");
  verb->add_option("study", options->study, "The study file (TOML)")->required();
  add_vault_option(verb, "--vault", options->vault, "The vault in which the permit is entered")
      ->required();
  verb->add_option("--rules", options->rules, "The rules file of the release")->required();
  verb->add_option("--language", options->language, "en or fr")->capture_default_str();
  finish(verb, session,
         "parcours permit check study.toml --vault panel.vault --rules rules/france-2026.toml",
         [options](Session& s) { return check(*options, s); });
}

}  // namespace parcours::cli
