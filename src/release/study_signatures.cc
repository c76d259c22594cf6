#include "release/study_signatures.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "base/files.h"
#include "records/digest.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t most_signature_bytes = std::size_t{1} << 14;

std::string hex_digest(std::string_view text) {
  Digester digester;
  digester.take(text);
  return digester.finish().hex();
}

Text words_of(Role role) {
  return role == Role::checker ? Text{"a checker", "un vérificateur"}
                               : Text{"the data team", "l’équipe de données"};
}

// Who has signed for a role; nothing where it is not there or does not hold.
const Holder* signer_for(Role role, const StudyPapers& papers, const Formalities& formalities,
                         const Permit& permit) {
  const fs::path file = study_signature_file(papers.study_file, role);
  const Result<std::string> signature = read_file(file, most_signature_bytes);
  const Result<PublicKey> key =
      signature ? signer_of(*signature, file.string()) : std::unexpected(signature.error());
  if (!key) {
    return nullptr;
  }
  const auto holder = std::ranges::find_if(formalities.holders(), [&](const Holder& one) {
    return one.role == role && one.key == *key;
  });
  const bool holds = holder != formalities.holders().end() &&
                     check_signature(study_to_sign(role, papers, formalities.vault(), permit),
                                     *signature, *key, study_signature, file.string());
  return holds ? &*holder : nullptr;
}

PermitFinding finding_of(Role role, const Holder* signer, const StudyPapers& papers) {
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
                       papers.study_file.filename().string(), to_string(role)),
           fmt::format("la faire signer : parcours study sign {} --role {}",
                       papers.study_file.filename().string(), to_string(role))}};
}

}  // namespace

std::string study_to_sign(Role role, const StudyPapers& papers, const std::string& vault,
                          const Permit& permit) {
  return fmt::format(
      "parcours-study 1\nrole:   {}\nvault:  {}\nstudy:  {}\nrules:  {}\npermit: {} {}\n",
      to_string(role), vault, hex_digest(papers.study), hex_digest(papers.rules),
      permit.digest.hex(), permit.reference);
}

fs::path study_signature_file(const fs::path& study, Role role) {
  return fmt::format("{}.{}.sig", study.string(), to_string(role));
}

JudgedSignatures judge_signatures(const StudyPapers& papers, const Formalities& formalities,
                                  const Permit& permit, const std::vector<std::string>& roles) {
  JudgedSignatures judged;
  const Holder* maker = nullptr;
  for (const Role role : {Role::data_team, Role::checker}) {
    if (std::ranges::find(roles, to_string(role)) == roles.end()) {
      continue;
    }
    const Holder* signer = signer_for(role, papers, formalities, permit);
    if (role == Role::checker && signer != nullptr && maker != nullptr &&
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
      judged.signatures.push_back({role, fingerprint(signer->key)});
    }
    maker = role == Role::data_team ? signer : maker;
  }
  return judged;
}

}  // namespace parcours
