// Whether a permit allows a study: one finding for each thing that the study asks of it.
//
//   for (const PermitFinding& finding : check_permit(study, {}, permit, today())) ...
//
// What the permit does not name it does not allow. A pattern of the study is allowed where all that
// it can ever match is of the permit's kinds and lies within one of the permit's patterns.
//
// G1: all findings are covered exactly where each fact, field and figure that the study can look at
//     is allowed by the permit's own words (permit_check_test.cc).
#pragma once

#include <string>
#include <vector>

#include "base/day.h"
#include "base/error.h"
#include "formalities/acts.h"
#include "study/study.h"

namespace parcours::study {

struct PermitFinding {
  bool covered = false;
  Text sentence;
  Text remedy;  // what would have to change; empty where it is covered
};

// `practices`: of those whose records the study counts the ones that no import has held against
// this permit, by the vault's names. What a permit demands of the rules, release/permit_demands.h
// judges.
std::vector<PermitFinding> check_permit(const Study& study,
                                        const std::vector<std::string>& practices,
                                        const formalities::KnownPermit& permit, Day today);

// Error (Fault::rule): the first thing that is not covered, and how many more.
Status permit_allows(const Study& study, const std::vector<std::string>& practices,
                     const formalities::KnownPermit& permit, Day today);

// The same of findings that one has; `where` is for the error.
Status all_covered(const std::vector<PermitFinding>& findings, const std::string& where);

}  // namespace parcours::study
