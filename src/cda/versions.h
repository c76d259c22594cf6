// Which of several versions of a document is read: the newest. What a document replaces is older,
// whatever its number.
//
// G1: a document hides others of the same patient alone.
#pragma once

#include <vector>

#include "cda/header.h"

namespace parcours::ingest {

enum class Standing : std::uint8_t { newest, older, again };

// By document, in the same order; `again` is the same version of the same document once more.
std::vector<Standing> standings(const std::vector<Header>& headers);

}  // namespace parcours::ingest
