// Labs and vitals: a person's measurements on a day. Each person has their own level, drawn once
// from their traits. It drifts with the years, illness changes it, and each measurement adds some
// noise.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/random.h"
#include "synth/codes.h"
#include "synth/person.h"

namespace parcours::synth {

using MeasureNumber = std::uint8_t;

class Measures {
 public:
  explicit Measures(const Codes& codes);

  MeasureNumber number_of(std::string_view code) const;
  CodeNumber code(MeasureNumber measure) const { return measures_[measure].code; }
  // How many decimals a code's values have; 0 for what is no measure.
  int decimals(CodeNumber code) const { return decimals_[code]; }
  // "5.4": a value as draw() gives it.
  std::string written(CodeNumber code, std::int32_t value) const;

  // The value times 10 to the power of its decimals. `illnesses`: the diagnoses that they have on
  // that day.
  std::int32_t draw(MeasureNumber measure, const Person& person, Day day,
                    std::span<const CodeNumber> illnesses, Random& random) const;

 private:
  enum class Scale : std::uint8_t { normal, log, growth };
  struct Measure {
    CodeNumber code;
    Scale scale;
    double mean, between, within, per_year, women, trend;
    int decimals;
    double least, most;
    std::vector<std::pair<CodeNumber, double>> illnesses;
  };
  struct Growth {
    double months, height_women, height_men, weight_women, weight_men;
  };

  double grown(CodeNumber code, const Person& person, double months) const;

  std::vector<std::string> names_;
  std::vector<Measure> measures_;
  std::vector<Growth> growth_;
  std::vector<int> decimals_;  // by code
  CodeNumber height_;
};

}  // namespace parcours::synth
