// What the verbs answer, as text in both languages and as JSON.
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "practice/exchange.h"
#include "practice/office.h"
#include "practice/selection.h"

namespace parcours::practice {

using Json = nlohmann::ordered_json;

// What would leave and what is cut, in sentences and counts, field by field.
std::string selection_text(const Selection& selection, const formalities::Permit& permit,
                           Language language);
Json selection_json(const Selection& selection);

// A patient's own rows that would leave, for the doctor's eyes on a terminal alone. Personal data.
std::string patient_text(const Selection& selection, const records::PatientId& patient,
                         const formalities::Permit& permit, Language language);

std::string receipt_text(const Answered& answered, Language language);
Json receipt_json(const Answered& answered);

// A line a deed.
std::string log_text(const std::vector<Entry>& entries, Language language);

}  // namespace parcours::practice
