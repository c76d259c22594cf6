// Chooses a person for a demonstration: a child with a chronic illness whom a few facts single out
// in an export.
//
// The person is found as an attacker would find them: a child of a certain age, sex and place, with
// a diagnosis, who was seen in a certain week. The seed chooses among them. Of the first twenty
// that it draws, the one with the longest path is taken, because the most can be read about this
// child. For generated records, or those of the holder alone.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/stop.h"
#include "exercise/facts.h"
#include "exports/export_file.h"
#include "exports/roles.h"

namespace parcours::exercise {

struct TargetWish {
  int youngest;  // age reached in the year of the visit
  int oldest;
  std::vector<CodePattern> diagnoses;  // chronic ones
  std::size_t letters;                 // of the code that the intruder knows: 3 for "J45*"
  std::string place;                   // the column of the place: "region"
};

// The facts as the sentence to type: "age 12, F, region 84, diagnosis J45*, visit in the week of
// 2023-03-06". Nothing when nobody is singled out by such facts. The export has a kind, a sex and a
// year of birth, and its days are dates.
Result<std::optional<std::string>> pick_target(exports::ExportFile& file,
                                               const exports::Roles& roles, const TargetWish& wish,
                                               std::uint64_t seed, const Stop& stop);

}  // namespace parcours::exercise
