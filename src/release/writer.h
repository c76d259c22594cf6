// Writes the folder of a release. docs/evidence.md describes its files.
//
// G1: the folder is complete or does not exist: it is made aside, flushed, and moved in one step.
//     The next run for the same folder first deletes what a killed program left aside.
// G2: SHA256SUMS names every other file of the folder; `sha256sum -c SHA256SUMS` passes.
// G3: the same release gives the same bytes.
#pragma once

#include <filesystem>
#include <functional>

#include "base/error.h"
#include "base/stop.h"
#include "release/release.h"

namespace parcours::release {

// An error when `folder` exists; to be asked before work starts, and asked again by write().
Status may_be_written(const std::filesystem::path& folder);

// `before` is run when all is written and before the folder is in its place: the release must be
// remembered by then. If it fails, no folder is there.
Status write(
    const Release& release, const std::filesystem::path& folder, const Stop& stop,
    const std::function<Status()>& before = [] { return Status(); });

}  // namespace parcours::release
