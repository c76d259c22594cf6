#include "omop/omop.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <unordered_map>

#include "base/letters.h"
#include "ingest/cells.h"
#include "ingest/fact_intake.h"
#include "omop/cdm.h"
#include "omop/concepts.h"
#include "vocabulary/postal_code.h"

namespace parcours::omop {
namespace {

using ingest::Coding;
using ingest::Fact;
using ingest::FactRows;
using ingest::ItemPlace;
using ingest::People;
using ingest::Person;
using ingest::Reading;
using ingest::ReasonId;

// The rows of a table that names something by an id: two columns, of which the first is the id.
using NamesById = std::unordered_map<std::string, std::string>;

// "32818" of "32818.0", as programs write whole numbers of a column that misses some.
std::string_view whole(std::string_view id) {
  return id.ends_with(".0") ? id.substr(0, id.size() - 2) : id;
}

bool nothing(std::string_view id) {
  return id.empty() || id == "0";
}

records::Sex sex_of(std::string_view gender_concept_id) {
  return gender_concept_id == "8507"   ? records::Sex::male
         : gender_concept_id == "8532" ? records::Sex::female
                                       : records::Sex::unknown;
}

// Where a patient lives, as coarse as it may be.
struct Home {
  std::string system;
  std::string code;
};

// The table's state of the United States, or its French department.
Home home_of(std::string_view state, std::string_view zip, std::string_view country) {
  const std::string land = lower(country);
  const vocabulary::CodeSystem& departments = *vocabulary::find_code_system("fr-department");
  if (land == "fr" || land == "fra" || land == "france") {
    if (vocabulary::has_form(departments, state)) {
      return {"fr-department", std::string(state)};
    }
    return {"fr-department", vocabulary::department_of(zip)};
  }
  return state.size() == 2 && vocabulary::has_form(*vocabulary::find_code_system("us-state"), state)
             ? Home{"us-state", std::string(state)}
             : Home{};
}

class OmopFormat : public ingest::Format {
 public:
  explicit OmopFormat(std::unique_ptr<Tables> tables) : tables_(std::move(tables)) {}

  std::uint64_t bytes() const override {
    std::uint64_t sum = 0;
    for (const TablePart& part : tables_->parts()) {
      sum += part.bytes;
    }
    return sum;
  }
  std::vector<std::filesystem::path> files() const override { return tables_->files(); }

  Status read_people(const ingest::Reading& reading, ingest::People& people) override;
  std::unique_ptr<ingest::FactReader> reader(const ingest::Reading& reading,
                                             ingest::People& people) override;

  // The next part with events, or that is counted alone; nullptr at the end.
  const TablePart* take_part();
  void close() { closed_ = true; }

  const Tables& tables() const { return *tables_; }
  const Concepts& concepts() const { return concepts_; }

 private:
  template <class Each>
  Status for_each_row(std::string_view table, const std::vector<std::string>& columns,
                      std::size_t needed, const ingest::Reading& reading, Each each) const;

  std::unique_ptr<Tables> tables_;
  Concepts concepts_;
  std::atomic<std::size_t> next_{0};
  std::atomic<bool> closed_{false};
};

// One thread's reading of tables, some rows at a time.
class OmopReader : public ingest::FactReader {
 public:
  OmopReader(OmopFormat& format, const ingest::Reading& reading, ingest::People& people)
      : format_(format), reading_(reading), people_(people) {
    administration_ = people.ledger().leaving("an administration of a drug, not a prescription");
    no_diagnosis_ = people.ledger().leaving("a condition that is not, or not yet, a diagnosis");
    bad_value_ = reading.quarantine.reason("a value that is no number");
  }

  Result<bool> next(ingest::FactRows& rows) override {
    Result<bool> more = take(rows);
    if (!more) {
      format_.close();
    }
    return more;
  }

 private:
  static constexpr int rows_at_once = 1000;
  enum Column : std::size_t {
    person,
    day,
    concept_id,
    source_concept_id,
    source_value,
    type,
    status,
    value,
    unit_concept,
    unit_source,
    comparison
  };

  Result<bool> take(ingest::FactRows& rows);
  Status open(const TablePart& part);
  Status read(ingest::FactRows& rows);
  std::string_view id(Column column) const { return whole(table_->field(column)); }
  void add_codings(vocabulary::KindId kind);
  void add_concept(std::string_view id);
  bool has_vital_code() const;

  OmopFormat& format_;
  const ingest::Reading reading_;
  ingest::People& people_;
  std::unique_ptr<TableRows> table_;
  const EventTable* events_ = nullptr;  // of the table; none: its rows are counted alone
  vocabulary::KindId kind_ = 0;
  bool drugs_ = false;
  bool measurements_ = false;
  ingest::ItemPlace at_;
  ingest::ReasonId why_left_out_ = 0;
  std::vector<ingest::Coding> codings_;
  ingest::ReasonId administration_ = 0;
  ingest::ReasonId no_diagnosis_ = 0;
  ingest::ReasonId bad_value_ = 0;
  std::unordered_map<std::string, ingest::ReasonId> defects_;
};

template <class Each>
Status OmopFormat::for_each_row(std::string_view table, const std::vector<std::string>& columns,
                                std::size_t needed, const ingest::Reading& reading,
                                Each each) const {
  for (const TablePart& part : tables_->parts()) {
    if (part.table != table) {
      continue;
    }
    const std::uint32_t file = reading.quarantine.file(part.place);
    ASSIGN_OR_RETURN(const auto rows, tables_->open(part, columns, needed, reading));
    while (true) {
      ASSIGN_OR_RETURN(const bool more, rows->next());
      if (!more) {
        break;
      }
      RETURN_IF_ERROR(each(*rows, file));
    }
  }
  return {};
}

Status OmopFormat::read_people(const ingest::Reading& reading, ingest::People& people) {
  ASSIGN_OR_RETURN(concepts_, Concepts::read(*tables_, reading));
  std::unordered_map<std::string, Home> homes;
  RETURN_IF_ERROR(for_each_row("location", {"location_id", "state", "zip", "country_source_value"},
                               1, reading, [&](const TableRows& row, std::uint32_t) -> Status {
                                 if (row.defect().empty()) {
                                   homes.emplace(row.field(0),
                                                 home_of(row.field(1), row.field(2), row.field(3)));
                                 }
                                 return {};
                               }));
  NamesById care_sites;  // of providers
  RETURN_IF_ERROR(for_each_row("provider", {"provider_id", "care_site_id"}, 1, reading,
                               [&](const TableRows& row, std::uint32_t) -> Status {
                                 if (row.defect().empty() && !nothing(whole(row.field(1)))) {
                                   care_sites.emplace(whole(row.field(0)), whole(row.field(1)));
                                 }
                                 return {};
                               }));
  const ingest::SectionId section = people.ledger().section("person");
  const bool source_number = people.choices().patient_identifier == "person_source_value";
  return for_each_row(
      "person",
      {"person_id", "gender_concept_id", "year_of_birth", "birth_datetime", "location_id",
       "provider_id", "care_site_id", "person_source_value"},
      2, reading, [&](const TableRows& row, std::uint32_t file) -> Status {
        const ingest::ItemPlace at{section, file, row.line()};
        if (const std::string_view defect = row.defect(); !defect.empty()) {
          return people.tally().refuse(at, reading.quarantine.reason(defect));
        }
        const auto number = [&](std::size_t column) { return whole(row.field(column)); };
        ingest::Person person{.reference = number(0),
                              .number = source_number ? row.field(7) : number(0)};
        person.sex = sex_of(number(1));
        person.born = nothing(number(2)) ? row.field(3) : number(2);
        if (const auto home = homes.find(std::string(number(4))); home != homes.end()) {
          person.place_system = home->second.system;
          person.place = home->second.code;
        }
        const std::string provider(number(5));
        if (!nothing(number(6))) {
          person.practice = number(6);
        } else if (const auto site = care_sites.find(provider); site != care_sites.end()) {
          person.practice = site->second;
        } else if (!nothing(provider)) {
          person.practice = provider;
        }
        return people.add(person, at);
      });
}

std::unique_ptr<ingest::FactReader> OmopFormat::reader(const ingest::Reading& reading,
                                                       ingest::People& people) {
  return std::make_unique<OmopReader>(*this, reading, people);
}

const TablePart* OmopFormat::take_part() {
  const std::vector<TablePart>& parts = tables_->parts();
  while (!closed_) {
    const std::size_t at = next_++;
    if (at >= parts.size()) {
      return nullptr;
    }
    const std::string& table = parts[at].table;
    if (table != "person" && table != "concept" && table != "location" && table != "provider" &&
        table != "care_site" && table != "observation_period") {
      return &parts[at];
    }
  }
  return nullptr;
}

Result<bool> OmopReader::take(ingest::FactRows& rows) {
  if (!table_) {
    const TablePart* part = format_.take_part();
    if (part == nullptr) {
      return false;
    }
    RETURN_IF_ERROR(open(*part));
  }
  for (int i = 0; i < rows_at_once; ++i) {
    ASSIGN_OR_RETURN(const bool more, table_->next());
    if (!more) {
      table_.reset();
      break;
    }
    RETURN_IF_ERROR(read(rows));
  }
  return true;
}

Status OmopReader::open(const TablePart& part) {
  events_ = find_event_table(part.table);
  at_ = {people_.ledger().section(part.table), reading_.quarantine.file(part.place), 0};
  std::vector<std::string> columns;
  std::size_t needed = 0;
  if (events_ == nullptr) {
    why_left_out_ = people_.ledger().leaving(why_left_out(part.table));
  } else {
    kind_ = *vocabulary::find_kind(events_->kind);
    drugs_ = part.table == "drug_exposure";
    measurements_ = part.table == "measurement";
    for (const std::string_view column :
         {std::string_view("person_id"), events_->day, events_->concept_id,
          events_->source_concept_id, events_->source_value, events_->type_concept_id,
          events_->status_concept_id, events_->value, events_->unit_concept_id,
          events_->unit_source_value, events_->operator_concept_id}) {
      columns.emplace_back(column);
    }
    needed = events_->concept_id.empty() ? concept_id : concept_id + 1;
  }
  ASSIGN_OR_RETURN(table_, format_.tables().open(part, columns, needed, reading_));
  return {};
}

Status OmopReader::read(ingest::FactRows& rows) {
  at_.line = table_->line();
  if (events_ == nullptr) {
    rows.leave_out(at_.section, why_left_out_);
    return {};
  }
  if (const std::string_view defect = table_->defect(); !defect.empty()) {
    auto known = defects_.find(std::string(defect));
    if (known == defects_.end()) {
      known = defects_.emplace(defect, reading_.quarantine.reason(defect)).first;
    }
    return rows.refuse(at_, known->second);
  }
  if (drugs_ && is_administration(id(type))) {
    rows.leave_out(at_.section, administration_);
    return {};
  }
  if (is_no_diagnosis(id(status))) {
    rows.leave_out(at_.section, no_diagnosis_);
    return {};
  }
  ingest::Fact fact{.kind = kind_, .patient = id(person), .day = table_->field(day)};
  codings_.clear();
  if (measurements_ && is_vital_concept(id(concept_id))) {
    fact.kind = vocabulary::known_kinds().vital;
  }
  add_codings(fact.kind);
  if (measurements_ && has_vital_code()) {
    fact.kind = vocabulary::known_kinds().vital;
  }
  if (drugs_ && !codings_.empty() && codings_[0].system == "cvx") {
    fact.kind = vocabulary::known_kinds().vaccination;
  }
  fact.codings = codings_;
  if (const std::string_view number = table_->field(value); !number.empty()) {
    const std::optional<double> read = ingest::read_number(number, '.');
    if (!read) {
      return rows.refuse(at_, bad_value_);
    }
    // A bound is no value: the event has none.
    fact.value = is_bound(id(comparison)) ? records::no_value : *read;
    const auto unit = format_.concepts().find(id(unit_concept));
    fact.unit = unit && unit->system == "ucum" ? unit->code : table_->field(unit_source);
  }
  return rows.put(fact, at_);
}

// The concept that the choices prefer, if it says anything; else the other.
void OmopReader::add_codings(vocabulary::KindId kind) {
  if (!events_->always.empty()) {
    add_concept(events_->always);
    return;
  }
  const ingest::Choices& choices = people_.choices();
  const std::string& source_system = choices.omop_source_values[kind];
  if (!source_system.empty() && !table_->field(source_value).empty()) {
    codings_.push_back({source_system, table_->field(source_value)});
    return;
  }
  const bool source = choices.omop_codes == ingest::OmopCodes::source;
  add_concept(id(source ? source_concept_id : concept_id));
  if (codings_.empty()) {
    add_concept(id(source ? concept_id : source_concept_id));
  }
}

void OmopReader::add_concept(std::string_view id) {
  if (nothing(id)) {
    return;
  }
  codings_.push_back(format_.concepts().find(id).value_or(ingest::Coding{"omop", id}));
}

bool OmopReader::has_vital_code() const {
  return !codings_.empty() && codings_[0].system == "loinc" && is_vital_loinc(codings_[0].code);
}

}  // namespace

Result<std::unique_ptr<ingest::Intake>> make_intake(std::unique_ptr<Tables> tables,
                                                    ingest::Choices choices) {
  const auto has = [&](auto is) { return std::ranges::any_of(tables->parts(), is); };
  const std::string where = tables->parts().empty() ? "OMOP" : tables->parts().front().place;
  if (!has([](const TablePart& part) { return part.table == "person"; })) {
    return bad_input("there is no table 'person'", where,
                     "an OMOP database has one row a patient in it");
  }
  if (!has([](const TablePart& part) { return find_event_table(part.table) != nullptr; })) {
    return bad_input("there is no table with events", where,
                     "one of condition_occurrence, death, drug_exposure, measurement, observation, "
                     "procedure_occurrence, visit_occurrence");
  }
  // An id stands as a code where nothing says what it is the id of.
  for (std::vector<std::string>& order : choices.systems) {
    if (std::ranges::find(order, "omop") == order.end()) {
      order.emplace_back("omop");
    }
  }
  auto format = std::make_unique<OmopFormat>(std::move(tables));
  return std::make_unique<ingest::FactIntake>(std::move(format), std::move(choices));
}

}  // namespace parcours::omop
