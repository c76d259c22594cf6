// A record: a patient and all their events, as columns. It is a view; its bucket owns the data.
//
// The order of events is not defined. A column that was not requested is empty.
#pragma once

#include <cmath>
#include <cstddef>
#include <limits>
#include <span>

#include "base/day.h"
#include "records/patient.h"

namespace parcours::records {

// The value of an event that carries none.
inline constexpr double no_value = std::numeric_limits<double>::quiet_NaN();
inline bool has_value(double value) {
  return !std::isnan(value);
}

// Which columns of the events a reader needs; the code always comes.
struct EventColumns {
  bool day = false;
  bool practice = false;
  bool value = false;
};

struct Record {
  const Patient& patient;
  std::span<const vocabulary::CodeId> codes;
  std::span<const Day> days;
  std::span<const PracticeId> practices;
  std::span<const double> values;

  std::size_t size() const { return codes.size(); }
};

}  // namespace parcours::records
