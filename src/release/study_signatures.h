// The signatures that a permit may ask of a study before its release: of the data team, who made
// the study, and of a checker, who has read it. Each signs a short text (study_to_sign()) that
// names the vault and the digests of the study, of the rules and of the permit. So a signature
// holds for exactly this question, under exactly these rules, and no other; whoever changes a file
// asks again.
//
// A signature lies beside the study, as STUDY.data-team.sig and STUDY.checker.sig. It is OpenSSH's,
// for the use "parcours-study".
//
// G1: what a permit asks for is there only with the signature of somebody who has the role in the
//     vault at that moment.
// G2: nobody checks their own study: the two signatures are of two people.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "formalities/acts.h"
#include "study/permit_check.h"

namespace parcours::release {

struct StudyPapers {
  std::filesystem::path study_file;
  std::string study;  // what the files hold
  std::string rules;
};

std::string study_to_sign(formalities::Role role, const StudyPapers& papers,
                          const std::string& vault, const formalities::Permit& permit);

std::filesystem::path study_signature_file(const std::filesystem::path& study,
                                           formalities::Role role);

struct StudySignature {
  formalities::Role role = formalities::Role::data_team;
  std::string key;  // its fingerprint
};
struct JudgedSignatures {
  std::vector<study::PermitFinding> findings;  // one for each role that is asked for
  std::vector<StudySignature> signatures;      // those that hold
};

// `roles`: those that the permit asks for, and the other permits behind the records.
JudgedSignatures judge_signatures(const StudyPapers& papers,
                                  const formalities::Formalities& formalities,
                                  const formalities::Permit& permit,
                                  const std::vector<std::string>& roles);

}  // namespace parcours::release
