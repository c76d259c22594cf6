// Makes a release from a vault: plans and counts the study, protects its crowds, attacks the tables
// and judges them.
//
// The counts stay inside this function; it returns a Release and what the memory of releases needs,
// or an error with the reason for refusal.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "past/past_releases.h"
#include "protect/rules.h"
#include "release/release.h"
#include "vault/vault.h"

namespace parcours::release {

struct Question {
  std::filesystem::path study_file;  // for errors; it does not leave
  std::string study_text;            // what the file holds
  protect::Rules rules;
  std::filesystem::path rules_file;
  std::uint64_t seed = 1;       // of the attacks' draws
  int threads = 0;              // 0: as many as the machine has
  std::string day;              // of the release: "2026-11-23"
  std::string rules_text = {};  // what the file holds, for who signed the study under these rules
};

// A release, and what the memory of releases must keep of it before it leaves.
struct MadeRelease {
  Release release;
  past::NewRelease to_remember;
  // The number of a release before that published the same tables: nothing is to be remembered.
  std::optional<std::uint32_t> same_as{};
};

// Judges the release together with all that were made before from the vault. Errors: those of every
// step; a study that names other rules than these.
Result<MadeRelease> make_release(const vault::Vault& vault, const Question& question,
                                 const past::PastReleases& past, Progress& progress,
                                 const Stop& stop);

// Whether the rules are those that the study names: their id, or their file, seen from the study's
// folder.
Status same_rules(const study::Study& study, const Question& question);

// Runs the attacks on the protected tables, and on the same tables as counted.
std::vector<attacks::AttackRun> attack_tables(const crowds::Counted& counted,
                                              const std::vector<tables::Table>& made,
                                              const protect::Rules& rules, std::uint64_t seed);

}  // namespace parcours::release
