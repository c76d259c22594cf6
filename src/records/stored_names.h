// Counts the codes, places and practices that an import is about to store, and refuses them if they
// look like identifiers of people.
//
// A vault stores the codes and places of its sources unchanged, because studies name them. By a
// mistake in a mapping, they may be identifiers: patients' numbers, names, free text. Identifiers
// differ from codes in that each belongs to one patient. Patients share the codes of a
// nomenclature: in a small panel two thirds of the codes may belong to one patient each, but not
// nine tenths. Practices' codes are stored under the programme's key; but if most patients had a
// practice of their own, the rules on practices would protect nothing.
//
// G1: if a code system brings at least 20 new codes, and nine tenths or more of its codes in the
//     import belong to one patient each, nothing is stored, unless the mapping says that they are
//     not identifiers.
// G2: if an import brings at least 10 new practices, and half or more of its practices have one
//     patient each, nothing is stored.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "records/name_use.h"
#include "vocabulary/code_book.h"

namespace parcours::records {

// Names of one sort that an import met.
struct NameCounts {
  std::uint64_t met = 0;
  std::uint64_t fresh = 0;           // of those, not in the vault before
  std::uint64_t of_one_patient = 0;  // of those met
};

struct SystemNames {
  std::optional<vocabulary::KindId> kind;  // none: places
  std::string system;
  NameCounts names;
};

struct StoredNames {
  NameCounts practices;
  std::vector<SystemNames> systems;  // in order of kind and system; places last

  NameCounts codes() const;  // of all systems but those of places
  NameCounts places() const;

  // "3 practices, 1204 codes in 5 systems and 31 places": those that are new to the vault.
  std::string sentence() const;
};

// Who uses the names, by number, and from which number on they are new to the vault.
struct NamesMet {
  NameUse codes;
  NameUse practices;
  std::size_t known_codes = 0;
  std::size_t known_practices = 0;

  void note_event(const PatientId& patient, vocabulary::CodeId code, PracticeId practice) {
    codes.note(code, patient);
    practices.note(practice, patient);
  }
  void note_patient(const PatientId& patient, vocabulary::CodeId place, PracticeId practice) {
    practices.note(practice, patient);
    if (place != vocabulary::no_code) {
      codes.note(place, patient);
    }
  }
  void merge(const NamesMet& other);
};

StoredNames stored_names(const NamesMet& met, const vocabulary::CodeBook& book,
                         std::size_t practices);

// What the mapping says of the names.
struct NamesAllowed {
  std::vector<std::string>
      not_identifiers;  // systems whose codes are none, whatever they look like
  std::string where;    // the mapping, for errors
};

// G1, G2: an error of Fault::rule.
Status check_names(const StoredNames& names, const NamesAllowed& allowed);

}  // namespace parcours::records
