// One line of the practice's log: something that was done, when, and with which result. A line
// holds no personal data of a patient; of the doctor it has the name under which they agreed.
//
//   {"at":"2026-11-27T10:03:21Z","did":"pack","number":3,"period":"2026-11-27","package":"9f..",
//    "permit":"2026-DR-014","key":"all","patients":812,"events":17204,"cut":51,"objections":2}
//
// G1: entry_of(line_of(entry)) is the entry.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "records/digest.h"

namespace parcours::practice {

// The names stand in logs, so a name never changes.
enum class Deed : std::uint8_t {
  join,
  agree,     // the doctor, to a permit
  withdraw,  // the doctor's agreement
  make_key,  // of step one
  destroy_key,
  object,     // patients
  take_back,  // patients, their objection
  pack,
  send,
  receipt,
  leave,
  ask,   // what the vault holds of a patient
  read,  // its answer
  card,  // took a new key of the vault
};
std::string_view to_string(Deed deed);

// What a deed does not have is empty or 0.
struct Entry {
  Deed deed = Deed::join;
  std::string at;                 // UTC: "2026-11-27T10:03:21Z"
  std::string practice;           // join
  std::string vault;              // join: the vault's number
  std::string permit;             // join, agree, pack: a reference
  records::Digest permit_digest;  // the same: of the permit's text
  std::string doctor;             // agree, withdraw
  std::string key;                // join, make_key, destroy_key, pack: a label
  std::uint64_t number = 0;       // pack, send, receipt: of the package; card: of the key
  std::string period;             // pack
  records::Digest package;        // pack: of the file
  records::Digest receipt;        // receipt: what it says (post::receipt_digest())
  std::uint64_t patients = 0;     // pack; object, take_back: how many
  std::uint64_t events = 0;       // pack
  std::uint64_t cut = 0;          // pack; receipt: events that the vault cut
  std::uint64_t objections = 0;   // pack
  std::uint64_t withdrawn = 0;    // pack: objections that are told as withdrawn; receipt: that were
  std::string outcome;            // receipt: "taken", "refused"
  std::string reason;             // receipt: why it was refused, by post's name
  std::uint64_t next = 0;         // receipt that refuses: the number that the vault waits for

  friend bool operator==(const Entry&, const Entry&) = default;
};

// One line of JSON, without its line feed.
std::string line_of(const Entry& entry);

// Nothing for what is no entry.
std::optional<Entry> entry_of(std::string_view line);

}  // namespace parcours::practice
