// Everybody who stands in a release of a vault, or in the study that is made from it now, in one
// line, practice by practice: what it takes to count groups of them reading forwards. Personal
// data.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "past/past_roll.h"
#include "past/people.h"
#include "records/keys.h"

namespace parcours::past {

class Everybody {
 public:
  // Whoever stands in `now`, the roll of the study, is held by the practice that it says; the
  // others by the one that the register knows.
  Everybody(const People& people, const PastRoll& now, const records::KeyedHash& fingerprints);

  std::size_t count() const { return turns_.size(); }
  // The place in the line of who has this number.
  std::uint32_t turn(std::uint32_t number) const { return turns_[number]; }

  // By place in the line. One practice's people come one after another.
  const std::vector<Uint128>& hashes() const { return hashes_; }
  const std::vector<records::PracticeId>& practices() const { return practices_; }

 private:
  std::vector<std::uint32_t> turns_;
  std::vector<Uint128> hashes_;
  std::vector<records::PracticeId> practices_;
};

}  // namespace parcours::past
