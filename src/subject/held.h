// All that a vault holds of one patient: what studies use, and what lies on the disk though nothing
// uses it any more. Personal data.
//
//   ASSIGN_OR_RETURN(const Held held, held_of(vault, {patient}, {}));
//
// G1: every row of the patient that is in a file of the vault is in the answer, once.
// G2: a row is `used` if a reader of the vault returns it on that day, and not otherwise.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/error.h"
#include "base/text.h"
#include "formalities/acts.h"
#include "past/past_releases.h"
#include "records/patient.h"
#include "records/provenance.h"
#include "vault/vault.h"

namespace parcours::subject {

// Why a row is not used any more.
enum class RowUse : std::uint8_t {
  used,
  objected,  // the patient objects, or did when it came
  over,      // its permit or its retention ended, or the permit of today does not cover it
  replaced,  // the practice sent the same period again
};

struct HeldPerson {
  records::Patient patient;
  vocabulary::Code place;  // of residence; its code is empty where none is held
  std::string practice;
  RowUse use = RowUse::used;
};

struct HeldFact {
  Day day;
  vocabulary::Code code;
  double value = 0;  // no_value where there is none
  records::Provenance provenance = records::Provenance::entered;
  std::string practice;
  RowUse use = RowUse::used;
};

// A release in whose figures the patient was counted.
struct HeldRelease {
  std::uint32_t number = 0;
  std::string day;  // "2026-11-23"
  Text title;
  bool withdrawn = false;
};

struct Held {
  std::string vault;  // its number
  Calendar calendar = Calendar::dates;
  Day day;                       // of the answer
  bool of_one_practice = false;  // it has what one practice sent, and nothing of others
  std::vector<HeldPerson> persons;
  std::vector<HeldFact> facts;                    // by kind, then by day
  std::vector<formalities::KnownPermit> permits;  // under which the rows were collected, or that
                                                  // stand in their place today
  std::vector<HeldRelease> releases;
  std::string objected_at;  // UTC; empty: the patient does not object

  bool nothing() const { return persons.empty() && facts.empty() && releases.empty(); }
};

struct HeldOptions {
  std::optional<Day> day = {};  // nothing: the one as of which the vault is open
  // Only what this practice sent, by the vault's name for it, and the releases that counted the
  // patient as one of its own.
  std::optional<std::string> practice = {};
};

// `patients`: the pseudonyms of one patient. `past`: nullptr where no release was made.
Result<Held> held_of(const vault::Vault& vault, std::span<const records::PatientId> patients,
                     const past::PastReleases* past, const HeldOptions& options);

}  // namespace parcours::subject
