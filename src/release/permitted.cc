#include "release/permitted.h"

#include <algorithm>

#include "release/permit_demands.h"

namespace parcours {

std::vector<PermitFinding> findings_of(const Study& study, const Rules& rules,
                                       const std::vector<std::string>& practices,
                                       const KnownPermit& permit, Day day) {
  std::vector<PermitFinding> findings = check_permit(study, practices, permit, day);
  const std::vector<PermitFinding> demands = check_demands(rules, permit.permit);
  findings.insert(findings.end(), demands.begin(), demands.end());
  return findings;
}

Result<Permitted> judge_permit(const Study& study, const std::filesystem::path& study_file,
                               const Rules& rules, const Formalities& formalities,
                               const std::vector<std::string>& practices, Day day) {
  ASSIGN_OR_RETURN(const KnownPermit* known, formalities.to_study(study.permit, day));
  const Permit& permit = known->permit;
  const std::vector<PermitFinding> findings = findings_of(study, rules, practices, *known, day);
  RETURN_IF_ERROR(all_covered(findings, study_file.string()));
  Permitted permitted;
  permitted.reference_ = permit.reference;
  permitted.digest_ = permit.digest.hex();
  for (const Framework& framework : frameworks()) {
    if (framework.id == permit.kind) {
      permitted.kind_ = framework.name;
      permitted.law_ = framework.law;
    }
  }
  permitted.holder_ = permit.holder;
  permitted.valid_until_ = to_string(permit.valid.last, Calendar::dates);
  permitted.signed_with_ = fingerprint(known->signer);
  permitted.purpose_ = study.purpose;
  permitted.looked_at_ = findings.size();
  return permitted;
}

}  // namespace parcours
