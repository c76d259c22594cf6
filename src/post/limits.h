// How much a package may hold. Every length is compared with one of these before memory is taken
// for it. A practice of ten doctors stays a hundred times below them; raise one only together with
// the memory that a vault has for a package.
#pragma once

#include <cstddef>
#include <cstdint>

#include "base/day.h"

namespace parcours::post {

// Bytes of a code, a name, a label. A longer text is free text, which is not stored.
inline constexpr std::size_t longest_text = 100;

inline constexpr std::size_t most_codes = 1'000'000;
inline constexpr std::size_t most_patients = 1'000'000;
inline constexpr std::size_t most_events = 20'000'000;
inline constexpr std::size_t most_objections = 1'000'000;
inline constexpr std::size_t most_cut_reasons = 100;
inline constexpr std::uint64_t most_number = 1'000'000'000;  // of a package of one practice

inline constexpr std::size_t most_package_bytes = std::size_t{1} << 28;
inline constexpr std::size_t most_body_bytes = std::size_t{1} << 29;  // before compression

// Of dates, these are of the years -221 and 4160.
inline constexpr Day first_day_possible{-800'000};
inline constexpr Day last_day_possible{800'000};

}  // namespace parcours::post
