#include "fhir/facts.h"

#include <algorithm>
#include <array>

#include "ingest/cells.h"
#include "vocabulary/code_systems.h"
#include "vocabulary/snomed_meaning.h"

namespace parcours::fhir {
namespace {

using ingest::Coding;

enum class Realised : std::uint8_t { happened, error, not_done, not_final, unknown };

struct NamedStatus {
  Use use;
  std::string_view name;
  Realised means;
};

// Every status that R4 gives these resources.
constexpr auto statuses = std::to_array<NamedStatus>({
    {Use::encounter, "planned", Realised::not_done},
    {Use::encounter, "arrived", Realised::happened},
    {Use::encounter, "triaged", Realised::happened},
    {Use::encounter, "in-progress", Realised::happened},
    {Use::encounter, "onleave", Realised::happened},
    {Use::encounter, "finished", Realised::happened},
    {Use::encounter, "cancelled", Realised::not_done},
    {Use::encounter, "entered-in-error", Realised::error},
    {Use::encounter, "unknown", Realised::unknown},
    {Use::observation, "registered", Realised::not_final},
    {Use::observation, "preliminary", Realised::not_final},
    {Use::observation, "final", Realised::happened},
    {Use::observation, "amended", Realised::happened},
    {Use::observation, "corrected", Realised::happened},
    {Use::observation, "cancelled", Realised::not_done},
    {Use::observation, "entered-in-error", Realised::error},
    {Use::observation, "unknown", Realised::unknown},
    // A prescription that was stopped was made.
    {Use::prescription, "active", Realised::happened},
    {Use::prescription, "on-hold", Realised::happened},
    {Use::prescription, "cancelled", Realised::not_done},
    {Use::prescription, "completed", Realised::happened},
    {Use::prescription, "entered-in-error", Realised::error},
    {Use::prescription, "stopped", Realised::happened},
    {Use::prescription, "draft", Realised::not_done},
    {Use::prescription, "unknown", Realised::unknown},
    {Use::immunization, "completed", Realised::happened},
    {Use::immunization, "entered-in-error", Realised::error},
    {Use::immunization, "not-done", Realised::not_done},
    {Use::procedure, "preparation", Realised::not_done},
    {Use::procedure, "in-progress", Realised::happened},
    {Use::procedure, "not-done", Realised::not_done},
    {Use::procedure, "on-hold", Realised::not_done},
    {Use::procedure, "stopped", Realised::not_done},
    {Use::procedure, "completed", Realised::happened},
    {Use::procedure, "entered-in-error", Realised::error},
    {Use::procedure, "unknown", Realised::unknown},
});

// What versions before R4 called what was not done.
constexpr std::array<std::string_view, 6> not_done_names = {
    "notDone", "notGiven", "notPerformed", "notTaken", "wasNotGiven", "wasNotTaken",
};

bool says_not_done(const JsonObject& resource) {
  for (const auto& [key, value] : resource) {
    if (std::ranges::find(not_done_names, key) != not_done_names.end() && is_true(value)) {
      return true;
    }
  }
  return false;
}

constexpr std::string_view ucum = "http://unitsofmeasure.org";

vocabulary::KindId kind_of(Use use) {
  switch (use) {
    case Use::encounter:
      return vocabulary::known_kinds().consultation;
    case Use::condition:
      return vocabulary::known_kinds().diagnosis;
    case Use::prescription:
      return vocabulary::known_kinds().prescription;
    case Use::immunization:
      return vocabulary::known_kinds().vaccination;
    case Use::allergy:
      return vocabulary::known_kinds().allergy;
    default:
      return vocabulary::known_kinds().procedure;
  }
}

bool is_snomed(std::string_view system) {
  const vocabulary::CodeSystem* called = vocabulary::code_system_called(system);
  return called != nullptr && called->name == "snomed";
}

// Whether SNOMED CT says so in one of the codings, in place of HL7's code.
bool has_meaning(const JsonObject& concept_, vocabulary::SnomedMeaning meaning) {
  bool found = false;
  each_object(concept_, "coding", [&](const JsonObject& coding) {
    found = found || vocabulary::snomed_meaning(text_in(coding, "code")) == meaning;
  });
  return found;
}

bool has_code(const JsonObject& concept_, std::string_view code) {
  bool found = false;
  each_object(concept_, "coding",
              [&](const JsonObject& coding) { found = found || text_in(coding, "code") == code; });
  return found;
}

// Whether one of the categories, an array of CodeableConcepts, has the code.
bool has_category(const JsonObject& resource, std::string_view code) {
  bool found = false;
  each_object(resource, "category",
              [&](const JsonObject& category) { found = found || has_code(category, code); });
  return found;
}

// The member that holds the value of an Observation or a component, whatever its type.
std::optional<std::pair<std::string_view, Json>> value_in(const JsonObject& object) {
  for (const auto& [key, value] : object) {
    if (key.starts_with("value")) {
      return std::pair(key, value);
    }
  }
  return std::nullopt;
}

}  // namespace

Facts::Facts(const Directory& directory, const ingest::Choices& choices,
             const ingest::Reading& reading, ingest::Ledger& ledger, ingest::FactRows& rows)
    : directory_(directory), choices_(choices), rows_(rows) {
  const auto reason = [&](std::string_view text) { return reading.quarantine.reason(text); };
  refusals_ = {.modifier = reason("a modifier extension, which may change what the resource means"),
               .rules = reason("implicit rules, which may change what the resource means"),
               .no_status = reason("no status"),
               .bad_status = reason("a status that FHIR R4 does not have"),
               .bad_verification = reason("a verification status that FHIR R4 does not have"),
               .logical = reason("a patient named by an identifier alone, not by a reference"),
               .contained = reason("a patient inside the resource itself"),
               .no_subject = reason("no patient, or a reference that is none"),
               .search = reason("a patient named by a search"),
               .bad_number = reason("a value that is not a number"),
               .no_drug = reason("a drug that the source does not have, or that has no code"),
               .day_form = reason("a day that is not written as FHIR does")};
  const auto leaving = [&](std::string_view text) { return ledger.leaving(text); };
  leavings_ = {
      .error = leaving("entered in error"),
      .not_done = leaving("planned, cancelled or not done"),
      .not_final = leaving("a result that is not final"),
      .unknown = leaving("a status that is unknown"),
      .refuted = leaving("refuted"),
      .unconfirmed = leaving("not confirmed"),
      .says_none = leaving("a code that says that there is none"),
      .not_patient = leaving("about something else than a patient"),
      .focus = leaving("about somebody or something else than the patient (focus)"),
      .other_category = leaving("an observation that is neither a laboratory's nor a vital sign"),
      .concern = leaving("a concern, which is no diagnosis"),
      .absent = leaving("a value that is absent for a reason"),
      .no_value = leaving("an observation without a value of its own"),
      .not_an_order = leaving("a proposal, a plan or a copy of an order, which is no prescription"),
      .reported = leaving("a prescription that is only reported"),
      .forbidden = leaving("an order not to do it")};
}

Status Facts::end(const Verdict& verdict, const ingest::ItemPlace& at) {
  if (verdict.fate == Verdict::Fate::refuse) {
    return rows_.refuse(at, verdict.why);
  }
  rows_.leave_out(at.section, verdict.why);
  return {};
}

Status Facts::put(const JsonObject& resource, Use use, const ingest::ItemPlace& at,
                  Modifiers modifiers) {
  codings_.clear();
  fact_ = {};
  const Verdict verdict = judge(resource, use, modifiers);
  if (use == Use::observation) {
    return put_observation(resource, verdict, at);
  }
  if (!verdict.reads()) {
    return end(verdict, at);
  }
  fact_.kind = kind_of(use);
  fact_.day = day_of(resource, use);
  if (!is_fhir_day(fact_.day)) {
    return end(refuse(refusals_.day_form), at);
  }
  fact_.codings = codings_;
  return rows_.put(fact_, at);
}

// The order of the questions is part of what is promised: the first answer counts.
Facts::Verdict Facts::judge(const JsonObject& resource, Use use, Modifiers modifiers) {
  if (modifiers == Modifiers::there ||
      (modifiers == Modifiers::look && has_member_within(resource, "modifierExtension"))) {
    return refuse(refusals_.modifier);
  }
  if (member(resource, "implicitRules")) {
    return refuse(refusals_.rules);
  }
  Verdict verdict = use == Use::condition || use == Use::allergy ? judge_verification(resource)
                                                                 : judge_status(resource, use);
  if (verdict.reads() && use == Use::prescription) {
    verdict = judge_prescription(resource);
  }
  if (verdict.reads()) {
    verdict = judge_category(resource, use);
  }
  if (verdict.reads()) {
    verdict = judge_subject(resource, use);
  }
  if (verdict.reads()) {
    verdict = judge_codes(resource, use);
  }
  return verdict;
}

Facts::Verdict Facts::judge_status(const JsonObject& resource, Use use) const {
  const std::string_view status = text_in(resource, "status");
  if (status.empty()) {
    return refuse(refusals_.no_status);
  }
  for (const NamedStatus& known : statuses) {
    if (known.use == use && known.name == status) {
      switch (known.means) {
        case Realised::happened:
          return use != Use::observation && says_not_done(resource) ? leave_out(leavings_.not_done)
                                                                    : Verdict();
        case Realised::error:
          return leave_out(leavings_.error);
        case Realised::not_done:
          return leave_out(leavings_.not_done);
        case Realised::not_final:
          return leave_out(leavings_.not_final);
        case Realised::unknown:
          return leave_out(leavings_.unknown);
      }
    }
  }
  return refuse(refusals_.bad_status);
}

Facts::Verdict Facts::judge_verification(const JsonObject& resource) const {
  if (!member(resource, "verificationStatus")) {
    return {};
  }
  const auto status = object_in(resource, "verificationStatus");
  const auto has = [&](std::string_view code, vocabulary::SnomedMeaning meaning) {
    return status && (has_code(*status, code) || has_meaning(*status, meaning));
  };
  if (has("entered-in-error", vocabulary::SnomedMeaning::error)) {
    return leave_out(leavings_.error);
  }
  if (has("refuted", vocabulary::SnomedMeaning::absent)) {
    return leave_out(leavings_.refuted);
  }
  if (has("unconfirmed", vocabulary::SnomedMeaning::unsure) ||
      has("provisional", vocabulary::SnomedMeaning::unsure) ||
      has("differential", vocabulary::SnomedMeaning::unsure)) {
    return leave_out(leavings_.unconfirmed);
  }
  return has("confirmed", vocabulary::SnomedMeaning::sure) ? Verdict()
                                                           : refuse(refusals_.bad_verification);
}

Facts::Verdict Facts::judge_prescription(const JsonObject& resource) const {
  if (is_true(resource, "doNotPerform")) {
    return leave_out(leavings_.forbidden);
  }
  const std::string_view intent = text_in(resource, "intent");
  if (intent != "order" && intent != "original-order" && intent != "reflex-order") {
    return leave_out(leavings_.not_an_order);
  }
  if (is_true(resource, "reportedBoolean") || member(resource, "reportedReference")) {
    return leave_out(leavings_.reported);
  }
  return {};
}

Facts::Verdict Facts::judge_category(const JsonObject& resource, Use use) {
  if (use == Use::condition && has_category(resource, "health-concern") &&
      !has_category(resource, "problem-list-item") &&
      !has_category(resource, "encounter-diagnosis")) {
    return leave_out(leavings_.concern);
  }
  if (use == Use::observation) {
    if (member(resource, "focus")) {
      return leave_out(leavings_.focus);
    }
    const bool vital = has_category(resource, "vital-signs");
    if (!vital && !has_category(resource, "laboratory")) {
      return leave_out(leavings_.other_category);
    }
    fact_.kind = vital ? vocabulary::known_kinds().vital : vocabulary::known_kinds().lab;
  }
  return {};
}

Facts::Verdict Facts::judge_subject(const JsonObject& resource, Use use) {
  const auto subject =
      object_in(resource, use == Use::immunization || use == Use::allergy ? "patient" : "subject");
  if (!subject) {
    return refuse(refusals_.no_subject);
  }
  const std::string_view text = text_in(*subject, "reference");
  if (text.empty() && object_in(*subject, "identifier")) {
    return refuse(refusals_.logical);
  }
  const Reference reference = read_reference(text);
  switch (reference.form) {
    case Reference::Form::none:
      return refuse(refusals_.no_subject);
    case Reference::Form::contained:
      return refuse(refusals_.contained);
    case Reference::Form::search:
      return refuse(refusals_.search);
    default:
      break;
  }
  if (!reference.type().empty() && reference.type() != "Patient") {
    return leave_out(leavings_.not_patient);
  }
  fact_.patient = directory_.name(reference);
  return {};
}

// The drug of a prescription: by code, inside the resource, or a resource of its own.
Facts::Verdict Facts::read_drug(const JsonObject& resource) {
  add_codings_in(resource, "medicationCodeableConcept", codings_);
  const auto pointer = object_in(resource, "medicationReference");
  if (!pointer) {
    return {};
  }
  const Reference reference = read_reference(text_in(*pointer, "reference"));
  if (reference.form == Reference::Form::contained) {
    each_object(resource, "contained", [&](const JsonObject& inner) {
      if (text_in(inner, "resourceType") == "Medication" &&
          text_in(inner, "id") == reference.path &&
          text_in(inner, "status") != "entered-in-error") {
        add_codings_in(inner, "code", codings_);
      }
    });
  } else if (const Codings* known = directory_.drug(directory_.name(reference))) {
    codings_.insert(codings_.end(), known->begin(), known->end());
  }
  return codings_.empty() ? refuse(refusals_.no_drug) : Verdict();
}

Facts::Verdict Facts::judge_codes(const JsonObject& resource, Use use) {
  if (use == Use::prescription) {
    return read_drug(resource);
  }
  if (use == Use::encounter) {
    each_object(resource, "type", [&](const JsonObject& type) { add_codings(type, codings_); });
    if (const auto klass = object_in(resource, "class")) {
      codings_.push_back({text_in(*klass, "system"), text_in(*klass, "code")});
    }
    return {};
  }
  if (use == Use::observation) {
    return {};
  }
  add_codings_in(resource, use == Use::immunization ? "vaccineCode" : "code", codings_);
  const auto says_none = [](const ingest::Coding& coding) {
    return vocabulary::snomed_meaning(coding.code) == vocabulary::SnomedMeaning::none &&
           is_snomed(coding.system);
  };
  if ((use == Use::condition || use == Use::allergy) && std::ranges::any_of(codings_, says_none)) {
    return leave_out(leavings_.says_none);
  }
  return {};
}

std::string_view Facts::written_day(const JsonObject& resource, std::string_view date,
                                    std::string_view period) const {
  if (const std::string_view day = text_in(resource, date); !day.empty()) {
    return day;
  }
  const auto from = object_in(resource, period);
  return from ? text_in(*from, "start") : std::string_view();
}

std::string_view Facts::day_of(const JsonObject& resource, Use use) const {
  switch (use) {
    case Use::encounter:
      return written_day(resource, "", "period");
    case Use::observation: {
      const std::string_view day = written_day(resource, "effectiveDateTime", "effectivePeriod");
      return day.empty() ? text_in(resource, "effectiveInstant") : day;
    }
    case Use::prescription:
      return text_in(resource, "authoredOn");
    case Use::immunization:
      return text_in(resource, "occurrenceDateTime");
    case Use::procedure:
      return written_day(resource, "performedDateTime", "performedPeriod");
    default:
      break;
  }
  for (const ingest::DiagnosisDay which : choices_.diagnosis_day) {
    const std::string_view day = which == ingest::DiagnosisDay::onset
                                     ? written_day(resource, "onsetDateTime", "onsetPeriod")
                                     : text_in(resource, "recordedDate");
    if (!day.empty()) {
      return day;
    }
  }
  return {};
}

// Of an Observation or a component, into fact_. A value that is no number ("positive", "< 5") is an
// event without one: the test was done.
Facts::Verdict Facts::read_value(const JsonObject& from) {
  fact_.value = records::no_value;
  fact_.unit = {};
  if (member(from, "dataAbsentReason")) {
    return leave_out(leavings_.absent);
  }
  const auto value = value_in(from);
  if (!value) {
    return leave_out(leavings_.no_value);
  }
  const auto& [name, json] = *value;
  double number = 0;
  if (name == "valueInteger") {
    if (json.get(number) != simdjson::SUCCESS) {
      return refuse(refusals_.bad_number);
    }
    fact_.value = number;
  } else if (name == "valueQuantity") {
    const auto quantity = as_object(json);
    const auto amount = quantity ? member(*quantity, "value") : std::nullopt;
    if (!amount) {
      return leave_out(leavings_.no_value);
    }
    if (amount->get(number) != simdjson::SUCCESS) {
      return refuse(refusals_.bad_number);
    }
    if (member(*quantity, "comparator")) {
      return {};
    }
    fact_.value = number;
    const std::string_view code = text_in(*quantity, "code");
    fact_.unit =
        !code.empty() && text_in(*quantity, "system") == ucum ? code : text_in(*quantity, "unit");
  }
  return {};
}

Status Facts::put_observation(const JsonObject& resource, const Verdict& verdict,
                              const ingest::ItemPlace& at) {
  const auto put_item = [&](const JsonObject& item) -> Status {
    if (!verdict.reads()) {
      return end(verdict, at);
    }
    if (const Verdict value = read_value(item); !value.reads()) {
      return end(value, at);
    }
    if (!is_fhir_day(fact_.day)) {
      return end(refuse(refusals_.day_form), at);
    }
    codings_.clear();
    add_codings_in(item, "code", codings_);
    fact_.codings = codings_;
    return rows_.put(fact_, at);
  };
  if (verdict.reads()) {
    fact_.day = day_of(resource, Use::observation);
  }
  Status status;
  bool had_component = false;
  each_object(resource, "component", [&](const JsonObject& component) {
    if (status && member(component, "code")) {
      had_component = true;
      status = put_item(component);
    }
  });
  RETURN_IF_ERROR(status);
  return !had_component || value_in(resource) ? put_item(resource) : Status();
}

}  // namespace parcours::fhir
