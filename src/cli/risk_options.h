// What the user asks of parcours risk, and the flags that say it.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "assessment/assess.h"
#include "cli/command.h"
#include "cli/key_options.h"
#include "cli/risk_columns.h"
#include "cli/risk_find.h"
#include "paths/knowledge.h"

namespace parcours::cli {

struct RiskOptions {
  std::vector<std::string> files;
  KeyOptions vault_key;  // where the file is an encrypted vault
  ColumnFlags columns;
  std::vector<std::string> known = {"1", "2", "3", "4", "all"};
  std::vector<std::int32_t> within = {0, 7};
  std::vector<std::string> timings{parcours::paths::timings().begin(),
                                   parcours::paths::timings().end()};
  std::string attackers;
  std::uint64_t draws = 200'000;
  std::uint64_t seed = 1;
  std::vector<std::string> limits;
  std::string population;
  std::optional<double> population_size;
  std::string other;
  std::string person;
  std::string periods;
  std::size_t attacks = 2000;
  std::string report;
  FindOptions find;
  std::optional<std::uint64_t> threshold;
  bool guess = false;
  int threads = threads_here();
};

void add_curve_flags(CLI::App& verb, RiskOptions& options);
void add_people_flags(CLI::App& verb, RiskOptions& options);
void add_linking_flags(CLI::App& verb, RiskOptions& options);

// What is known is asked for once each, in the order in which it was said.
Result<assessment::AssessmentQuestion> question_of(const RiskOptions& options);

}  // namespace parcours::cli
