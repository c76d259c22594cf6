// Formalities for tests: a keeper whose key is the same in every run, and permits that allow all or
// what a test asks for.
#pragma once

#include <string>

#include "base/day.h"
#include "base/error.h"
#include "formalities/acts.h"
#include "formalities/signing_key.h"
#include "vault/place.h"

namespace parcours::vault {

inline constexpr const char* test_permit = "2026-DR-014";

// The permit-keeper of the tests' vaults.
const formalities::SigningKey& test_keeper();

// A permit that covers everything for all time, in the days of a calendar. Change parts of its text
// for another.
std::string broad_permit(Calendar calendar, const std::string& reference = test_permit);

// Signs a text as the tests' keeper, and enters it.
Status enter_signed(const VaultPlace& vault, const std::string& text);

// Makes the tests' keeper the keeper of a new vault, and enters broad_permit().
Status make_formal(const VaultPlace& vault);

}  // namespace parcours::vault
