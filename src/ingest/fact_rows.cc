#include "ingest/fact_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "base/no_day.h"
#include "ingest/cells.h"
#include "ingest/entering_code.h"
#include "ingest/reasons.h"
#include "ingest/written_day.h"

namespace parcours::ingest {

FactRows::FactRows(People& people, const Reading& reading)
    : people_(people),
      reading_(reading),
      tally_(people.ledger(), reading.quarantine),
      ranks_(vocabulary::kinds().size()),
      like_code_(reading.quarantine, "a code") {
  const auto reason = [&](std::string_view text) { return reading.quarantine.reason(text); };
  reasons_ = {.no_patient = reason("a patient whom the source does not have, or who was refused"),
              .no_day = reason("no day"),
              .bad_day = reason("not a day of the years 1800 to 2199"),
              .stand_in = reason(stand_in_reason),
              .partial_day = reason("a day of which only the month or the year is known"),
              .no_code = reason("no code"),
              .no_system = reason("no code of a code system that is read for this kind"),
              .bad_form = reason(bad_form_reason),
              .too_many = reason("more different codes than any nomenclature has"),
              .bad_value = reason("a value that is no finite number"),
              .no_unit = reason("a value without the unit that its code needs"),
              .unknown_unit = reason("a unit that is not known"),
              .bad_unit = reason("a unit that the code cannot have"),
              .implausible = reason(implausible_reason)};
  consulted_ = people.ledger().leaving(only_consulted);
}

Status FactRows::put(const Fact& fact, const ItemPlace& at) {
  if (fact.provenance == records::Provenance::consulted) {
    tally_.leave_out(at.section, consulted_);
    return {};
  }
  const rows::PatientRow* who = patient(fact.patient);
  if (who == nullptr) {
    return tally_.refuse(at, reasons_.no_patient);
  }
  if (fact.day.empty()) {
    return tally_.refuse(at, reasons_.no_day);
  }
  const std::optional<WrittenDay> day = read_written_day(fact.day);
  if (day ? stands_for_no_day(day->day) && day->precision == Precision::days
          : stands_for_no_day(fact.day)) {
    return tally_.refuse(at, reasons_.stand_in);
  }
  if (!day) {
    return tally_.refuse(at, reasons_.bad_day);
  }
  if (day->precision != Precision::days) {
    return tally_.refuse(at, reasons_.partial_day);
  }
  const Chosen chosen = choose(fact);
  if (chosen.reason != taken) {
    return tally_.refuse(at, chosen.reason);
  }
  const Valued valued = value_of(fact, chosen.code);
  if (valued.reason != taken) {
    return tally_.refuse(at, valued.reason);
  }
  events_.push_back({.patient = who->patient.id,
                     .value = valued.value,
                     .practice = who->patient.practice,
                     .day = day->day,
                     .code = chosen.code,
                     .package = who->package,
                     .kind = fact.kind,
                     .provenance = static_cast<std::uint32_t>(fact.provenance)});
  tally_.take(Fate::event, at.section);
  return {};
}

const rows::PatientRow* FactRows::patient(std::string_view reference) {
  if (reference != last_reference_) {
    last_patient_ = people_.find(reference);
    last_reference_ = reference;
  }
  return last_reference_.empty() ? nullptr : last_patient_;
}

const FactRows::Ranked& FactRows::ranked(vocabulary::KindId kind, std::string_view system) {
  std::unordered_map<std::string, Ranked>& known = ranks_[kind];
  const auto found = known.find(std::string(system));
  if (found != known.end()) {
    return found->second;
  }
  Ranked made;
  if (const vocabulary::CodeSystem* called = people_.choices().system_called(system)) {
    const std::vector<std::string>& order = people_.choices().systems[kind];
    const auto at = std::ranges::find(order, called->name);
    if (at != order.end()) {
      made.system = called;
      made.rank = static_cast<std::size_t>(at - order.begin());
    }
    for (const CodeMap& map : people_.choices().maps) {
      if (map.from == called->name && std::find(order.begin(), at, map.to) != at) {
        made.map = &map;
        made.mapped = &ranked(kind, map.to);
        break;
      }
    }
  }
  return known.emplace(system, made).first->second;
}

// Of the system that comes first in the order; of several codes of it the longest, as it says most.
// A code that cannot be taken leaves its place to the next; if none can, the first says why.
FactRows::Chosen FactRows::choose(const Fact& fact) {
  candidates_.clear();
  for (const Coding& coding : fact.codings) {
    const std::string_view text = trimmed(coding.code);
    const Ranked& one = ranked(fact.kind, coding.system);
    if (text.empty()) {
      continue;
    }
    const std::string* mapped = one.map == nullptr ? nullptr : one.map->find(text);
    if (mapped != nullptr) {
      candidates_.push_back({one.mapped, *mapped});
      continue;
    }
    if (one.map != nullptr) {
      tally_.note_unmapped();
    }
    if (one.system != nullptr) {
      candidates_.push_back({&one, text});
    }
  }
  std::ranges::sort(candidates_, [](const Candidate& a, const Candidate& b) {
    if (a.ranked->rank != b.ranked->rank) {
      return a.ranked->rank < b.ranked->rank;
    }
    return a.code.size() != b.code.size() ? a.code.size() > b.code.size() : a.code < b.code;
  });
  Chosen first{vocabulary::no_code, fact.codings.empty() ? reasons_.no_code : reasons_.no_system};
  for (const Candidate& candidate : candidates_) {
    const Chosen chosen = code_of(fact.kind, *candidate.ranked->system, candidate.code);
    if (chosen.reason == taken) {
      return chosen;
    }
    if (&candidate == &candidates_.front()) {
      first = chosen;
    }
  }
  return first;
}

FactRows::Chosen FactRows::code_of(vocabulary::KindId kind, const vocabulary::CodeSystem& system,
                                   std::string_view code) {
  constexpr std::uint32_t refused = 1U << 31;  // above the number of every code
  TextCache& cache = codes_[{kind, &system}];
  if (const std::uint32_t* known = cache.find(code)) {
    return *known < refused ? Chosen{*known, taken} : Chosen{vocabulary::no_code, *known - refused};
  }
  const Chosen chosen = judge(kind, system, code);
  if (code.size() <= longest_code) {
    cache.insert(code, chosen.reason == taken ? chosen.code : chosen.reason + refused);
  }
  return chosen;
}

FactRows::Chosen FactRows::judge(vocabulary::KindId kind, const vocabulary::CodeSystem& system,
                                 std::string_view code) {
  EnteringCode entering = entering_code({kind, system.name, &system}, code,
                                        {people_.choices().not_identifiers, &people_.names()});
  if (entering.fault != CodeFault::none) {
    return {vocabulary::no_code,
            entering.fault == CodeFault::person ? like_code_[entering.like] : reasons_.bad_form};
  }
  if (reading_.registry.codes.size() > most_codes) {
    return {vocabulary::no_code, reasons_.too_many};
  }
  return {reading_.registry.codes.intern({kind, system.name, std::move(entering.text)}), taken};
}

FactRows::Valued FactRows::value_of(const Fact& fact, vocabulary::CodeId code) {
  if (!records::has_value(fact.value)) {
    return {};
  }
  if (!std::isfinite(fact.value)) {
    return {records::no_value, reasons_.bad_value};
  }
  const vocabulary::Measure* measure = measure_of(code);
  const std::string_view text = trimmed(fact.unit);
  if (text.empty()) {
    return measure != nullptr              ? Valued{records::no_value, reasons_.no_unit}
           : without_unit_.has(fact.value) ? Valued{fact.value, taken}
                                           : Valued{records::no_value, reasons_.implausible};
  }
  const std::optional<KnownUnit>& known = unit_of(text);
  if (!known) {
    return {records::no_value, reasons_.unknown_unit};
  }
  const std::optional<double> value =
      measure == nullptr ? vocabulary::converted(fact.value, known->unit, known->kept)
                         : vocabulary::measured(*measure, fact.value, known->unit);
  if (!value) {
    return {records::no_value, reasons_.bad_unit};
  }
  return !std::isfinite(*value)          ? Valued{records::no_value, reasons_.bad_value}
         : !known->range.has(fact.value) ? Valued{records::no_value, reasons_.implausible}
                                         : Valued{*value, taken};
}

const vocabulary::Measure* FactRows::measure_of(vocabulary::CodeId code) {
  const auto known = measures_.find(code);
  if (known != measures_.end()) {
    return known->second;
  }
  const vocabulary::Code& one = reading_.registry.codes.at(code);
  return measures_.emplace(code, vocabulary::find_measure(one.system, one.code)).first->second;
}

const std::optional<FactRows::KnownUnit>& FactRows::unit_of(std::string_view text) {
  constexpr std::size_t most_units = 10'000;  // more are no units, and are not worth keeping
  if (units_.size() > most_units) {
    units_.clear();
  }
  const auto [known, fresh] = units_.try_emplace(std::string(text));
  if (fresh) {
    if (const std::optional<vocabulary::Unit> unit = vocabulary::parse_unit(text)) {
      known->second =
          KnownUnit{*unit, vocabulary::canonical_unit(*unit), vocabulary::value_range(*unit)};
    }
  }
  return known->second;
}

}  // namespace parcours::ingest
