#include "formalities/testing/signed_acts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/check.h"

namespace parcours::formalities {

SigningKey test_key(unsigned char number) {
  records::Secret seed(32);
  std::ranges::fill(seed.bytes(), number);
  return SigningKey::of_seed(seed);
}

std::string role_act(std::string_view name, std::string_view role, const PublicKey& key,
                     std::string_view action, std::string_view vault) {
  return fmt::format(
      "[role]\nname = \"{}\"\nrole = \"{}\"\nkey = \"{}\"\naction = \"{}\"\nvault = \"{}\"\n", name,
      role, to_string(key), action, vault);
}

std::string practice_act(std::string_view name, const PublicKey& key, std::string_view action,
                         std::string_view vault) {
  return fmt::format("[practice]\nname = \"{}\"\nkey = \"{}\"\naction = \"{}\"\nvault = \"{}\"\n",
                     name, to_string(key), action, vault);
}

std::string status_act(std::string_view permit, std::string_view action, std::string_view why,
                       std::string_view vault) {
  return fmt::format("[status]\npermit = \"{}\"\naction = \"{}\"\nwhy = \"{}\"\nvault = \"{}\"\n",
                     permit, action, why, vault);
}

Act signed_act(std::string text, const SigningKey& key) {
  std::string signature = key.sign(text, act_signature);
  return {std::move(text), std::move(signature), "2026-11-23T20:18:00Z"};
}

Formalities kept_by_anne() {
  Formalities formalities{std::string(test_vault)};
  const SigningKey anne = test_key(1);
  const Status done = formalities.add(
      signed_act(role_act("Anne Martin", "permit-keeper", anne.public_key(), "grant"), anne),
      "first");
  PARCOURS_CHECK(done);
  return formalities;
}

}  // namespace parcours::formalities
