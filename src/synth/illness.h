// The illnesses for which patients see a doctor, read from illnesses.csv.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "synth/codes.h"
#include "synth/measure.h"
#include "synth/season.h"
#include "synth/tables.h"

namespace parcours::synth {

// One of `drugs`, with a chance.
struct Drug {
  std::vector<CodeNumber> drugs;
  double chance;
};

struct Test {
  MeasureNumber measure;
  double chance;
};

struct Leave {
  CodeNumber reason;
  double chance;
  double days;  // on average
};

struct LongTerm {
  CodeNumber status;
  double chance;
};

struct Illness {
  CodeNumber diagnosis;
  bool chronic;
  Rates rates;  // acute: times a year; chronic: share of people who have it
  SeasonNumber season;
  double again_chance;  // acute: of another visit
  int again_days;       // acute: after so many days; chronic: days between visits
  double spread;        // chance that someone of the family catches it
  std::vector<Drug> drugs;
  std::vector<Test> tests;
  std::optional<Leave> leave;
  std::optional<LongTerm> long_term;
};

using IllnessNumber = std::uint8_t;

class Illnesses {
 public:
  Illnesses(const Codes& codes, const Measures& measures, const Seasons& seasons);

  const Illness& at(IllnessNumber number) const { return all_[number]; }
  std::size_t size() const { return all_.size(); }
  IllnessNumber number_of(CodeNumber diagnosis) const;

  const std::vector<IllnessNumber>& chronic() const { return chronic_; }

  // The acute ones of a season, for one sex and band of age: how often in all, and which.
  double acute_rate(SeasonNumber season, records::Sex sex, int band) const {
    const std::vector<double>& sums = sums_[place(season, sex, band)];
    return sums.empty() ? 0 : sums.back();
  }
  IllnessNumber draw_acute(SeasonNumber season, records::Sex sex, int band, Random& random) const;

 private:
  static std::size_t place(SeasonNumber season, records::Sex sex, int band) {
    return (season * 2U + (sex == records::Sex::female ? 1U : 0U)) * rate_ages.size() +
           static_cast<std::size_t>(band);
  }

  std::vector<Illness> all_;
  std::vector<IllnessNumber> chronic_;
  std::vector<std::vector<IllnessNumber>> acute_;  // by season
  std::vector<std::vector<double>> sums_;  // by season, sex and band: rates added up along acute_
};

}  // namespace parcours::synth
