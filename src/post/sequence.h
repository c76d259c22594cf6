// Whether a package is the one that a vault waits for. No file is read and no clock asked: the
// vault tells what it knows, and the same always gives the same answer.
//
//   const Decision decision = decide(arrived, standing);
//   if (decision.step == Step::take) ...
//
// A practice numbers its packages 1, 2, 3, ... A number is used up when its package is taken; a
// package that is refused leaves its number free.
//
// G1: of each number of a practice, one package at most is taken, and each package once.
// G2: packages are taken in the order of their numbers, without a gap.
// G3: a package that was taken gets the same answer again, whatever has happened since, as long as
//     it is of this vault: a practice that has lost a receipt can ask for it. A receipt that the
//     practice had confirmed is kept no more; then one is made anew.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "formalities/acts.h"
#include "post/contents.h"
#include "post/envelope.h"
#include "post/refusal.h"
#include "records/digest.h"

namespace parcours::post {

// A package that was opened, so that its signature is the practice's.
struct Arrived {
  std::string vault;
  std::uint64_t number = 0;
  records::Digest digest;  // of the package's bytes
  std::string permit;
  records::Digest permit_digest;
};
Arrived arrived(const Header& header, const Contents& contents);

struct PermitInForce {
  std::string reference;
  records::Digest digest;
};

// What the vault knows on the day of the decision.
struct Standing {
  std::string vault;
  std::optional<formalities::PracticeStatus> practice;  // nothing: no act has admitted the practice
  std::vector<records::Digest> taken;                   // its packages, by number, from 1
  std::vector<PermitInForce> permits;                   // under which records may be collected

  std::uint64_t next() const { return taken.size() + 1; }
};

enum class Step : std::uint8_t { take, answer_again, refuse };

struct Decision {
  Step step = Step::refuse;
  std::optional<Refused> refused;  // of Step::refuse
  std::uint64_t next = 0;          // the number that the vault waits for, this package aside
};

Decision decide(const Arrived& arrived, const Standing& standing);

}  // namespace parcours::post
