// Writes the acts that are not permits (acts.h), for a keeper to sign.
#pragma once

#include <string>
#include <string_view>

#include "formalities/acts.h"

namespace parcours {

enum class RoleAction : std::uint8_t { grant, revoke };
enum class PracticeAction : std::uint8_t { admit, suspend, leave };
enum class StatusAction : std::uint8_t { suspend, resume, withdraw };

// `vault` is the vault's number, as all three are about this vault alone.
std::string role_act(std::string_view vault, std::string_view name, Role role, const PublicKey& key,
                     RoleAction action);
// The key is only of one who is admitted.
std::string practice_act(std::string_view vault, std::string_view name, const PublicKey* key,
                         PracticeAction action);
std::string status_act(std::string_view vault, std::string_view permit, StatusAction action,
                       std::string_view why);

}  // namespace parcours
