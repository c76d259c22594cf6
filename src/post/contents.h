// What a package says: one practice's rows of one period, with the pseudonyms of the practice's key
// (step one). The vault's key makes its own of them (step two, step_two.h). Personal data.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
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

// A receipt that has come to the practice, and every one before it.
struct Confirmed {
  std::uint64_t number = 0;  // of its package
  records::Digest receipt;   // receipt_digest()
  friend bool operator==(const Confirmed&, const Confirmed&) = default;
};

struct Contents {
  std::string vault;         // the number of the vault that it is for: 32 hexadecimal digits
  std::string practice;      // as the vault has admitted it
  std::uint64_t number = 0;  // 1, 2, ... of this practice
  std::string period;
  std::string permit;  // its reference, and the digest of its text: what the doctor agreed to
  records::Digest permit_digest;
  std::string made_at;                         // UTC: "2026-11-23T20:18:00Z"
  std::optional<Confirmed> confirmed;          // nothing: no receipt has come yet
  std::vector<vocabulary::Code> codes;         // rows name them by their place
  std::vector<rows::PatientRow> patients;      // of practice 0 and package 0, one of each patient
  std::vector<rows::EventRow> events;          // the same; their patients need no row
  std::vector<records::PatientId> objections;  // step-one pseudonyms of all who objected so far
  std::vector<records::PatientId> withdrawn;   // of all who objected once and do so no more
  std::vector<CutCount> cut;
};

// The same, as a package has it: rows and objections in order, each objection once, no code that no
// row names.
Contents in_order(Contents contents);

// Whether a package may say it; a reader asks the same as a writer. The error names what is wrong
// and where ("event 12"), and no value.
// G1: contents that pass are in_order(); every code that a row names is there; an event's code has
//     a kind, and it is the event's; a place is a place; nothing was only consulted; days, years,
//     texts and counts are within limits.h; no row is of somebody who objected, and none of them
//     withdrew it; what is confirmed is of an earlier package.
Status check(const Contents& contents);

// 32 hexadecimal digits.
bool is_vault_number(std::string_view text);

// A name or a label: one line without signs that a terminal takes as commands, not empty, not
// longer than limits.h says.
bool is_label(std::string_view text);

// "2026-11-23T20:18:00Z".
bool is_moment(std::string_view text);

}  // namespace parcours::post
