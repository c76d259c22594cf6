// Runs the attacks that fit what came in.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "assessment/assessment.h"
#include "assessment/inputs.h"
#include "base/progress.h"
#include "base/stop.h"
#include "vault/vault.h"

namespace parcours {

struct AssessmentQuestion {
  CurveQuestion curve;
  std::vector<Timing> timings;             // how else somebody may know when events were
  Attackers attackers;                     // may be none
  std::optional<std::uint64_t> threshold;  // the fewest patients of a group that is told of
  std::optional<std::filesystem::path> population;  // a file of the population, a line a person
  std::optional<double> population_size;            // people, where no such file is there
  std::optional<std::filesystem::path> other;       // another export of people, to be linked with
  std::string
      person;  // a column of both that says who it is, to tell right links from wrong; may be empty
  std::size_t attacks = 0;  // guesses of each sensitive value, for people in each half of the file
  int threads = 1;
};

// Exports: events, people, or both.
Result<Assessment> assess(Inputs& inputs, const AssessmentQuestion& question, Progress& progress,
                          const Stop& stop);

Result<Assessment> assess(const Vault& vault, const AssessmentQuestion& question,
                          Progress& progress, const Stop& stop);

}  // namespace parcours
