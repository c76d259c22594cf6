// Acts to give to Formalities in tests: their texts, and keys to sign them.
#pragma once

#include <string>
#include <string_view>

#include "formalities/acts.h"
#include "formalities/signing_key.h"

namespace parcours::formalities {

inline constexpr std::string_view test_vault = "3f2a9c";

// The same number gives the same key.
SigningKey test_key(unsigned char number);

std::string role_act(std::string_view name, std::string_view role, const PublicKey& key,
                     std::string_view action, std::string_view vault = test_vault);
std::string practice_act(std::string_view name, const PublicKey& key, std::string_view action,
                         std::string_view vault = test_vault);
std::string status_act(std::string_view permit, std::string_view action, std::string_view why,
                       std::string_view vault = test_vault);

Act signed_act(std::string text, const SigningKey& key);

// A vault with one permit-keeper: Anne Martin, who has test_key(1).
Formalities kept_by_anne();

}  // namespace parcours::formalities
