// The permit that a release runs under, judged: it is in force on the day of the release, and
// covers all that the study asks (study/permit_check.h) and that the rules must be
// (release/permit_demands.h). Only judge_permit() can make one, and without one there is no
// Release.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/error.h"
#include "formalities/acts.h"
#include "protect/rules.h"
#include "release/study_signatures.h"
#include "study/permit_check.h"
#include "study/study.h"
#include "vault/vault.h"

namespace parcours::release {

class Permitted {
 public:
  const std::string& reference() const { return reference_; }
  const std::string& digest() const { return digest_; }  // BLAKE2b-256 of the permit's text
  const Text& kind() const { return kind_; }
  const std::string& law() const { return law_; }
  const std::string& holder() const { return holder_; }
  const std::string& valid_until() const { return valid_until_; }  // "2035-12-31"
  const std::string& signed_with() const { return signed_with_; }  // the key's fingerprint
  const std::string& purpose() const { return purpose_; }          // the study's
  // Of the data team and of a checker, where the permit asks for them.
  const std::vector<StudySignature>& signatures() const { return signatures_; }
  std::uint64_t looked_at() const { return looked_at_; }  // things that the permit had to cover

 private:
  friend Result<Permitted> judge_permit(const study::Study&, const StudyPapers&,
                                        const protect::Rules&, const vault::Vault&, Day);
  Permitted() = default;
  std::string reference_;
  std::string digest_;
  Text kind_;
  std::string law_;
  std::string holder_;
  std::string valid_until_;
  std::string signed_with_;
  std::string purpose_;
  std::vector<StudySignature> signatures_;
  std::uint64_t looked_at_ = 0;
};

// What the permit must cover of a study and its rules, one finding each. Records that were
// collected under another permit serve the study only if that one names its purpose too, and its
// demands on the rules hold as well. Signatures aside, which a release alone needs.
std::vector<study::PermitFinding> findings_of(const study::Study& study,
                                              const protect::Rules& rules,
                                              const vault::Vault& vault,
                                              const formalities::KnownPermit& permit, Day day);

// The signatures that the study's release needs: of the roles that this permit asks for, and any
// other one behind the records.
JudgedSignatures signatures_of(const StudyPapers& papers, const vault::Vault& vault,
                               const formalities::KnownPermit& permit);

// Error (Fault::rule): what is not covered, in a sentence, and how many more.
Result<Permitted> judge_permit(const study::Study& study, const StudyPapers& papers,
                               const protect::Rules& rules, const vault::Vault& vault, Day day);

}  // namespace parcours::release
