// Which of several versions of a document is read: the newest. What a document replaces is older,
// whatever its number.
//
// G1: a document hides others of the same patient alone.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "cda/header.h"

namespace parcours::cda {

enum class Standing : std::uint8_t { newest, older, again };

// When a document was made, to compare: by the instant, however its zone is written. What has no
// zone is taken as it is, and what is no time is before everything, in the order of its text.
struct Instant {
  std::int64_t seconds = std::numeric_limits<std::int64_t>::min();
  std::string rest;        // of a second; all of what is no time
  std::size_t digits = 0;  // how exactly it is known
  friend auto operator<=>(const Instant&, const Instant&) = default;
};
Instant instant_of(std::string_view time);

// By document, in the same order; `again` is the same version of the same document once more.
std::vector<Standing> standings(const std::vector<Header>& headers);

}  // namespace parcours::cda
