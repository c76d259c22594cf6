#include "paths/paths.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "base/random.h"

namespace parcours::paths {
namespace {

struct One {
  std::uint32_t patient;
  std::uint32_t code;
  std::int32_t day;
};

Paths built(const std::vector<One>& events, std::size_t times) {
  PathsBuilder builder;
  for (std::size_t again = 0; again < times; ++again) {
    for (const One& event : events) {
      builder.add(event.patient, event.code, event.day);
    }
  }
  const Stop stop;
  return *std::move(builder).build({}, {}, stop);
}

// What a very tightly packed file must be: some lines again and again.
TEST(Paths, ManyTimesTheSameEventsTakeNoMoreThanOnce) {
  PathsBuilder builder;
  constexpr std::uint32_t rounds = 2000;
  for (std::uint32_t i = 0; i < rounds * 100; ++i) {
    builder.add(i % 20, i % 5, static_cast<std::int32_t>(i % 100));
  }
  EXPECT_EQ(builder.events(), rounds * 100);
  EXPECT_LE(builder.held(), 300u);
}

RC_GTEST_PROP(Paths, RepeatsChangeNothing, ()) {
  const int size = *rc::gen::inRange(1, 60);
  std::vector<One> events;
  for (int i = 0; i < size; ++i) {
    events.push_back(
        {static_cast<std::uint32_t>(i) % 7, *rc::gen::inRange(0u, 4u), *rc::gen::inRange(-3, 40)});
  }
  const Paths once = built(events, 1);
  const Paths often = built(events, *rc::gen::inRange(std::size_t{2}, std::size_t{5}));
  RC_ASSERT(once.record_starts == often.record_starts);
  RC_ASSERT(once.record_pairs == often.record_pairs);
  RC_ASSERT(once.pair_codes == often.pair_codes);
  RC_ASSERT(once.pair_days == often.pair_days);
  RC_ASSERT(once.index_patients == often.index_patients);
}

TEST(Paths, AreTheSameFromSeveralBuildersAndOnSeveralThreads) {
  constexpr std::uint32_t in_each = 3000;
  PathsBuilder one;
  PathsBuilder all;
  Random random(7);
  for (std::uint32_t part = 0; part < 3; ++part) {
    PathsBuilder more;
    for (std::uint32_t event = 0; event < 100'000; ++event) {
      const std::uint32_t patient = event < in_each ? event : random.below(in_each);
      const std::uint32_t code = random.below(part == 0 ? 50 : 100);
      const auto day = static_cast<std::int32_t>(random.below(400)) - 200;
      more.add(patient, code, day);
      one.add(part * in_each + patient, code, day);
    }
    more.settle();
    all.append(std::move(more));
  }
  EXPECT_EQ(all.events(), one.events());
  std::vector<std::uint32_t> ranks(3 * in_each);
  std::iota(ranks.rbegin(), ranks.rend(), 0);
  const Stop stop;
  const Paths expected = *std::move(one).build(ranks, {}, stop);
  const Paths built = *std::move(all).build(ranks, {}, stop, 3);
  EXPECT_EQ(built.record_starts, expected.record_starts);
  EXPECT_EQ(built.record_pairs, expected.record_pairs);
  EXPECT_EQ(built.index_starts, expected.index_starts);
  EXPECT_EQ(built.index_patients, expected.index_patients);
  EXPECT_EQ(built.pair_codes, expected.pair_codes);
  EXPECT_EQ(built.pair_days, expected.pair_days);
}

TEST(Paths, OfFewEventsAreTheSameOnMoreThreads) {
  const auto of_two_events = [](int threads) {
    PathsBuilder builder;
    builder.add(0, 3, 10);
    builder.add(1, 3, 10);
    const Stop stop;
    return *std::move(builder).build({}, {}, stop, threads);
  };
  EXPECT_EQ(of_two_events(8).index_starts, of_two_events(1).index_starts);
  EXPECT_EQ(of_two_events(8).index_patients, of_two_events(1).index_patients);
}

TEST(Paths, OfNoEventHoldNothing) {
  const Stop stop;
  const Paths none = *PathsBuilder().build({}, {}, stop, 2);
  EXPECT_EQ(none.patients(), 0u);
  EXPECT_EQ(none.pairs(), 0u);
}

}  // namespace
}  // namespace parcours::paths
