// A patient asks their practice what the vault holds of them: the practice asks the vault
// (post/access_request.h), and opens its sealed answer (post/letter.h).
//
// The answer has what this practice sent. What it made under a key that is destroyed nobody finds
// any more, and the answer does not have it.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"
#include "practice/office.h"

namespace parcours::practice {

// A request about the patient of this number. It is logged, without the number.
Result<std::string> ask(Office& office, std::string_view number);

// What the vault answered. Personal data. Error (Fault::rule): the vault of the card did not sign
// it.
Result<std::string> read_answer(Office& office, const std::filesystem::path& letter);

}  // namespace parcours::practice
