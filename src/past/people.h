// The register of people: everybody who stands in any release of a vault, once, with the pseudonym
// and the practice that held them when they came first. Elsewhere a number stands for them.
// Personal data.
//
// People are numbered in the order of the first release that has them, then of the practice, then
// of the pseudonym: so most of a practice's people lie together, and whoever counts by practice
// reads forwards.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "crowds/roll.h"
#include "past/past_roll.h"
#include "records/patient.h"

namespace parcours::past {

class People {
 public:
  std::size_t count() const { return ids_.size(); }
  const records::PatientId& id(std::uint32_t number) const { return ids_[number]; }
  records::PracticeId practice(std::uint32_t number) const { return practices_[number]; }
  // Looks at everybody. Nothing where nobody has this pseudonym.
  std::optional<std::uint32_t> find(const records::PatientId& id) const;

  // Numbers whoever of the roll has no number yet. The pseudonyms of the roll ascend.
  PastRoll enter(const crowds::Roll& roll);

  // The people from this number on, as bytes.
  std::string to_bytes(std::size_t first) const;
  // Adds those that to_bytes() wrote; false where it wrote no such thing.
  bool add(std::string_view bytes);

 private:
  std::vector<records::PatientId> ids_;
  std::vector<records::PracticeId> practices_;
};

// Who stands in a roll, and who is held elsewhere, as bytes.
std::string people_to_bytes(const PastRoll& roll);
// What people_to_bytes() wrote of a roll of as many people; there are so many in all. False where
// it wrote no such thing.
bool read_people(std::string_view bytes, std::size_t count, PastRoll& roll);

}  // namespace parcours::past
