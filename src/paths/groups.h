// The risk of groups of patients, never of one patient: which groups are singled out most.
//
// The shares of one point of the curve (PatientShares) are averaged over groups: sex, band of age,
// region, or how rare the patient's rarest code is. A group is shown only if it has at least
// `threshold` patients. The others together are one group `others`. If they are still too few, the
// smallest group shown joins them, so that subtraction from the total gives no small group.
// Practices are never named: only how their shares are spread is given, over practices of
// at least `threshold` patients, as quantiles.
//
// The threshold is the caller's; nothing has a default. G1: no group of fewer patients is shown,
// and neither is what the groups shown leave of all. G2: shares are means over the group's
// patients.
//
//   threshold 11; F 40 patients, M 38, X 3 -> X alone would be too few, and so are the others (X):
//   M joins it: F 40, others 41
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/day.h"
#include "paths/paths.h"
#include "paths/people.h"
#include "paths/uniqueness.h"

namespace parcours::paths {

// A group's number for every patient, and what the numbers stand for.
struct Grouping {
  std::string by;                     // "sex"
  std::vector<std::string> labels;    // "" where it is not known
  std::vector<std::uint32_t> groups;  // by patient
};

struct GroupRisk {
  std::string group;
  std::uint64_t patients = 0;  // of the export, in this group
  Share singled_out;           // of those asked about, exact where the point is
};

struct GroupRisks {
  std::string by;
  std::vector<GroupRisk> groups;    // in order of the labels
  std::optional<GroupRisk> others;  // those too small to be shown, together
  std::uint64_t put_together = 0;   // groups in `others`
};

// Errors: a threshold below 2.
Result<GroupRisks> group_risks(const PatientShares& shares, const Grouping& grouping,
                               std::uint64_t threshold);

// How the shares of groups are spread: for practices.
struct Spread {
  std::uint64_t groups = 0;     // with at least `threshold` patients among the shares
  std::uint64_t too_small = 0;  // others
  double p10 = 0;               // of the groups, in order of share: the nearest rank
  double median = 0;
  double p90 = 0;
};

// Nothing where fewer than `threshold` groups are large enough, or the shares are drawn: their
// spread would be the drawing's as well.
Result<std::optional<Spread>> group_spread(const PatientShares& shares, const Grouping& grouping,
                                           std::uint64_t threshold);

// By a field as it is.
Grouping grouping_of(const PersonField& field);

// By bands of age in the year `year`: bands {0, 18, 65} are 0-17, 18-64 and 65+. The field holds
// years of birth, or ages when `year` is nothing.
Grouping age_bands(const PersonField& field, std::optional<int> year,
                   const std::vector<int>& bands);

// By how many patients have the rarest of the patient's codes: "1", "2-10", "11-100", "101-1,000"
// and "over 1,000".
Grouping rarity_bands(const Paths& paths);

}  // namespace parcours::paths
