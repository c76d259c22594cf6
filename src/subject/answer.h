// The answer to a patient who asks what a vault holds of them, as a text in French or English.
// Personal data.
//
// It says what article 15 of the GDPR asks for: the records, where they come from, what they serve,
// who gets what of them, how long they are kept, and what the patient can do.
#pragma once

#include <string>

#include "subject/held.h"
#include "vocabulary/vocabulary.h"

namespace parcours::subject {

std::string answer_text(const Held& held, const vocabulary::Vocabulary& names, bool french);

}  // namespace parcours::subject
