#include "formalities/act_draft.h"

#include <fmt/format.h>

#include <array>

#include "base/toml.h"

namespace parcours {
namespace {

constexpr std::array drafted_role_actions = {"grant", "revoke"};
constexpr std::array drafted_practice_actions = {"admit", "suspend", "leave"};
constexpr std::array drafted_status_actions = {"suspend", "resume", "withdraw"};

}  // namespace

std::string role_act(std::string_view vault, std::string_view name, Role role, const PublicKey& key,
                     RoleAction action) {
  return fmt::format("[role]\nname   = {}\nrole   = {}\nkey    = {}\naction = {}\nvault  = {}\n",
                     toml_text(name), toml_text(to_string(role)), toml_text(to_string(key)),
                     toml_text(drafted_role_actions[static_cast<std::size_t>(action)]),
                     toml_text(vault));
}

std::string practice_act(std::string_view vault, std::string_view name, const PublicKey* key,
                         PracticeAction action) {
  const std::string line =
      key == nullptr ? std::string() : fmt::format("key    = {}\n", toml_text(to_string(*key)));
  return fmt::format("[practice]\nname   = {}\n{}action = {}\nvault  = {}\n", toml_text(name), line,
                     toml_text(drafted_practice_actions[static_cast<std::size_t>(action)]),
                     toml_text(vault));
}

std::string status_act(std::string_view vault, std::string_view permit, StatusAction action,
                       std::string_view why) {
  return fmt::format("[status]\npermit = {}\naction = {}\nwhy    = {}\nvault  = {}\n",
                     toml_text(permit),
                     toml_text(drafted_status_actions[static_cast<std::size_t>(action)]),
                     toml_text(why), toml_text(vault));
}

}  // namespace parcours
