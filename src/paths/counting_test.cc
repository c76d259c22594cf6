#include "paths/counting.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "base/random.h"
#include "paths/chunks.h"
#include "paths/later_pairs.h"
#include "paths/reach_twos.h"
#include "paths/same_day_twos.h"
#include "paths/week_twos.h"

namespace parcours::paths {
namespace {

Paths drawn_paths(Random& random, bool ordered) {
  PathsBuilder builder;
  const std::uint32_t patients = 1 + random.below(30);
  const std::uint32_t codes = 1 + random.below(6);
  const std::uint32_t days = ordered ? 1 : 1 + random.below(40);
  for (std::uint32_t patient = 0; patient < patients; ++patient) {
    for (std::uint32_t event = 1 + random.below(8); event-- > 0;) {
      builder.add(patient, random.below(codes), static_cast<std::int32_t>(random.below(days)) - 9);
    }
  }
  const Stop stop;
  Paths paths = *std::move(builder).build({}, {}, stop);
  if (ordered) {
    for (std::size_t patient = 0; patient < paths.patients(); ++patient) {
      std::vector<std::uint32_t> places(paths.record(patient).size());
      std::iota(places.begin(), places.end(), 0);
      std::ranges::shuffle(places, random);
      paths.record_places.insert(paths.record_places.end(), places.begin(), places.end());
    }
  }
  return paths;
}

// The slow twin: by patient, of how many of their twos the Matcher says that nobody else fits them.
std::vector<std::uint32_t> twos_asked_one_by_one(const Neighbourhood& near) {
  Matcher matcher(near);
  std::vector<std::uint32_t> twos;
  for (std::uint32_t patient = 0; patient < near.paths().patients(); ++patient) {
    const auto record = near.paths().record(patient);
    std::uint32_t alone = 0;
    for (std::size_t i = 0; i < record.size(); ++i) {
      for (std::size_t j = i + 1; j < record.size(); ++j) {
        const std::uint32_t two[] = {record[i], record[j]};
        alone += matcher.unique(patient, two) ? 1 : 0;
      }
    }
    twos.push_back(alone);
  }
  return twos;
}

// What `counter` adds to `found`.
template <class Counter>
std::vector<std::uint32_t> counted(const Neighbourhood& near, Counter counter,
                                   const std::vector<std::uint32_t>& found) {
  for (const Chunk& chunk : chunks_of(near)) {
    counter.count(chunk);
  }
  return found;
}

RC_GTEST_PROP(Counting, G1IsWhatTheMatcherSaysOfEveryChoice,
              (std::uint32_t seed, bool ordered, std::uint8_t tolerance)) {
  Random random(seed);
  const Paths paths = drawn_paths(random, ordered);
  const Neighbourhood near(paths, ordered ? 0 : tolerance % 4 * 3);
  const auto lone = lone_pairs(near);
  Progress progress(Progress::Manner::none);
  const Stop stop;
  const auto twos =
      *lone_twos(near, LaterPairs(paths, 1), lone, 1 + static_cast<int>(seed % 2), progress, stop);
  Matcher matcher(near);
  for (std::uint32_t patient = 0; patient < paths.patients(); ++patient) {
    const auto record = paths.record(patient);
    for (std::size_t i = 0; i < record.size(); ++i) {
      RC_ASSERT((lone[record[i]] != 0) == matcher.unique(patient, record.subspan(i, 1)));
    }
  }
  RC_ASSERT(twos == twos_asked_one_by_one(near));
}

RC_GTEST_PROP(Counting, G1HoldsOfEachWayToCountWithinAWeek,
              (std::uint32_t seed, std::uint8_t tolerance)) {
  Random random(seed);
  const Paths paths = drawn_paths(random, false);
  const Neighbourhood near(paths, 1 + tolerance % most_days_of_week_twos);
  const auto lone = lone_pairs(near);
  const LaterPairs later(paths, 2);
  const std::vector<Nearby> around = nearby(near, 2);
  const std::vector<std::uint32_t> none(paths.patients(), 0);
  const auto twin = twos_asked_one_by_one(near);
  PassingStretches passing(later, around);
  const auto count_passing = [&](auto counter, const std::vector<std::uint32_t>& found) {
    for (const Chunk& chunk : chunks_of(near)) {
      counter.count(passing, chunk);
    }
    return found;
  };
  auto few = none;
  RC_ASSERT(count_passing(WeekTwos<std::uint8_t>(near, few), few) == twin);
  auto more = none;
  RC_ASSERT(count_passing(WeekTwos<std::uint16_t>(near, more), more) == twin);
  auto many = none;
  WeekTwos<std::uint32_t> counter(near, many);
  for (const Chunk& chunk : chunks_of(near)) {
    counter.count(later, around, chunk);
  }
  RC_ASSERT(many == twin);
  auto any = none;
  RC_ASSERT(counted(near, ReachTwos(near, later, lone, any), any) == twin);
}

// All have two common pairs, and one of their own.
std::vector<std::uint32_t> twos_in_a_crowd(std::uint32_t crowd) {
  PathsBuilder builder;
  for (std::uint32_t patient = 0; patient < crowd; ++patient) {
    builder.add(patient, 0, 100);
    builder.add(patient, 1, 100);
    builder.add(patient, 2, static_cast<std::int32_t>(patient) * 20);
  }
  const Stop stop;
  const Paths paths = *std::move(builder).build({}, {}, stop);
  Progress progress(Progress::Manner::none);
  const Neighbourhood near(paths, 7);
  return *lone_twos(near, LaterPairs(paths, 2), lone_pairs(near), 2, progress, stop);
}

TEST(Counting, FindsTheSameUpToWhatSmallNumbersHoldAndBeyond) {
  for (const std::uint32_t least :
       {WeekTwos<std::uint8_t>::most_entries, WeekTwos<std::uint16_t>::most_entries}) {
    for (const std::uint32_t crowd : {least, least + 1}) {
      EXPECT_EQ(twos_in_a_crowd(crowd), std::vector<std::uint32_t>(crowd, 2)) << crowd;
    }
  }
}

TEST(Counting, OfOneDayNeverTakesAnOldMarkForANewOne) {
  constexpr std::uint32_t patients = 80'000;
  constexpr std::uint32_t between = 32'767;  // marks until the first one comes again
  PathsBuilder builder;
  for (std::uint32_t patient = 0; patient < patients; ++patient) {
    const std::uint32_t two = patient / 2;  // who share a pair, and not the other
    builder.add(patient, 0, static_cast<std::int32_t>(two));
    builder.add(patient, 1, static_cast<std::int32_t>(two % between + patient % 2 * between));
  }
  const Stop stop;
  const Paths paths = *std::move(builder).build({}, {}, stop);
  const Neighbourhood near(paths, 0);
  const LaterPairs later(paths, 1);
  std::vector<std::uint32_t> found(patients, 0);
  SameDayTwos counter(later, found);
  for (const Chunk& chunk : chunks_of(near)) {
    counter.count(chunk);
  }
  EXPECT_EQ(found, std::vector<std::uint32_t>(patients, 1));
}

TEST(Counting, StepsAreTheTwosOfEveryRecord) {
  PathsBuilder builder;
  builder.add(0, 0, 1);
  builder.add(1, 0, 1);
  builder.add(1, 0, 2);
  builder.add(1, 1, 2);
  const Stop stop;
  EXPECT_EQ(pair_steps(*std::move(builder).build({}, {}, stop)), 3);
}

}  // namespace
}  // namespace parcours::paths
