// What insiders work out from a release: patients and practices that are alone in hidden cells, and
// so know these. What they know without the release is not counted: what the releases before tell
// them, and what the release's empty cells do.
#pragma once

#include <cstdint>

#include "release/looked.h"

namespace parcours::release {

// Groups in which somebody learns a figure from the one that they are alone in, and figures that a
// practice works out from all those that it is alone in.
std::uint64_t taught(const Looked& looked);

}  // namespace parcours::release
