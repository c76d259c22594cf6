// A permit that was entered: whether it is in force on a day, and why not.
#include <fmt/format.h>

#include "formalities/acts.h"

namespace parcours::formalities {

bool KnownPermit::in_force(Day day) const {
  return status == PermitStatus::entered && permit.valid.first <= day && day <= permit.valid.last;
}

std::string KnownPermit::why_not(Day day) const {
  const std::string& reference = permit.reference;
  switch (status) {
    case PermitStatus::suspended:
      return fmt::format("permit {} is suspended: {}", reference, why);
    case PermitStatus::withdrawn:
      return fmt::format("permit {} was withdrawn: {}", reference, why);
    case PermitStatus::superseded:
      return fmt::format("permit {} was superseded by {}", reference, superseded_by);
    case PermitStatus::entered:
      break;
  }
  if (day < permit.valid.first) {
    return fmt::format("permit {} begins on {}", reference,
                       to_string(permit.valid.first, Calendar::dates));
  }
  if (permit.valid.last < day) {
    return fmt::format("permit {} ended on {}", reference,
                       to_string(permit.valid.last, Calendar::dates));
  }
  return {};
}

}  // namespace parcours::formalities
