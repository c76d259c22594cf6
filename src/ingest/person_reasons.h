// The reasons of quarantine for what looks like a person.
#pragma once

#include <fmt/format.h>

#include <array>

#include "ingest/person_like.h"
#include "ingest/quarantine.h"

namespace parcours::ingest {

class PersonReasons {
 public:
  // "a code that looks like a phone number in column 'code'": `what` is "a code", `where` may be
  // empty.
  PersonReasons(Quarantine& quarantine, std::string_view what, std::string_view where = {}) {
    for (const PersonLike like : person_likes) {
      reasons_[static_cast<std::size_t>(like)] = quarantine.reason(
          fmt::format("{} that {}{}{}", what, looks(like), where.empty() ? "" : " in ", where));
    }
  }

  // `taken` where it looks like nothing.
  ReasonId operator[](PersonLike like) const { return reasons_[static_cast<std::size_t>(like)]; }

 private:
  std::array<ReasonId, person_likes.size() + 1> reasons_ = {taken};
};

}  // namespace parcours::ingest
