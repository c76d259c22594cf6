#include "synth/fhir_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "synth/practice_text.h"
#include "vocabulary/code_systems.h"

namespace parcours::synth {
namespace {

constexpr std::string_view own_address = "https://parcours.example/";

// How a kind of event is written: a resource with the members before the code, and the names of
// those around it.
struct Wording {
  std::string_view kind;
  std::string_view type;
  std::string_view begin;  // up to the system of the code
  std::string_view end;    // from the code to the patient
  std::string_view before_day;
  std::string_view close;  // after the day, or the value
};

constexpr std::array<Wording, 7> wordings = {{
    {"consultation", "Encounter",
     R"("status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},"type":[{"coding":[)",
     R"(]}],"subject")", R"(,"period":{"start":)", "}"},
    {"diagnosis", "Condition",
     R"("verificationStatus":{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/condition-ver-status","code":"confirmed"}]},"code":{"coding":[)",
     R"(]},"subject")", R"(,"recordedDate":)", ""},
    {"prescription", "MedicationRequest",
     R"("status":"completed","intent":"order","medicationCodeableConcept":{"coding":[)",
     R"(]},"subject")", R"(,"authoredOn":)", ""},
    {"lab", "Observation",
     R"("status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"laboratory"}]}],"code":{"coding":[)",
     R"(]},"subject")", R"(,"effectiveDateTime":)", ""},
    {"vital", "Observation",
     R"("status":"final","category":[{"coding":[{"system":"http://terminology.hl7.org/CodeSystem/observation-category","code":"vital-signs"}]}],"code":{"coding":[)",
     R"(]},"subject")", R"(,"effectiveDateTime":)", ""},
    {"vaccination", "Immunization", R"("status":"completed","vaccineCode":{"coding":[)",
     R"(]},"patient")", R"(,"occurrenceDateTime":)", ""},
    {"allergy", "AllergyIntolerance", R"("code":{"coding":[)", R"(]},"patient")",
     R"(,"recordedDate":)", ""},
}};

std::string postal_code_of(std::string_view department) {
  return department == "2A"   ? "20000"
         : department == "2B" ? "20200"
                              : std::string(department) + "000";
}

std::string address_of(std::string_view system) {
  const vocabulary::CodeSystem* known = vocabulary::find_code_system(system);
  return known != nullptr && !known->addresses.empty()
             ? known->addresses.front()
             : std::string(own_address) + std::string(system);
}

std::string_view gender(records::Sex sex) {
  return sex == records::Sex::female ? "female" : sex == records::Sex::male ? "male" : "unknown";
}

}  // namespace

FhirText::FhirText(const Model& model) : model_(model) {
  for (Day day = model.first; day <= model.last; day = day + 1) {
    days_.push_back(to_string(day, Calendar::dates));
  }
  for (std::size_t i = 0; i < model.codes.size(); ++i) {
    const vocabulary::Code& code = model.codes.at(static_cast<CodeNumber>(i));
    CodeText& text = codes_.emplace_back();
    const auto wording =
        std::ranges::find(wordings, vocabulary::kinds()[*code.kind], &Wording::kind);
    if (wording == wordings.end()) {
      continue;
    }
    text.type = static_cast<std::size_t>(std::ranges::find(types, wording->type) - types.begin());
    text.before = fmt::format(R"({}{{"system":"{}","code":"{}"}}{}:{{"reference":"Patient/)",
                              wording->begin, address_of(code.system), code.code, wording->end);
    text.after = fmt::format("\"}}{}\"", wording->before_day);
    text.measured = wording->type == "Observation";
    text.close = wording->close;
  }
}

void FhirText::append(const PracticePlan& plan, const Practice& practice,
                      std::string_view practice_name, std::vector<std::string>& texts) const {
  const auto patient_of = [&](std::size_t person) {
    const auto code = patient_code(model_.seed, plan.first_patient + person);
    return std::string(code.data(), code.size());
  };
  for (std::size_t i = 0; i < practice.families.people.size(); ++i) {
    const Person& person = practice.families.people[i];
    fmt::format_to(
        std::back_inserter(texts[0]),
        R"({{"resourceType":"Patient","id":"{}","gender":"{}","birthDate":"{}","address":[{{"postalCode":"{}","country":"FR"}}],"managingOrganization":{{"identifier":{{"value":"{}"}}}}}})"
        "\n",
        patient_of(i), gender(person.sex), year_of(person.born),
        postal_code_of(model_.population.places()[person.place].department), practice_name);
  }
  std::array<std::size_t, types.size()> number{};
  for (const Visit& visit : practice.visits.all()) {
    const std::string patient = patient_of(visit.person);
    const std::string& day = days_[static_cast<std::size_t>(visit.day - model_.first)];
    for (const Event& event : practice.visits.events_of(visit)) {
      const CodeText& code = codes_[event.code];
      if (code.type == types.size()) {
        continue;
      }
      std::string& text = texts[code.type];
      fmt::format_to(std::back_inserter(text), R"({{"resourceType":"{}","id":"{}-{}",{}{}{}{}")",
                     types[code.type], practice_name, ++number[code.type], code.before, patient,
                     code.after, day);
      text += code.close;
      if (code.measured) {
        text += event.has_value ? fmt::format(R"(,"valueQuantity":{{"value":{}}})",
                                              model_.measures.written(event.code, event.value))
                                : R"(,"valueBoolean":true)";
      }
      text += "}\n";
    }
  }
}

std::string FhirText::choices(std::string_view period) {
  std::string text = fmt::format(
      "# How the FHIR of this generated panel is read. No line of it is about a real person.\n"
      "period = \"{}\"\n",
      period);
  for (const std::string_view kind : {"consultation", "lab", "vital", "allergy"}) {
    text += fmt::format(
        "\n[[code_system]]\nname    = \"{0}\"\naddress = [\"{1}{0}\"]\nkinds   = [\"{0}\"]\n", kind,
        own_address);
  }
  return text;
}

}  // namespace parcours::synth
