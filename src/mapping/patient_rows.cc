#include "mapping/patient_rows.h"

#include <fmt/format.h>

#include <cmath>

#include "base/no_day.h"
#include "ingest/reasons.h"

namespace parcours::mapping {
namespace {

constexpr int first_birth_year = 1850;
constexpr int last_birth_year = 2199;
constexpr double oldest = 130;

std::string_view birth_reason(Birth birth) {
  switch (birth) {
    case Birth::date:
      return "not a date of birth";
    case Birth::age:
      return "not an age from 0 to 130";
    default:
      return "not a year of birth from 1850 to 2199";
  }
}

}  // namespace

PatientRows::PatientRows(const Mapping& mapping, const ingest::Registry& registry,
                         ingest::Quarantine& quarantine)
    : mapping_(mapping),
      section_(*mapping.patients),
      reader_(mapping, registry),
      birth_date_(Calendar::dates, section_.birth_format),
      like_place_(quarantine, "a place",
                  section_.place && section_.place->column
                      ? fmt::format("column '{}'", section_.place->column->name)
                      : "the mapping"),
      of_provenance_(RowReader::ProvenanceReasons::of(section_, quarantine)) {
  const auto reason = [&](std::string_view what, const std::optional<ColumnName>& column) {
    return quarantine.reason(column ? fmt::format("{} in column '{}'", what, column->name)
                                    : std::string(what));
  };
  reasons_ = {
      .no_patient = reason("no patient", section_.patient),
      .no_practice = reason("no practice", section_.practice.column),
      .bad_birth = reason(birth_reason(section_.birth), section_.born.column),
      .stand_in = reason(ingest::birth_stand_in_reason, section_.born.column),
      .unknown_sex = reason("an unknown sex", section_.sex),
      .long_place = reason(fmt::format("a place longer than {} bytes", ingest::longest_code),
                           section_.place ? section_.place->column : std::nullopt),
      .bad_place = reason("a place that is none of its code system",
                          section_.place ? section_.place->column : std::nullopt),
      .disagrees = quarantine.reason(
          "values that differ from an earlier row of the same patient and package")};
}

ingest::ReasonId PatientRows::read(const FileRow& row) {
  patient_.reset();
  consulted_ = 0;
  if (!reader_.wanted(row, *bound_, section_)) {
    return ingest::taken;
  }
  rows::PatientRow made;
  records::Patient& patient = made.patient;
  const records::PatientId* id = reader_.patient(row.field(bound_->patient));
  const std::optional<records::Provenance> provenance = reader_.provenance(row, *bound_, section_);
  if (provenance == records::Provenance::consulted) {
    consulted_ = 1;
    return ingest::taken;
  }
  if (!provenance) {
    return reader_.no_provenance(row, *bound_, of_provenance_);
  }
  if (id == nullptr) {
    return reasons_.no_patient;
  }
  patient.id = *id;
  const ingest::Sender* sender = reader_.sender(row, *bound_, section_);
  if (sender == nullptr) {
    return reasons_.no_practice;
  }
  patient.practice = sender->practice;
  made.package = sender->package;
  if (const ingest::ReasonId reason = read_birth(row, patient); reason != ingest::taken) {
    return reason;
  }
  if (bound_->sex != no_column) {
    const std::string_view text = trimmed(row.field(bound_->sex));
    const auto sex = section_.sexes.find(text);
    if (sex == section_.sexes.end() && !reader_.missing(text)) {
      return reasons_.unknown_sex;
    }
    patient.sex = sex == section_.sexes.end() ? records::Sex::unknown : sex->second;
  }
  if (section_.place) {
    const std::string_view text =
        bound_->place == no_column ? section_.place->constant : trimmed(row.field(bound_->place));
    const Place place = place_of(text);
    if (place.reason != ingest::taken) {
      return place.reason;
    }
    patient.place = place.code;
  }
  const Said says{patient.birth_year, patient.sex, patient.place};
  const auto [earlier, fresh] = said_.try_emplace({patient.id, made.package}, says);
  if (fresh) {
    patient_ = made;
  }
  return section_.first_row_holds || earlier->second == says ? ingest::taken : reasons_.disagrees;
}

ingest::ReasonId PatientRows::read_birth(const FileRow& row, records::Patient& patient) const {
  if (section_.birth == Birth::unknown) {
    return ingest::taken;
  }
  std::string_view text =
      bound_->born == no_column ? section_.born.constant : trimmed(row.field(bound_->born));
  if (const auto entry = section_.born.map.find(text); entry != section_.born.map.end()) {
    text = entry->second;
  }
  if (section_.birth == Birth::date && stands_for_no_day(text)) {
    return reader_.missing(text) ? ingest::taken : reasons_.stand_in;
  }
  const std::optional<std::int16_t> year = birth_year_of(text);
  if (year) {
    patient.birth_year = *year;
  }
  return year || reader_.missing(text) ? ingest::taken : reasons_.bad_birth;
}

std::optional<std::int16_t> PatientRows::birth_year_of(std::string_view text) const {
  if (section_.birth == Birth::age) {
    const std::optional<double> age = ingest::read_number(text, mapping_.decimal);
    return age && *age >= 0 && *age <= oldest
               ? std::optional(static_cast<std::int16_t>(-std::floor(*age)))
               : std::nullopt;
  }
  std::optional<std::int64_t> year;
  if (section_.birth == Birth::date) {
    const std::optional<Day> day = birth_date_.read(text);
    year = day ? std::optional<std::int64_t>(year_of(*day)) : std::nullopt;
  } else {
    year = ingest::read_whole_number(text);
  }
  return year && *year >= first_birth_year && *year <= last_birth_year
             ? std::optional(static_cast<std::int16_t>(*year))
             : std::nullopt;
}

PatientRows::Place PatientRows::place_of(std::string_view text) {
  constexpr std::uint32_t refused = 1U << 31;  // above the number of every code
  if (const std::uint32_t* known = places_.find(text)) {
    return *known < refused ? Place{*known, ingest::taken}
                            : Place{vocabulary::no_code, *known - refused};
  }
  if (reader_.missing(text)) {
    return {};
  }
  const RowReader::Judged judged =
      reader_.code(std::nullopt, section_.place_system, text, section_.place->map);
  if (judged.fault == ingest::CodeFault::too_long) {
    return {vocabulary::no_code, reasons_.long_place};
  }
  const ingest::ReasonId reason = judged.fault == ingest::CodeFault::none ? ingest::taken
                                  : judged.fault == ingest::CodeFault::form
                                      ? reasons_.bad_place
                                      : like_place_[judged.like];
  places_.insert(text, reason == ingest::taken ? judged.code : reason + refused);
  return {judged.code, reason};
}

}  // namespace parcours::mapping
