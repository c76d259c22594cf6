// How a practice begins: the vault's card and the permit are checked, keys are made, and the folder
// is there as a whole or not at all.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "base/error.h"
#include "practice/language.h"

namespace parcours::practice {

struct JoinOptions {
  std::filesystem::path folder;
  std::filesystem::path card;
  std::filesystem::path permit;                  // its signature lies beside it: permit.toml.sig
  std::string name;                              // of the practice, as the collector admits it
  std::optional<std::filesystem::path> share;    // the programme's key, where the permit needs it
  std::optional<std::filesystem::path> mapping;  // is copied
  // A folder that the practice worked in before, whose objections hold here too.
  std::optional<std::filesystem::path> objections = {};
  std::string fingerprint;  // of the card, as the collector read it aloud; empty: not compared
};

struct Joined {
  std::string public_key;        // for the collector
  std::string card_fingerprint;  // to compare with the collector's
  std::string permit;
  std::string holder;  // of the permit
  Text kind;           // of formality
};

// Errors (Fault::rule): no keeper on the card has signed the permit; it does not allow collection
// or does not cover the practice; it is no longer in force.
Result<Joined> join(const JoinOptions& options, Language language);

}  // namespace parcours::practice
