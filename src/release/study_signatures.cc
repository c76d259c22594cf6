#include "release/study_signatures.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/files.h"
#include "records/digest.h"

namespace parcours::release {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_signature_bytes = std::size_t{1} << 14;

std::string hex_digest(std::string_view text) {
  records::Digester digester;
  digester.take(text);
  return digester.finish().hex();
}

Text words_of(formalities::Role role) {
  return role == formalities::Role::checker ? Text{"a checker", "un vérificateur"}
                                            : Text{"the data team", "l’équipe de données"};
}

// Who has signed for a role; nothing where it is not there or does not hold.
const formalities::Holder* signer_for(formalities::Role role, const StudyPapers& papers,
                                      const formalities::Formalities& formalities,
                                      const formalities::Permit& permit) {
  const fs::path file = study_signature_file(papers.study_file, role);
  const Result<std::string> signature = read_file(file, most_signature_bytes);
  const Result<formalities::PublicKey> key = signature
                                                 ? formalities::signer_of(*signature, file.string())
                                                 : std::unexpected(signature.error());
  if (!key) {
    return nullptr;
  }
  const auto holder = std::ranges::find_if(
      formalities.holders(),
      [&](const formalities::Holder& one) { return one.role == role && one.key == *key; });
  const bool holds =
      holder != formalities.holders().end() &&
      formalities::check_signature(study_to_sign(role, papers, formalities.vault(), permit),
                                   *signature, *key, formalities::study_signature, file.string());
  return holds ? &*holder : nullptr;
}

study::PermitFinding finding_of(formalities::Role role, const formalities::Holder* signer,
                                const StudyPapers& papers) {
  const Text who = words_of(role);
  if (signer != nullptr) {
    return {true,
            {fmt::format("{} has signed the study, as {}.", signer->name, who.en),
             fmt::format("{} a signé l’étude, au titre du rôle : {}.", signer->name, who.fr)},
            {}};
  }
  return {false,
          {fmt::format("The permit asks {} to sign this study under these rules.", who.en),
           fmt::format("La formalité demande que {} signe cette étude sous ces règles.", who.fr)},
          {fmt::format("have it signed: parcours study sign {} --role {}",
                       papers.study_file.filename().string(), formalities::to_string(role)),
           fmt::format("la faire signer : parcours study sign {} --role {}",
                       papers.study_file.filename().string(), formalities::to_string(role))}};
}

}  // namespace

std::string study_to_sign(formalities::Role role, const StudyPapers& papers,
                          const std::string& vault, const formalities::Permit& permit) {
  return fmt::format(
      "parcours-study 1\nrole:   {}\nvault:  {}\nstudy:  {}\nrules:  {}\npermit: {} {}\n",
      formalities::to_string(role), vault, hex_digest(papers.study), hex_digest(papers.rules),
      permit.digest.hex(), permit.reference);
}

fs::path study_signature_file(const fs::path& study, formalities::Role role) {
  return fmt::format("{}.{}.sig", study.string(), formalities::to_string(role));
}

JudgedSignatures judge_signatures(const StudyPapers& papers,
                                  const formalities::Formalities& formalities,
                                  const formalities::Permit& permit,
                                  const std::vector<std::string>& roles) {
  JudgedSignatures judged;
  const formalities::Holder* maker = nullptr;
  for (const formalities::Role role : {formalities::Role::data_team, formalities::Role::checker}) {
    if (std::ranges::find(roles, formalities::to_string(role)) == roles.end()) {
      continue;
    }
    const formalities::Holder* signer = signer_for(role, papers, formalities, permit);
    if (role == formalities::Role::checker && signer != nullptr && maker != nullptr &&
        (signer->name == maker->name || signer->key == maker->key)) {
      judged.findings.push_back({false,
                                 {"Whoever made the study has checked it, too.",
                                  "L’auteur de l’étude l’a aussi vérifiée."},
                                 {"have another person check and sign it",
                                  "la faire vérifier et signer par une autre personne"}});
      continue;
    }
    judged.findings.push_back(finding_of(role, signer, papers));
    if (signer != nullptr) {
      judged.signatures.push_back({role, formalities::fingerprint(signer->key)});
    }
    maker = role == formalities::Role::data_team ? signer : maker;
  }
  return judged;
}

}  // namespace parcours::release
