#include "paths/counting.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "base/random.h"

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

RC_GTEST_PROP(Counting, G1IsWhatTheMatcherSaysOfEveryChoice,
              (std::uint32_t seed, bool ordered, std::uint8_t tolerance)) {
  Random random(seed);
  const Paths paths = drawn_paths(random, ordered);
  const Neighbourhood near(paths, ordered ? 0 : tolerance % 4 * 3);
  const auto lone = lone_pairs(near);
  Progress progress(Progress::Manner::none);
  const Stop stop;
  const auto twos = *lone_twos(near, lone, 1 + static_cast<int>(seed % 2), progress, stop);
  Matcher matcher(near);
  for (std::uint32_t patient = 0; patient < paths.patients(); ++patient) {
    const auto record = paths.record(patient);
    std::uint32_t alone = 0;
    for (std::size_t i = 0; i < record.size(); ++i) {
      RC_ASSERT((lone[record[i]] != 0) == matcher.unique(patient, record.subspan(i, 1)));
      for (std::size_t j = i + 1; j < record.size(); ++j) {
        const std::uint32_t two[] = {record[i], record[j]};
        alone += matcher.unique(patient, two) ? 1 : 0;
      }
    }
    RC_ASSERT(twos[patient] == alone);
  }
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
