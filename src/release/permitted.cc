#include "release/permitted.h"

#include <fmt/format.h>

#include <algorithm>

#include "formalities/succession.h"
#include "release/permit_demands.h"
#include "study/uses.h"
#include "vault/catalog.h"

namespace parcours::release {
namespace {

// The other permits that stand behind the records which live.
std::vector<const formalities::Permit*> collected_under(const vault::Vault& vault,
                                                        const std::string& named) {
  std::vector<const formalities::Permit*> others;
  for (const vault::Package& package : vault.catalog().packages) {
    const formalities::KnownPermit* known = vault.catalog().formalities.successor(package.permit);
    if (package.living() && known != nullptr && known->permit.reference != named &&
        std::ranges::find(others, &known->permit) == others.end()) {
      others.push_back(&known->permit);
    }
  }
  return others;
}

study::PermitFinding purpose_of(const study::Study& study, const formalities::Permit& permit) {
  const bool covered = std::ranges::find(permit.purposes, study.purpose) != permit.purposes.end();
  if (covered) {
    return {
        true,
        {fmt::format("Permit {}, under which records were collected, names the purpose too.",
                     permit.reference),
         fmt::format("La formalité {}, sous laquelle des données ont été recueillies, cite aussi "
                     "cette finalité.",
                     permit.reference)},
        {}};
  }
  return {
      false,
      {fmt::format("Permit {}, under which records were collected, does not name the purpose {}.",
                   permit.reference, study.purpose),
       fmt::format("La formalité {}, sous laquelle des données ont été recueillies, ne cite pas la "
                   "finalité {}.",
                   permit.reference, study.purpose)},
      {"enter a permit that supersedes it and names the purpose",
       "enregistrez une formalité qui la remplace et cite cette finalité"}};
}

// The permits by which patients consented, behind records that live under a later one.
std::vector<const formalities::Permit*> consented_under(const vault::Vault& vault,
                                                        const std::string& named) {
  std::vector<const formalities::Permit*> consents;
  for (const vault::Package& package : vault.catalog().packages) {
    const formalities::KnownPermit* known = vault.catalog().formalities.permit(package.permit);
    if (package.living() && known != nullptr && known->permit.reference != named &&
        known->status == formalities::PermitStatus::superseded &&
        !formalities::purposes_may_widen(known->permit) &&
        std::ranges::find(consents, &known->permit) == consents.end()) {
      consents.push_back(&known->permit);
    }
  }
  return consents;
}

// What a patient consented to no later permit widens (formalities/succession.h).
study::PermitFinding consent_to(const study::Study& study, const formalities::Permit& permit) {
  study::PermitFinding finding = purpose_of(study, permit);
  if (!finding.covered) {
    finding.sentence = {
        fmt::format("Patients whose records are counted consented under permit {}, which does not "
                    "name the purpose {} (GDPR, article 6(4)).",
                    permit.reference, study.purpose),
        fmt::format(
            "Des patients dont les données sont comptées ont consenti sous la formalité {}, "
            "qui ne cite pas la finalité {} (RGPD, article 6, paragraphe 4).",
            permit.reference, study.purpose)};
    finding.remedy = {
        "ask the patients for their consent to this purpose, and collect their records under a "
        "permit of its own",
        "demandez aux patients leur consentement à cette finalité, et collectez leurs données sous "
        "une formalité propre"};
  }
  return finding;
}

// Whether what the study lets leave may leave by such a permit. One that names nothing allows no
// studies, and leaves this to the study's permit.
std::vector<study::PermitFinding> leaving_by(const study::StudyUses& uses,
                                             const formalities::Permit& permit) {
  struct Kind {
    bool used;
    const char* word;
    Text name;
  };
  const std::vector<Kind> kinds = {{uses.counts, "counts", {"counts", "effectifs"}},
                                   {uses.means, "means", {"means", "moyennes"}}};
  std::vector<study::PermitFinding> findings;
  for (const Kind& kind : kinds) {
    if (!kind.used || permit.leaves.empty()) {
      continue;
    }
    const bool covered = std::ranges::find(permit.leaves, kind.word) != permit.leaves.end();
    const Text under{
        fmt::format("Permit {}, under which records were collected,", permit.reference),
        fmt::format("La formalité {}, sous laquelle des données ont été recueillies,",
                    permit.reference)};
    if (covered) {
      findings.push_back({true,
                          {fmt::format("{} lets {} leave too.", under.en, kind.name.en),
                           fmt::format("{} laisse aussi sortir des {}.", under.fr, kind.name.fr)},
                          {}});
    } else {
      findings.push_back(
          {false,
           {fmt::format("{} lets no {} leave.", under.en, kind.name.en),
            fmt::format("{} ne laisse pas sortir de {}.", under.fr, kind.name.fr)},
           {fmt::format("leave the tables of {} out, or enter a permit that supersedes it and lets "
                        "them leave",
                        kind.name.en),
            fmt::format("retirez les tableaux de {}, ou enregistrez une formalité qui la remplace "
                        "et les laisse sortir",
                        kind.name.fr)}});
    }
  }
  return findings;
}

}  // namespace

std::vector<study::PermitFinding> findings_of(const study::Study& study,
                                              const protect::Rules& rules,
                                              const vault::Vault& vault,
                                              const formalities::KnownPermit& permit, Day day) {
  std::vector<study::PermitFinding> findings =
      study::check_permit(study, vault.practices_beside(permit.permit.reference), permit, day);
  const std::vector<study::PermitFinding> demands = check_demands(rules, permit.permit);
  findings.insert(findings.end(), demands.begin(), demands.end());
  for (const formalities::Permit* consent : consented_under(vault, permit.permit.reference)) {
    findings.push_back(consent_to(study, *consent));
  }
  const study::StudyUses uses = study::uses_of(study);
  for (const formalities::Permit* other : collected_under(vault, permit.permit.reference)) {
    findings.push_back(purpose_of(study, *other));
    const std::vector<study::PermitFinding> leaving = leaving_by(uses, *other);
    findings.insert(findings.end(), leaving.begin(), leaving.end());
    const std::vector<study::PermitFinding> more = check_strictness(rules, *other);
    findings.insert(findings.end(), more.begin(), more.end());
  }
  return findings;
}

JudgedSignatures signatures_of(const StudyPapers& papers, const vault::Vault& vault,
                               const formalities::KnownPermit& permit) {
  std::vector<std::string> roles = permit.permit.signatures;
  for (const formalities::Permit* other : collected_under(vault, permit.permit.reference)) {
    roles.insert(roles.end(), other->signatures.begin(), other->signatures.end());
  }
  return judge_signatures(papers, vault.catalog().formalities, permit.permit, roles);
}

Result<Permitted> judge_permit(const study::Study& study, const StudyPapers& papers,
                               const protect::Rules& rules, const vault::Vault& vault, Day day) {
  const formalities::Formalities& formalities = vault.catalog().formalities;
  ASSIGN_OR_RETURN(const formalities::KnownPermit* known, formalities.to_study(study.permit, day));
  const formalities::Permit& permit = known->permit;
  std::vector<study::PermitFinding> findings = findings_of(study, rules, vault, *known, day);
  const JudgedSignatures signatures = signatures_of(papers, vault, *known);
  findings.insert(findings.end(), signatures.findings.begin(), signatures.findings.end());
  RETURN_IF_ERROR(study::all_covered(findings, papers.study_file.string()));
  Permitted permitted;
  permitted.reference_ = permit.reference;
  permitted.digest_ = permit.digest.hex();
  for (const formalities::Framework& framework : formalities::frameworks()) {
    if (framework.id == permit.kind) {
      permitted.kind_ = framework.name;
      permitted.law_ = framework.law;
    }
  }
  permitted.holder_ = permit.holder;
  permitted.valid_until_ = to_string(permit.valid.last, Calendar::dates);
  permitted.signed_with_ = formalities::fingerprint(known->signer);
  permitted.purpose_ = study.purpose;
  permitted.signatures_ = signatures.signatures;
  permitted.looked_at_ = findings.size();
  return permitted;
}

}  // namespace parcours::release
