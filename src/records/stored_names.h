// What of the sources' own words an import is about to store in a vault, counted, and refused where
// it looks like identifiers of people.
//
// A vault keeps the codes and places of its sources as they were written, for studies name them. A
// slip in a mapping can make identifiers of them: a column of patients' numbers, of names, of free
// text. What tells them from codes is that each is used by one patient alone. A nomenclature
// shares its codes: in a small panel two thirds of the codes may be of one patient, but not nine
// tenths. Practices' codes are stored under the programme's key; but a practice each for most patients
// would make the rules on practices say nothing.
//
// G1: of a code system that brings at least 20 new codes, nine tenths or more of those met being of
//     one patient each, nothing is stored, unless the mapping says that they are no identifiers.
// G2: of an import that brings at least 10 new practices, half or more of those met having one
//     patient each, nothing is stored.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "records/name_use.h"
#include "vocabulary/code_book.h"

namespace parcours {

// Names of one sort that an import met.
struct NameCounts {
  std::uint64_t met = 0;
  std::uint64_t fresh = 0;           // of those, not in the vault before
  std::uint64_t of_one_patient = 0;  // of those met
};

struct SystemNames {
  std::optional<KindId> kind;  // none: places
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

  void note_event(const PatientId& patient, CodeId code, PracticeId practice) {
    codes.note(code, patient);
    practices.note(practice, patient);
  }
  void note_patient(const PatientId& patient, CodeId place, PracticeId practice) {
    practices.note(practice, patient);
    if (place != no_code) {
      codes.note(place, patient);
    }
  }
  void merge(const NamesMet& other);
};

StoredNames stored_names(const NamesMet& met, const CodeBook& book, std::size_t practices);

// What the mapping says of the names.
struct NamesAllowed {
  std::vector<std::string>
      not_identifiers;  // systems whose codes are none, whatever they look like
  std::string where;    // the mapping, for errors
};

// G1, G2: an error of Fault::rule.
Status check_names(const StoredNames& names, const NamesAllowed& allowed);

}  // namespace parcours
