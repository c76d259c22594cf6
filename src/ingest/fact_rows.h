// The door: makes events of facts, or says why a fact does not enter. Each thread has its own.
//
//   FactRows rows(people, reading);
//   RETURN_IF_ERROR(rows.put(fact, place));       // an event more, or one refused or left out
//   ... rows.events() ...; rows.clear();
//
// G1: only codes of a system that the choices list for the kind enter, and only those of the
//     system's form; of several codes of one thing the order of the systems decides, not that of
//     the document.
// G2: a day that is not known to the day is never filled in, and a date that stands for no day
// (base/no_day.h) is none: such a fact is refused.
// G3: what was only consulted elsewhere never enters.
// G4: a code that looks like a person or a way to reach one never enters (person_like.h).
// G5: a value enters in the unit of what its code measures (measures.h), else in the canonical unit
//     of its dimension (units.h): it is converted, or the fact is refused.
// G6: a value that nothing measured has, by its unit, never enters (value_range.h).
#pragma once

#include <map>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "ingest/people.h"
#include "ingest/text_cache.h"
#include "vocabulary/measures.h"
#include "vocabulary/value_range.h"

namespace parcours::ingest {

class FactRows {
 public:
  FactRows(People& people, const Reading& reading);

  Status put(const Fact& fact, const ItemPlace& at);
  // For what a reader itself finds wrong, or passes over.
  Status refuse(const ItemPlace& at, ReasonId reason) { return tally_.refuse(at, reason); }
  void leave_out(SectionId section, ReasonId leaving, std::uint64_t items = 1) {
    tally_.leave_out(section, leaving, items);
  }

  const std::vector<rows::EventRow>& events() const { return events_; }
  void clear() { events_.clear(); }
  // Hands the counts to the ledger.
  void flush() { tally_.flush(); }

 private:
  // A system as a kind's order has it.
  struct Ranked {
    const vocabulary::CodeSystem* system = nullptr;  // nullptr: not allowed
    std::size_t rank = ~std::size_t{0};
    const CodeMap* map = nullptr;    // to a system that the order has before this one
    const Ranked* mapped = nullptr;  // that system
  };
  struct Candidate {
    const Ranked* ranked = nullptr;
    std::string_view code;
  };
  struct Chosen {
    vocabulary::CodeId code = vocabulary::no_code;
    ReasonId reason = taken;
  };

  const rows::PatientRow* patient(std::string_view reference);
  const Ranked& ranked(vocabulary::KindId kind, std::string_view system);
  Chosen choose(const Fact& fact);
  Chosen code_of(vocabulary::KindId kind, const vocabulary::CodeSystem& system,
                 std::string_view code);
  Chosen judge(vocabulary::KindId kind, const vocabulary::CodeSystem& system,
               std::string_view code);

  // The fact's value in the unit of its code; taken, or why it cannot be.
  struct Valued {
    double value = records::no_value;
    ReasonId reason = taken;
  };
  Valued value_of(const Fact& fact, vocabulary::CodeId code);
  const vocabulary::Measure* measure_of(vocabulary::CodeId code);
  // A unit with what is made of its values where no measure says another thing.
  struct KnownUnit {
    vocabulary::Unit unit;
    vocabulary::Unit kept;
    vocabulary::ValueRange range;  // in `unit`
  };
  const std::optional<KnownUnit>& unit_of(std::string_view text);

  const People& people_;
  const Reading reading_;
  Tally tally_;
  std::vector<rows::EventRow> events_;
  std::string last_reference_;
  const rows::PatientRow* last_patient_ = nullptr;
  std::vector<Candidate> candidates_;                           // of the fact that is being read
  std::vector<std::unordered_map<std::string, Ranked>> ranks_;  // by kind
  // The codes that were judged: a CodeId, or the reason with `refused` set.
  std::map<std::pair<vocabulary::KindId, const vocabulary::CodeSystem*>, TextCache> codes_;
  struct {
    ReasonId no_patient, no_day, bad_day, stand_in, partial_day, no_code, no_system, bad_form,
        too_many, bad_value, no_unit, unknown_unit, bad_unit, implausible;
  } reasons_;
  std::unordered_map<vocabulary::CodeId, const vocabulary::Measure*> measures_;  // nullptr: of none
  std::unordered_map<std::string, std::optional<KnownUnit>> units_;
  const vocabulary::ValueRange without_unit_ = vocabulary::value_range_without_unit();
  PersonReasons like_code_;
  ReasonId consulted_;
};

}  // namespace parcours::ingest
