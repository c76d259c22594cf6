// An assessment for programs. Keys keep their meaning within a format number; new ones may come.
//
// Format parcours-risk/1: `answer`, `doubts`; of events `patients`, `events`, `left_out`,
// `precision`, `draws`, `seed`, `curve` (known, within_days, unique_share, exact, interval);
// `timings` and `attackers` (unique_share is null where there is nobody whom they know enough of),
// `worst_off` where a threshold was given, `succession` where periods were, `paths_linkage` with
// another export; of lines about people `people`; of tables `tables`; `measures` by name; `limits`;
// `files` with what each column was taken for.
#pragma once

#include <nlohmann/json.hpp>
#include <vector>

#include "assessment/assessment.h"
#include "assessment/limits.h"

namespace parcours::assessment {

nlohmann::ordered_json as_json(const Assessment& assessment, const std::vector<Held>& held);
// `settled`: columns whose numbers that cannot be were taken for empty cells (doubts.h).
nlohmann::ordered_json as_json(const std::vector<exports::FileGuess>& guesses,
                               const std::vector<std::string>& settled);

}  // namespace parcours::assessment
