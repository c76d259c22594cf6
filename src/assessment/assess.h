// Runs the attacks that fit the input files.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>

#include "assessment/assessment.h"
#include "assessment/inputs.h"
#include "base/progress.h"
#include "base/stop.h"
#include "paths/succession.h"
#include "vault/vault.h"

namespace parcours::assessment {

struct AssessmentQuestion {
  paths::CurveQuestion curve;
  std::vector<paths::Timing> timings;               // how else an attacker may know the time
  paths::Attackers attackers;                       // may be none
  std::optional<std::uint64_t> threshold;           // the fewest patients of a group that is shown
  std::optional<std::filesystem::path> population;  // a file of the population, a line a person
  exports::FirstLine first_line;                    // of that file
  std::optional<double> population_size;            // people, where no such file is there
  // A column of both exports that says who a person is, to tell right joins from wrong; may be
  // empty.
  std::string person;
  std::optional<paths::PeriodLength> periods;  // of successive exports, for what a stable code adds
  // Guesses of each sensitive value, for people in each half of the file; patients tried for each
  // way to join two exports.
  std::size_t attacks = 0;
  int threads = 1;
};

// Exports: events, people, or both. `other` is another export, to be linked with; nullptr: none.
Result<Assessment> assess(Inputs& inputs, Inputs* other, const AssessmentQuestion& question,
                          Progress& progress, const Stop& stop);

// `unknown` fields of its people nobody knows: of sex, birth_year, place and practice.
Result<Assessment> assess(const vault::Vault& vault, const std::vector<std::string>& unknown,
                          const AssessmentQuestion& question, Progress& progress, const Stop& stop);

}  // namespace parcours::assessment
