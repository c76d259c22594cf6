// The whole way from a vault to a release: the study is planned and counted, its crowds protected,
// the tables attacked and judged.
//
// What is counted stays in this function; what it gives is a Release or the reason why there is
// none.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "protect/rules.h"
#include "release/release.h"
#include "vault/vault.h"

namespace parcours {

struct Question {
  std::filesystem::path study_file;  // for errors; it does not leave
  std::string study_text;            // what the file holds
  Rules rules;
  std::filesystem::path rules_file;
  std::uint64_t seed = 1;  // of the attacks' draws
  int threads = 0;         // 0: as many as the machine has
  std::string day;         // of the release: "2026-11-23"
};

// Errors: those of every step; a study that names other rules than these.
Result<Release> make_release(const Vault& vault, const Question& question, Progress& progress,
                             const Stop& stop);

// Whether the rules are those that the study names: their id, or their file, seen from the study's
// folder.
Status same_rules(const Study& study, const Question& question);

// The attacks on tables that would leave, and on the same tables as counted.
std::vector<AttackRun> attack_tables(const Counted& counted, const std::vector<Table>& made,
                                     const Rules& rules, std::uint64_t seed);

}  // namespace parcours
