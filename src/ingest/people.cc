#include "ingest/people.h"

#include <fmt/format.h>

#include <tuple>

#include "base/int128.h"
#include "base/no_day.h"
#include "ingest/cells.h"
#include "ingest/entering_code.h"
#include "ingest/reasons.h"
#include "ingest/written_day.h"

namespace parcours::ingest {
namespace {

// Of a reference by which two persons are called.
constexpr std::uint32_t nobody = ~std::uint32_t{0};

constexpr int first_birth_year = 1850;

}  // namespace

People::People(const Reading& reading, const Choices& choices, Ledger& ledger)
    : reading_(reading),
      choices_(choices),
      ledger_(ledger),
      tally_(ledger, reading.quarantine),
      pseudonyms_(records::pseudonym_hash(reading.registry.key)),
      reasons_{.no_number = reading.quarantine.reason("a patient without a number"),
               .bad_birth = reading.quarantine.reason("not a day of birth from 1850 to 2199"),
               .stand_in = reading.quarantine.reason(birth_stand_in_reason),
               .bad_place = reading.quarantine.reason("a place that is none of its code system"),
               .disagrees = reading.quarantine.reason(
                   "values that differ from an earlier record of the same patient")},
      like_place_(reading.quarantine, "a place"),
      said_again_(ledger.leaving("a patient who was read before, said again")) {}

records::PatientId People::key_of(std::string_view reference) const {
  const Uint128 hash = references_(reference);
  return {static_cast<std::uint64_t>(hash >> 64), static_cast<std::uint64_t>(hash)};
}

// A source that names no practice is one.
std::string_view People::practice_of(const Person& person) const {
  if (!choices_.practice.empty()) {
    return choices_.practice;
  }
  return person.practice.empty() ? std::string_view("source") : person.practice;
}

const Sender& People::sender(std::string_view name) {
  const auto known = senders_.find(std::string(name));
  if (known != senders_.end()) {
    return known->second;
  }
  return senders_.emplace(name, reading_.registry.sender(name)).first->second;
}

Status People::add(const Person& person, const ItemPlace& at) {
  const std::string_view number = trimmed(person.number);
  if (number.empty() || person.reference.empty()) {
    return tally_.refuse(at, reasons_.no_number);
  }
  rows::PatientRow made;
  records::Patient& patient = made.patient;
  patient.id = records::pseudonym(pseudonyms_, number);
  if (reading_.registry.met) {
    reading_.registry.met(number, patient.id);
  }
  patient.sex = person.sex;
  std::optional<Day> birthday;
  if (!person.born.empty()) {
    if (stands_for_no_day(person.born)) {
      return tally_.refuse(at, reasons_.stand_in);
    }
    const std::optional<WrittenDay> born = read_written_day(person.born);
    if (!born || year_of(born->day) < first_birth_year) {
      return tally_.refuse(at, reasons_.bad_birth);
    }
    patient.birth_year = static_cast<std::int16_t>(year_of(born->day));
    if (born->precision == Precision::days) {
      birthday = born->day;
    }
  }
  if (!person.place.empty()) {
    const vocabulary::CodeSystem* system = choices_.system_called(person.place_system);
    const std::string_view place = trimmed(person.place);
    if (system == nullptr || !system->kinds.empty()) {
      return tally_.refuse(at, reasons_.bad_place);
    }
    EnteringCode entering = entering_code({std::nullopt, system->name, system}, place,
                                          {choices_.not_identifiers, &names_});
    if (entering.fault != CodeFault::none) {
      return tally_.refuse(at, entering.fault == CodeFault::person ? like_place_[entering.like]
                                                                   : reasons_.bad_place);
    }
    patient.place =
        reading_.registry.codes.intern({std::nullopt, system->name, std::move(entering.text)});
  }
  const Sender& from = sender(practice_of(person));  // of who is good alone, as a vault lists them
  patient.practice = from.practice;
  made.package = from.package;
  const auto next = static_cast<std::uint32_t>(rows_.size());
  const auto [row, fresh] = by_package_.try_emplace({patient.id, made.package}, next);
  const auto [reference, fresh_reference] =
      by_reference_.try_emplace(key_of(person.reference), row->second);
  if (!fresh_reference && reference->second != row->second) {
    // Nobody's facts may go to the wrong one.
    reference->second = nobody;
    if (fresh) {
      by_package_.erase(row);
    }
    return tally_.refuse(at, reasons_.disagrees);
  }
  if (fresh) {
    rows_.push_back(made);
    birthdays_.push_back(birthday);
    tally_.take(Fate::patient, at.section);
    return {};
  }
  if (!same_person(row->second, patient, birthday)) {
    reference->second = nobody;
    return tally_.refuse(at, reasons_.disagrees);
  }
  tally_.leave_out(at.section, said_again_);
  return {};
}

// What is said twice of a person must be the same, their day of birth too where both say it.
bool People::same_person(std::uint32_t row, const records::Patient& patient,
                         const std::optional<Day>& birthday) const {
  const records::Patient& known = rows_[row].patient;
  const std::optional<Day>& born = birthdays_[row];
  return known.birth_year == patient.birth_year && known.sex == patient.sex &&
         known.place == patient.place && (!born || !birthday || *born == *birthday);
}

const rows::PatientRow* People::find(std::string_view reference) const {
  const auto found = by_reference_.find(key_of(reference));
  return found == by_reference_.end() || found->second == nobody ? nullptr : &rows_[found->second];
}

}  // namespace parcours::ingest
