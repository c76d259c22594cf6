// Which rows of a source leave the practice under a permit. Personal data.
//
//   ASSIGN_OR_RETURN(const Selection chosen, select(source, {permit, key, objections}, stop,
//   progress));
//
// G1: an event leaves if and only if the permit covers its kind, code, day and provenance and its
//     patient does not object (selection_test.cc says the same by the permit's own words).
// G2: of a patient only the fields leave that the permit names, and nothing at all of a patient of
//     whom no event leaves.
// G3: what was only consulted never leaves.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "formalities/cover.h"
#include "formalities/permit.h"
#include "ingest/ledger.h"
#include "practice/language.h"
#include "practice/objections.h"
#include "practice/source.h"
#include "records/keys.h"
#include "rows/row.h"
#include "vocabulary/code_book.h"

namespace parcours::practice {

// A field of patients: of how many the source says it, and whether it leaves.
struct FieldCount {
  const char* name;  // "birth_year"
  bool leaves = false;
  std::uint64_t patients = 0;
};

// Under this reason a package counts what was only consulted, and the vault's receipt says it
// again.
inline constexpr std::string_view cut_as_consulted = "only consulted";
// And under this one what the vault would not keep, as it is too old.
inline constexpr std::string_view cut_as_expired = "its retention";

struct Selection {
  std::vector<vocabulary::Code> codes;        // rows name them by their place
  std::vector<rows::PatientRow> patients;     // of whom an event leaves, with the fields that leave
  std::vector<rows::EventRow> events;         // that leave
  std::vector<records::PatientId> objectors;  // step-one pseudonyms of those met in the source

  // Of the rows that were read well.
  std::uint64_t patients_read = 0;
  std::uint64_t events_read = 0;
  std::uint64_t of_objectors = 0;                                   // events
  std::array<std::uint64_t, formalities::uncovered_reasons> cut{};  // events, by Uncovered
  std::uint64_t expired = 0;           // events older than the permit keeps
  std::vector<std::uint64_t> leaving;  // events, by KindId
  std::array<FieldCount, 3> fields{};
  std::uint64_t silent = 0;  // patients of whom no event leaves
  std::optional<Day> first;  // of the events that leave
  std::optional<Day> last;

  // What was not read, and why.
  std::vector<ingest::ReasonCount> refused;
  std::vector<ingest::ReasonCount> left_out;

  std::uint64_t all_cut() const;
  std::uint64_t consulted() const;  // of what was left out: only looked at elsewhere
};

struct SelectBy {
  const formalities::Permit& permit;
  const records::ProgrammeKey& key;  // of step one
  const Objections& objections;
  Day today;
  Language language = Language::en;
};

// Errors: the source cannot be read, is not of the permit's calendar, or holds the records of more
// than one practice.
Result<Selection> select(Source& source, const SelectBy& by, const Stop& stop, Progress* progress);

}  // namespace parcours::practice
