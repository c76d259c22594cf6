#include "paths/paths.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

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

}  // namespace
}  // namespace parcours::paths
