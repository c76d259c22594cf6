// A permit that was entered: whether it is in force on a day, and why not; what stands in its
// place; which one to collect or to study under.
#include <fmt/format.h>

#include <algorithm>

#include "base/nearest.h"
#include "formalities/acts.h"
#include "formalities/references.h"

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

const KnownPermit* Formalities::permit(std::string_view reference) const {
  const auto found = std::ranges::find_if(
      permits_, [&](const KnownPermit& one) { return one.permit.reference == reference; });
  return found == permits_.end() ? nullptr : &*found;
}

// A permit is superseded by one that was entered later, so that this ends.
const KnownPermit* Formalities::successor(std::string_view reference) const {
  const KnownPermit* one = permit(reference);
  while (one != nullptr && one->status == PermitStatus::superseded) {
    one = permit(one->superseded_by);
  }
  return one;
}

const KnownPermit* Formalities::died_with(std::string_view reference) const {
  const KnownPermit* one = permit(reference);
  while (one != nullptr && one->status == PermitStatus::superseded) {
    const KnownPermit* next = permit(one->superseded_by);
    const std::optional<Day> entered =
        next == nullptr ? std::nullopt : day_of_moment(next->entered_at);
    if (entered && *entered > one->permit.valid.last) {
      return one;
    }
    one = next;
  }
  return nullptr;
}

Result<const KnownPermit*> Formalities::named_in_force(std::string_view reference, Day day) const {
  const KnownPermit* one = permit(reference);
  if (one == nullptr) {
    const std::vector<std::string> references = references_of(permits_);
    return refused(fmt::format("no permit '{}' is entered in this vault", reference), {},
                   permits_.empty() ? "a permit-keeper enters one by `parcours permit enter`"
                                    : nearest_hint(reference, references));
  }
  if (!one->in_force(day)) {
    const KnownPermit* last = successor(reference);
    return refused(one->why_not(day), {},
                   last != one && last->in_force(day)
                       ? fmt::format("name {}, which stands in its place", last->permit.reference)
                       : "a permit-keeper can enter one that is in force");
  }
  return one;
}

Result<const KnownPermit*> Formalities::to_collect(std::string_view reference, Day day) const {
  if (!reference.empty()) {
    ASSIGN_OR_RETURN(const KnownPermit* one, named_in_force(reference, day));
    if (!one->permit.collection) {
      return refused(fmt::format("permit {} does not allow collection", reference), {},
                     "name one whose uses include \"collection\"");
    }
    return one;
  }
  std::vector<const KnownPermit*> able;
  for (const KnownPermit& one : permits_) {
    if (one.permit.collection && one.in_force(day)) {
      able.push_back(&one);
    }
  }
  if (able.size() == 1) {
    return able.front();
  }
  if (able.empty()) {
    return refused("no permit to collect under is in force in this vault", {},
                   "a permit-keeper enters one by `parcours permit enter`");
  }
  return refused("several permits to collect under are in force in this vault", {},
                 fmt::format("name one of them: {}", references_of(able)));
}

Result<const KnownPermit*> Formalities::to_study(std::string_view reference, Day day) const {
  if (reference.empty()) {
    std::vector<const KnownPermit*> able;
    for (const KnownPermit& one : permits_) {
      if (one.permit.studies && one.in_force(day)) {
        able.push_back(&one);
      }
    }
    return refused("the study names no permit", {},
                   able.empty() ? "no permit for studies is in force in this vault"
                                : fmt::format("name one of them: {}", references_of(able)));
  }
  ASSIGN_OR_RETURN(const KnownPermit* one, named_in_force(reference, day));
  if (!one->permit.studies) {
    return refused(fmt::format("permit {} does not allow studies", reference), {},
                   "name one whose uses include \"studies\"");
  }
  return one;
}

}  // namespace parcours::formalities
