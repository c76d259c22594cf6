// Everybody of a source. A source's first reading adds its persons; then facts find theirs.
//
//   People people(reading, choices, ledger);
//   RETURN_IF_ERROR(people.add(person, place));
//   people.note_name("Dupont");                            // so that it enters nowhere
//   const PatientRow* row = people.find("Patient/17");     // nullptr: nobody
//
// G1: a patient has one row in a package. A person who is said again is left out; if something else
//     is said of them, the later one is refused.
// G2: a reference by which two persons are called is nobody's: no fact finds either by it.
#pragma once

#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ingest/choices.h"
#include "ingest/fact.h"
#include "ingest/intake.h"
#include "ingest/ledger.h"
#include "ingest/person_reasons.h"
#include "ingest/source_names.h"
#include "rows/row.h"

namespace parcours::ingest {

class People {
 public:
  // All must outlive it.
  People(const Reading& reading, const Choices& choices, Ledger& ledger);

  // Not safe to call from several threads. An error ends the reading.
  Status add(const Person& person, const ItemPlace& at);

  // What the source says that a patient or a contact is called: first names and family names, in
  // any order. Only keyed hashes of the words are kept. Not safe to call from several threads.
  void note_name(std::string_view name) { names_.note(name); }
  const SourceNames& names() const { return names_; }

  const rows::PatientRow* find(std::string_view reference) const;
  const std::vector<rows::PatientRow>& rows() const { return rows_; }

  const Choices& choices() const { return choices_; }
  Ledger& ledger() { return ledger_; }
  Tally& tally() { return tally_; }  // of the first reading

 private:
  records::PatientId key_of(std::string_view reference) const;
  std::string_view practice_of(const Person& person) const;
  const Sender& sender(std::string_view name);
  bool same_person(std::uint32_t row, const records::Patient& patient,
                   const std::optional<Day>& birthday) const;

  const Reading reading_;
  const Choices& choices_;
  Ledger& ledger_;
  Tally tally_;
  records::KeyedHash pseudonyms_;
  records::KeyedHash references_ = records::KeyedHash::of_this_run();
  SourceNames names_;
  std::vector<rows::PatientRow> rows_;
  std::vector<std::optional<Day>> birthdays_;  // by row; never stored
  std::unordered_map<records::PatientId, std::uint32_t> by_reference_;
  std::unordered_map<PatientOfPackage, std::uint32_t> by_package_;
  std::unordered_map<std::string, Sender> senders_;
  struct {
    ReasonId no_number, bad_birth, stand_in, bad_place, disagrees;
  } reasons_;
  PersonReasons like_place_;
  ReasonId said_again_;
};

}  // namespace parcours::ingest
