// What a document says, in the document's own words: who a patient is, and a fact about one of
// them. Every form but CSV by a mapping makes persons and facts; people.h and fact_rows.h make rows
// of them, so that what may enter is decided in one place. Personal data; the texts are views into
// what is read.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "records/patient.h"
#include "records/provenance.h"
#include "records/record.h"
#include "vocabulary/kinds.h"

namespace parcours::ingest {

struct Person {
  std::string_view reference;  // what the source's facts call them; each is of one patient
  std::string_view number;     // what the pseudonym is made of
  std::string_view practice;   // that holds them; empty: the source does not say
  std::string_view born;       // of any precision from the year on; empty: not said
  records::Sex sex = records::Sex::unknown;
  std::string_view place_system;
  std::string_view place;  // of residence, coarse: a department; empty: not said
};

// A code as written: its system's address, object identifier or name.
struct Coding {
  std::string_view system;
  std::string_view code;
};

struct Fact {
  vocabulary::KindId kind = 0;
  records::Provenance provenance = records::Provenance::entered;
  std::string_view patient;         // a reference
  std::string_view day;             // see written_day.h
  std::span<const Coding> codings;  // of the same thing, in any order
  double value = records::no_value;
  std::string_view unit;  // UCUM; empty: none
};

}  // namespace parcours::ingest
