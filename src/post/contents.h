// What a package says: one practice's rows of one period, with the pseudonyms of the practice's key
// (step one). The vault's key makes its own of them (step two). Personal data.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "records/digest.h"
#include "rows/row.h"
#include "vocabulary/code_book.h"

namespace parcours::post {

// So many rows were not covered by the permit, and were left behind or cut.
struct CutCount {
  std::string reason;
  std::uint64_t rows = 0;
  friend bool operator==(const CutCount&, const CutCount&) = default;
};

struct Contents {
  std::string vault;     // the number of the vault that it is for
  std::string practice;  // as the vault has admitted it
  std::uint64_t number = 0;  // 1, 2, ... of this practice
  std::string period;
  std::string permit;    // its reference, and the digest of its text: what the doctor agreed to
  Digest permit_digest;
  std::string made_at;   // UTC
  std::vector<Code> codes;            // rows name them by their place
  std::vector<PatientRow> patients;   // of practice 0 and package 0
  std::vector<EventRow> events;
  std::vector<PatientId> objections;  // step-one pseudonyms of all who objected so far
  std::vector<CutCount> cut;
};

}  // namespace parcours::post
