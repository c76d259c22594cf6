// Whether a run of the command is one that its documents allow, whatever it was given.
#pragma once

#include <string>

#include "command.h"

namespace parcours::adversary {

// A word that stands in the sample data as a patient's name, in a column that nothing should tell.
inline const std::string planted = "DUPONT-PLANTED";

// Empty, or what is wrong: ended by a signal, not ended in time, an exit code that no document
// names, more than one line of error (or none, where it failed), a planted name in what it said.
// For runs with --quiet.
std::string complaint(const Ran& ran);

}  // namespace parcours::adversary
