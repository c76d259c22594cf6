// What the text of one act asks for, and the text of what one asks for; acts.h decides whether it
// may be done.
//
// G1: parse_act() of text_of(act) is the act.
//
// `after` is how many acts the vault had when the act was written. Nobody compares it with
// anything: it makes two acts that ask for the same at different times two texts, and each text
// counts once.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/error.h"
#include "formalities/acts.h"

namespace parcours::formalities {

struct RoleAct {
  enum class Action : std::uint8_t { grant, revoke };
  Action action = Action::grant;
  Holder holder;
  std::string vault;
  std::optional<std::uint64_t> after = {};
};

struct PracticeAct {
  enum class Action : std::uint8_t { admit, suspend, leave };
  Action action = Action::admit;
  std::string name;
  std::optional<PublicKey> key;  // needed to admit
  std::string vault;
  std::optional<std::uint64_t> after = {};
};

struct StatusAct {
  enum class Action : std::uint8_t { suspend, resume, withdraw };
  Action action = Action::suspend;
  std::string permit;
  std::string why;
  std::string vault;
  std::optional<std::uint64_t> after = {};
};

struct SealingAct {
  SealKey key{};
  std::uint64_t number = 1;
  int old_days = 0;  // 0 of the first key: there is none before it
  std::string vault;
};
inline constexpr int most_old_days = 366;

struct ClockAct {
  Day newest;  // that the vault has noted, wrongly
  Day today;   // on which the act is signed and entered
  std::string why;
  std::string vault;
  std::optional<std::uint64_t> after = {};
};

using ActText = std::variant<Permit, RoleAct, PracticeAct, StatusAct, SealingAct, ClockAct>;

// Errors name `where` and the line.
Result<ActText> parse_act(std::string_view text, const std::string& where);

// For a permit-keeper to sign.
std::string text_of(const RoleAct& act);
std::string text_of(const PracticeAct& act);
std::string text_of(const StatusAct& act);
std::string text_of(const SealingAct& act);
std::string text_of(const ClockAct& act);

// The act in plain sentences, for its keeper to read before signing it.
std::vector<Text> sentences(const ActText& act);

}  // namespace parcours::formalities
