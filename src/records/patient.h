// A patient, as the vault knows them. Personal data: none of these types can be printed or logged.
#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>

#include "vocabulary/code_book.h"

namespace parcours::records {

// The pseudonym: 128 bits, of this programme only.
struct PatientId {
  std::uint64_t high = 0;
  std::uint64_t low = 0;
  friend auto operator<=>(const PatientId&, const PatientId&) = default;
};

// A practice's place in the vault's list of practices.
using PracticeId = std::uint32_t;

enum class Sex : std::uint8_t { unknown, female, male };

inline constexpr std::int16_t no_birth_year = -32768;

// The years of birth that may be stored: of the calendar, or minus an age at day 0.
constexpr bool plausible_birth_year(std::int32_t year) {
  constexpr std::int32_t first = 1850;
  constexpr std::int32_t last = 2199;
  constexpr std::int32_t oldest = 130;
  return (year >= first && year <= last) || (year >= -oldest && year <= 0);
}

struct Patient {
  PatientId id;
  PracticeId practice = 0;  // the practice that holds them
  std::int16_t birth_year =
      no_birth_year;  // in a vault of relative days: minus the age in years at day 0
  Sex sex = Sex::unknown;
  vocabulary::CodeId place = vocabulary::no_code;  // of residence
};

}  // namespace parcours::records

template <>
struct std::hash<parcours::records::PatientId> {
  // Pseudonyms are keyed hashes already.
  std::size_t operator()(const parcours::records::PatientId& id) const noexcept { return id.low; }
};
