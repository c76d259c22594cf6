// A number with its noun: "1 patient", "2 patients". In French 0 and 1 are singular.
#pragma once

#include <cstdint>

#include "base/text.h"

namespace parcours::practice {

enum class Noun : std::uint8_t { event, patient, row, objection, package };

Text counted(std::uint64_t number, Noun noun);

}  // namespace parcours::practice
