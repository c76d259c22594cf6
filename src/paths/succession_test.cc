#include "paths/succession.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

#include "paths/testing/worlds.h"

namespace parcours::paths {
namespace {

const Stop never;

std::vector<PeriodFigures> figures_of(const Paths& paths, const std::vector<std::int32_t>& starts) {
  Progress progress(Progress::Manner::none);
  return *succession(paths, starts, {0, 1.5, 1000, 1, 2}, progress, never);
}

std::int32_t day(int year, unsigned month, unsigned day) {
  return day_of(year, month, day)->number;
}

// The share of those with an event from `from` until before `end` whom nobody else has all these
// events of.
std::pair<std::uint64_t, double> slow_unique(const World& world, std::int32_t from,
                                             std::int32_t end) {
  std::vector<std::set<Pair>> records;
  for (const auto& record : world) {
    std::set<Pair> part;
    for (const Pair& pair : record) {
      if (pair.second >= from && pair.second < end) {
        part.insert(pair);
      }
    }
    if (!part.empty()) {
      records.push_back(part);
    }
  }
  std::uint64_t unique = 0;
  for (const auto& record : records) {
    unique +=
        std::ranges::count_if(
            records, [&](const auto& other) { return std::ranges::includes(other, record); }) == 1
            ? 1
            : 0;
  }
  return {records.size(), records.empty()
                              ? 0.0
                              : static_cast<double>(unique) / static_cast<double>(records.size())};
}

RC_GTEST_PROP(Succession, G1SharesAreThoseOfTheParts, (std::uint32_t seed)) {
  Random random(seed);
  const World world = random_world(random, 1 + random.below(8), 5, 3, 30);
  const std::vector<std::int32_t> starts = {-20, -12, -5, 3};
  const auto periods = figures_of(paths_of(world), starts);
  RC_ASSERT(periods.size() == starts.size());
  for (std::size_t p = 0; p < starts.size(); ++p) {
    const std::int32_t end = p + 1 < starts.size() ? starts[p + 1] : 1000;
    const auto [patients, alone] = slow_unique(world, starts[p], end);
    const auto [so_far_patients, so_far] = slow_unique(world, starts[0], end);
    RC_ASSERT(periods[p].patients == patients);
    RC_ASSERT(std::abs(periods[p].unique_alone.value() - alone) < 1e-12);
    RC_ASSERT(periods[p].patients_so_far == so_far_patients);
    RC_ASSERT(std::abs(periods[p].unique_so_far.value() - so_far) < 1e-12);
    RC_ASSERT(periods[p].joined.has_value() ==
              (p > 0 && patients > 0 && periods[p - 1].patients > 0));
  }
}

// A patient takes the same rare drugs each year: no code of theirs is needed to join the years.
TEST(Succession, G1WhoKeepsTheirCodesIsJoinedWithThemselves) {
  World world;
  for (std::uint32_t patient = 0; patient < 60; ++patient) {
    world.push_back(
        {{patient % 8, 1}, {8 + patient / 8, 2}, {patient % 8, 101}, {8 + patient / 8, 103}});
  }
  const auto periods = figures_of(paths_of(world), {0, 100});
  ASSERT_TRUE(periods[1].joined.has_value());
  EXPECT_EQ(periods[1].joined->in_both, 60);
  EXPECT_EQ(periods[1].joined->best.some, 60);
}

TEST(Succession, AStableCodeAddsUpWhatSuccessiveExportsTell) {
  // Alone with a year's events nobody is unique; with both years everybody is.
  const Paths paths =
      paths_of({{{0, 1}, {0, 11}}, {{0, 1}, {1, 11}}, {{1, 1}, {0, 11}}, {{1, 1}, {1, 11}}});
  const auto periods = figures_of(paths, {0, 10, 20});
  ASSERT_EQ(periods.size(), 3);
  EXPECT_EQ(periods[0].unique_alone.value(), 0);
  EXPECT_EQ(periods[1].unique_alone.value(), 0);
  EXPECT_EQ(periods[1].unique_so_far.value(), 1);
  EXPECT_EQ(periods[1].patients_so_far, 4);
  EXPECT_EQ(periods[2].patients, 0);
  EXPECT_FALSE(periods[2].joined);
}

TEST(Succession, AnExportCutByDayKnowsWhoIsWho) {
  const Paths paths = paths_of({{{0, 1}, {1, 9}}, {{0, 2}}, {{1, 8}}, {{2, 3}, {2, 7}}});
  const TwoExports cut = *split_by_day(paths, 5, never);
  EXPECT_EQ(cut.first.patients(), 3);
  EXPECT_EQ(cut.second.patients(), 3);
  EXPECT_EQ(cut.partners, (std::vector<std::uint32_t>{0, no_partner, 2}));
  EXPECT_EQ(cut.second.pair_days[cut.second.record(2)[0]], 7);
  EXPECT_FALSE(split_by_day(paths, 100, never));
}

TEST(Succession, PeriodsBeginWithTheirMonthQuarterOrYear) {
  const Paths paths = paths_of({{{0, day(2023, 5, 17)}, {0, day(2024, 2, 29)}}});
  const auto starts = [&](std::string_view length) {
    return *period_starts(paths, Calendar::dates, *period_length(length), 100);
  };
  EXPECT_EQ(starts("year"), (std::vector<std::int32_t>{day(2023, 1, 1), day(2024, 1, 1)}));
  EXPECT_EQ(starts("quarter"), (std::vector<std::int32_t>{day(2023, 4, 1), day(2023, 7, 1),
                                                          day(2023, 10, 1), day(2024, 1, 1)}));
  EXPECT_EQ(starts("month").size(), 10);
  EXPECT_EQ(starts("month").back(), day(2024, 2, 1));
  const std::int32_t first = day(2023, 5, 17);
  EXPECT_EQ(starts("200"),
            (std::vector<std::int32_t>{first - first % 200, first - first % 200 + 200}));
}

TEST(Succession, PeriodsThatCannotBeAreErrors) {
  const Paths paths = paths_of({{{0, 0}, {0, 100}}});
  EXPECT_FALSE(period_starts(paths, Calendar::days, *period_length("month"), 100));
  EXPECT_FALSE(period_starts(paths, Calendar::days, *period_length("1"), 100));
  EXPECT_EQ(period_starts(paths, Calendar::days, *period_length("1"), 101)->size(), 101);
  EXPECT_EQ(*period_starts(paths_of({{{0, -5}, {0, 4}}}), Calendar::days, *period_length("10"), 9),
            (std::vector<std::int32_t>{-10, 0}));
  EXPECT_FALSE(period_length("week"));
  EXPECT_FALSE(period_length("0"));
  EXPECT_FALSE(period_length("7d"));
}

}  // namespace
}  // namespace parcours::paths
