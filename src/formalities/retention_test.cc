#include "formalities/retention.h"

#include <gtest/gtest.h>

#include <chrono>

namespace parcours::formalities {
namespace {

Day on(const char* text) {
  return *parse_iso_day(text);
}

TEST(Retentions, LetAFactLiveUpToTheSameDayOfTheLastYear) {
  const Retention year{.years = 1, .from = RetentionFrom::fact};
  EXPECT_EQ(oldest_fact(year, true, on("2024-02-28")), on("2023-02-28"));
  EXPECT_EQ(oldest_fact(year, true, on("2024-03-01")), on("2023-03-01"));
}

TEST(Retentions, OfFactsOfThe28thOfFebruaryEndOnThe28th) {
  const Retention year{.years = 1, .from = RetentionFrom::fact};
  EXPECT_EQ(oldest_fact(year, true, on("2024-02-29")), on("2023-03-01"));
}

TEST(Retentions, OfFactsOfThe29thOfFebruaryEndOnThe28thOfAYearWithoutOne) {
  const Retention year{.years = 1, .from = RetentionFrom::fact};
  EXPECT_LE(oldest_fact(year, true, on("2025-02-28")), on("2024-02-29"));
  EXPECT_GT(oldest_fact(year, true, on("2025-03-01")), on("2024-02-29"));
  EXPECT_EQ(years_before(on("2028-02-29"), 4), on("2024-02-29"));
}

// Its twin: the last day on which a fact lives, counted forwards from the fact.
TEST(Retentions, AreTheSameCountedForwardsFromTheFact) {
  const auto last_day = [](Day fact, int years) {
    namespace chrono = std::chrono;
    const chrono::year_month_day date{chrono::sys_days(chrono::days(fact.number))};
    const chrono::year_month_day end = date + chrono::years(years);
    const chrono::sys_days day = end.ok()
                                     ? chrono::sys_days(end)
                                     : chrono::sys_days(end.year() / end.month() / chrono::last);
    return Day{static_cast<std::int32_t>(day.time_since_epoch().count())};
  };
  for (const int years : {1, 2, 3, 4, 5, 100}) {
    const Retention retention{.years = years, .from = RetentionFrom::fact};
    for (Day today = on("2096-01-01"); today < on("2105-01-01"); today = today + 1) {
      const Day oldest = oldest_fact(retention, true, today);
      ASSERT_LE(today, last_day(oldest, years)) << to_string(today, Calendar::dates);
      ASSERT_GT(today, last_day(oldest + -1, years)) << to_string(today, Calendar::dates);
    }
  }
}

}  // namespace
}  // namespace parcours::formalities
