#include "fhir/patient.h"

#include <algorithm>
#include <array>

#include "base/letters.h"
#include "fhir/reference.h"
#include "ingest/national_identity.h"
#include "vocabulary/code_systems.h"
#include "vocabulary/postal_code.h"

namespace parcours::fhir {
namespace {

constexpr std::string_view insurance_root = "1.2.250.1.213.1.4.";  // of the French INS numbers

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> words) {
  const std::string small = lower(text);
  return std::ranges::find(words, small) != words.end();
}

// Whether the Patient is by a French profile or has a French health number: then an address without
// a country is taken for a French one.
bool is_french(const JsonObject& patient) {
  bool french = false;
  each_object(patient, "identifier", [&](const JsonObject& identifier) {
    french =
        french ||
        vocabulary::without_oid_prefix(text_in(identifier, "system")).starts_with(insurance_root);
  });
  if (const auto meta = object_in(patient, "meta")) {
    if (const auto profiles = array_in(*meta, "profile")) {
      for (const Json profile : *profiles) {
        const std::string_view address = as_text(profile);
        french = french || address.find("interopsante.org") != std::string_view::npos ||
                 address.find("hl7.fr") != std::string_view::npos ||
                 address.find("esante.gouv.fr") != std::string_view::npos;
      }
    }
  }
  return french;
}

// The address to take: the home's, else the first that is neither old, temporary nor for bills.
std::optional<JsonObject> address_of(const JsonObject& patient) {
  std::optional<JsonObject> chosen;
  bool home = false;
  each_object(patient, "address", [&](const JsonObject& address) {
    const std::string_view use = text_in(address, "use");
    if (use == "old" || use == "temp" || use == "billing" || home) {
      return;
    }
    home = use == "home";
    if (home || !chosen) {
      chosen = address;
    }
  });
  return chosen;
}

void read_place(const JsonObject& patient, ReadPatient& to) {
  const auto address = address_of(patient);
  if (!address) {
    return;
  }
  const std::string_view country = text_in(*address, "country");
  const std::string_view state = text_in(*address, "state");
  if (is_one_of(country, {"us", "usa", "united states", "united states of america"})) {
    if (state.size() == 2 && is_capital(state[0]) && is_capital(state[1])) {
      to.place = state;
      to.person.place_system = "us-state";
    }
  } else if (is_one_of(country, {"fr", "fra", "france"}) ||
             (country.empty() && is_french(patient))) {
    to.place = vocabulary::department_of(text_in(*address, "postalCode"));
    to.person.place_system = "fr-department";
  }
  to.person.place = to.place;
}

std::string_view practice_named(const JsonObject& reference) {
  const Reference named = read_reference(text_in(reference, "reference"));
  if (named.form != Reference::Form::none && named.form != Reference::Form::contained) {
    return named.path;
  }
  const auto identifier = object_in(reference, "identifier");
  return identifier ? text_in(*identifier, "value") : std::string_view();
}

std::string_view practice_of(const JsonObject& patient) {
  if (const auto organization = object_in(patient, "managingOrganization")) {
    if (const std::string_view name = practice_named(*organization); !name.empty()) {
      return name;
    }
  }
  std::string_view first;
  each_object(patient, "generalPractitioner", [&](const JsonObject& reference) {
    if (first.empty()) {
      first = practice_named(reference);
    }
  });
  return first;
}

// Calls take(system, value) for every number that is not an old one.
template <class Take>
void each_number(const JsonObject& patient, Take take) {
  each_object(patient, "identifier", [&](const JsonObject& identifier) {
    const std::string_view value = trimmed(text_in(identifier, "value"));
    if (text_in(identifier, "use") != "old" && !value.empty()) {
      take(text_in(identifier, "system"), value);
    }
  });
}

// The INS, else the resource's id.
void read_national_number(const JsonObject& patient, ReadPatient& to) {
  ingest::NationalIdentity ins;
  each_number(patient,
              [&](std::string_view system, std::string_view value) { ins.note(system, value); });
  to.number = ins.number().empty() ? std::string(text_in(patient, "id")) : ins.number();
  to.defect = ins.several() ? PatientDefect::several_national_numbers : to.defect;
}

void read_number_of(const JsonObject& patient, std::string_view chosen, ReadPatient& to) {
  const std::string wanted = lower(vocabulary::without_oid_prefix(chosen));
  each_number(patient, [&](std::string_view system, std::string_view value) {
    if (lower(vocabulary::without_oid_prefix(system)) != wanted) {
      return;
    }
    const std::string number = ingest::NationalIdentity::is_root(system)
                                   ? ingest::NationalIdentity::canonical(system, value)
                                   : std::string(value);
    if (!to.number.empty() && !number.empty() && number != to.number) {
      to.defect = PatientDefect::several_numbers;
    }
    to.number = number.empty() ? to.number : number;
  });
}

void read_number(const JsonObject& patient, std::string_view chosen, ReadPatient& to) {
  if (chosen.empty()) {
    read_national_number(patient, to);
  } else if (chosen == "id") {
    to.number = text_in(patient, "id");
  } else {
    read_number_of(patient, chosen, to);
  }
  to.person.number = to.number;
}

}  // namespace

void each_name(const JsonObject& patient, const std::function<void(std::string_view)>& take) {
  const auto of_name = [&](const JsonObject& name) {
    for (const std::string_view part : {text_in(name, "family"), text_in(name, "text")}) {
      if (!part.empty()) {
        take(part);
      }
    }
    if (const auto given = array_in(name, "given")) {
      for (const Json one : *given) {
        take(as_text(one));
      }
    }
  };
  each_object(patient, "name", of_name);
  each_object(patient, "contact", [&](const JsonObject& contact) {
    if (const auto name = object_in(contact, "name")) {
      of_name(*name);
    }
  });
}

void read_patient(const JsonObject& patient, const ingest::Choices& choices, ReadPatient& to) {
  to = {};
  each_object(patient, "link", [&](const JsonObject& link) {
    if (text_in(link, "type") == "replaced-by") {
      to.defect = PatientDefect::replaced;
    }
  });
  read_number(patient, choices.patient_identifier, to);
  to.person.practice = practice_of(patient);
  to.person.born = text_in(patient, "birthDate");
  const std::string_view gender = text_in(patient, "gender");
  to.person.sex = gender == "female" ? records::Sex::female
                  : gender == "male" ? records::Sex::male
                                     : records::Sex::unknown;
  read_place(patient, to);
}

}  // namespace parcours::fhir
