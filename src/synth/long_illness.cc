#include "synth/long_illness.h"

#include <algorithm>
#include <cmath>

#include "synth/draw.h"

namespace parcours::synth {
namespace {

// All invented.
constexpr double begins_now = 0.12;    // illnesses that begin within the period
constexpr double break_chance = 0.04;  // a visit after which they stay away for months
constexpr double skip = 0.06;          // a drug not needed this time
constexpr double stop = 0.02;          // given up for good
constexpr double change = 0.03;        // for another of its kind
constexpr double step_up = 0.05;       // of a drug not taken yet, times its chance
constexpr std::size_t most_illnesses = 16;
constexpr std::int8_t none = -1;

}  // namespace

LongIllness::LongIllness(const Model& model, IllnessNumber number, Day onset, bool fresh,
                         Random& random)
    : model_(&model), number_(number), fresh_(fresh), begun_(!fresh), due_(onset) {
  const Illness& illness = model.illnesses.at(number);
  long_term_ = illness.long_term && chance(random, illness.long_term->chance);
  for (const Drug& drug : illness.drugs) {
    // Who has just fallen ill begins with the first drug.
    const bool takes = fresh ? taken_.empty() && chance(random, std::max(0.8, drug.chance))
                             : chance(random, drug.chance);
    taken_.push_back(takes ? static_cast<std::int8_t>(
                                 random.below(static_cast<std::uint32_t>(drug.drugs.size())))
                           : none);
  }
}

void LongIllness::seen(Day day, double pace, const Person& person, Random& random) {
  begun_ = true;
  const Illness& illness = model_->illnesses.at(number_);
  double days = illness.again_days * (0.8 + 0.5 * random.unit()) / pace;
  days_ = std::clamp(static_cast<int>(std::lround(days / 30)), 1, 6) * 30;
  if (chance(random, break_chance)) {
    days += 120 + random.below(240);
  }
  due_ = day + std::max(7, static_cast<int>(days));
  // What comes in a season comes next in the next one, if the practice sees them that long.
  if (illness.season != 0 && due_ <= person.until) {
    const Day until = std::min(due_ + 365, person.until);
    due_ = chance(random, model_->seasons.weight(illness.season, due_, until))
               ? model_->seasons.draw(illness.season, due_, until, random)
               : person.until + 1;
  }
}

std::vector<CodeNumber> LongIllness::prescribe(bool first, Random& random) {
  const Illness& illness = model_->illnesses.at(number_);
  std::vector<CodeNumber> prescribed;
  for (std::size_t i = 0; i < illness.drugs.size(); ++i) {
    const Drug& drug = illness.drugs[i];
    const auto kinds = static_cast<std::uint32_t>(drug.drugs.size());
    if (taken_[i] == none) {
      if (first || !chance(random, step_up * drug.chance)) {
        continue;
      }
      taken_[i] = static_cast<std::int8_t>(random.below(kinds));
    } else if (!first && chance(random, stop)) {
      taken_[i] = none;
      continue;
    } else if (!first && kinds > 1 && chance(random, change)) {
      taken_[i] = static_cast<std::int8_t>(random.below(kinds));
    } else if (!first && chance(random, skip)) {
      continue;
    }
    prescribed.push_back(drug.drugs[static_cast<std::size_t>(taken_[i])]);
  }
  return prescribed;
}

std::vector<LongIllness> draw_long_illnesses(const Model& model, const Person& person,
                                             Random& random) {
  std::vector<LongIllness> drawn;
  const Day middle = person.from + (person.until - person.from) / 2;
  const int band = rate_band(age_at(person, middle));
  for (const IllnessNumber number : model.illnesses.chronic()) {
    const Illness& illness = model.illnesses.at(number);
    if (!chance(random, illness.rates.at(person.sex, band)) || drawn.size() == most_illnesses) {
      continue;
    }
    const bool fresh = chance(random, begins_now);
    const Day until =
        fresh ? person.until : std::min(person.until, person.from + illness.again_days);
    const Day onset = model.seasons.draw(illness.season, person.from, until, random);
    drawn.emplace_back(model, number, onset, fresh, random);
  }
  return drawn;
}

}  // namespace parcours::synth
