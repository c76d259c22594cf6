// Runs every attack that an outsider can run on a release, from its folder alone.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "assessment/assessment.h"

namespace parcours::assessment {

// `threshold` is the fewest people that a published group may have; without it the one that the
// release's evidence.json says (rules.patients_min). Errors: neither says one; tables that do not
// add up. Whether they are as they were written, release/release_folder.h says.
Result<Assessment> assess_release(const std::filesystem::path& folder,
                                  std::optional<std::int64_t> threshold, std::uint64_t seed);

}  // namespace parcours::assessment
