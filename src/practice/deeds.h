// The smaller deeds of a practice: the doctor's agreement, patients' objections, keys, leaving.
//
// G1: an objection holds before the log counts it: if the program stops between the two, the
// patient
//     objects.
// G2: a key or a practice that the log says gone has no file (office.h), and it is the log that is
//     written first.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "practice/office.h"

namespace parcours::practice {

// Agrees to exactly the permit that lies in the folder.
Status agree(Office& office, const std::string& doctor);
Status withdraw_agreement(Office& office);

// How many of the patients had not objected before.
Result<std::uint64_t> object(Office& office, const std::vector<std::string>& numbers);
// How many of them had.
Result<std::uint64_t> take_back(Office& office, const std::vector<std::string>& numbers);
// One number a line; empty lines are passed over.
Result<std::vector<std::string>> numbers_in(const std::filesystem::path& file);

// A programme's key for a time to come.
Status add_key(Office& office, const std::filesystem::path& share, const std::string& label);
Status destroy_key(Office& office, const std::string& label);

// Destroys the keys and the packages that wait. The log stays, and the objections: if the practice
// takes part again, a no still counts (JoinOptions::objections).
Status leave(Office& office);

}  // namespace parcours::practice
