#include "synth/episode.h"

#include <algorithm>

#include "synth/draw.h"

namespace parcours::synth {
namespace {

int band_of(const Person& person) {
  return rate_band(age_at(person, person.from + (person.until - person.from) / 2));
}

double rate_of(const Illness& illness, const Person& person) {
  return illness.rates.at(person.sex, band_of(person));
}

}  // namespace

std::vector<Episode> draw_episodes(const Model& model, std::span<const Person> family, double pace,
                                   Random& random) {
  const auto seasons = static_cast<SeasonNumber>(model.seasons.size());
  std::vector<Episode> episodes;
  for (std::uint32_t member = 0; member < family.size(); ++member) {
    const Person& person = family[member];
    const int band = band_of(person);
    for (SeasonNumber season = 0; season < seasons; ++season) {
      const double rate = model.illnesses.acute_rate(season, person.sex, band);
      const double weight = model.seasons.weight(season, person.from, person.until);
      for (int i = poisson(random, rate * weight * person.need * pace); i > 0; --i) {
        const Day day = model.seasons.draw(season, person.from, person.until, random);
        episodes.push_back(
            {member, day, model.illnesses.draw_acute(season, person.sex, band, random)});
      }
    }
  }
  // Who seldom has an illness at their age seldom catches it.
  const std::size_t first_hand = episodes.size();
  for (std::size_t i = 0; i < first_hand; ++i) {
    const Episode episode = episodes[i];
    const Illness& illness = model.illnesses.at(episode.illness);
    const double rate = rate_of(illness, family[episode.member]);
    for (std::uint32_t member = 0; illness.spread > 0 && member < family.size(); ++member) {
      const Person& other = family[member];
      const double share = std::min(1.0, rate_of(illness, other) / rate);
      constexpr int most_days = 5;
      const Day day = episode.day + between(random, 1, most_days);
      if (member != episode.member && day >= other.from && day <= other.until &&
          chance(random, illness.spread * share * pace)) {
        episodes.push_back({member, day, episode.illness});
      }
    }
  }
  return episodes;
}

Episode draw_episode(const Model& model, const Person& person, std::uint32_t member,
                     Random& random) {
  const int band = band_of(person);
  const auto seasons = static_cast<SeasonNumber>(model.seasons.size());
  std::vector<double> sums;
  for (SeasonNumber season = 0; season < seasons; ++season) {
    sums.push_back((sums.empty() ? 0 : sums.back()) +
                   model.illnesses.acute_rate(season, person.sex, band));
  }
  const double sought = random.unit() * sums.back();
  SeasonNumber season = 0;
  while (sums[season] <= sought) {
    ++season;
  }
  return {member, model.seasons.draw(season, person.from, person.until, random),
          model.illnesses.draw_acute(season, person.sex, band, random)};
}

}  // namespace parcours::synth
