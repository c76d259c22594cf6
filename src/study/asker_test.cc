// Holds the Asker against its slow twin on every world of up to three events.

#include <fmt/format.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "study/plan.h"
#include "study/testing/slow_twin.h"

namespace parcours::study {
namespace {

std::optional<std::pair<Day, Day>> period_of(const std::vector<TwinEvent>& events) {
  if (events.empty()) {
    return {};
  }
  const auto [first, last] = std::ranges::minmax_element(events, {}, &TwinEvent::day);
  return std::pair(first->day, last->day);
}

// All events of a small world: two diagnoses and a lab with and without values, on four days.
std::vector<TwinEvent> small_events(Day start) {
  std::vector<TwinEvent> events;
  for (int i = 0; i < 4; ++i) {
    const Day day = start + i;
    events.push_back({0, day, records::no_value});
    events.push_back({2, day, records::no_value});
    for (const double value : {records::no_value, 1.0, 2.0}) {
      events.push_back({3, day, value});
    }
  }
  return events;
}

std::vector<records::Patient> small_patients(Calendar calendar) {
  const auto born = static_cast<std::int16_t>(calendar == Calendar::dates ? 2010 : -14);
  return {{.id = {}, .practice = 0, .birth_year = born, .sex = records::Sex::female, .place = 1},
          {.id = {},
           .practice = 1,
           .birth_year = records::no_birth_year,
           .sex = records::Sex::male,
           .place = vocabulary::no_code},
          {.id = {},
           .practice = 1,
           .birth_year = static_cast<std::int16_t>(born - 5),
           .sex = records::Sex::unknown,
           .place = 4}};
}

// `head` stands before the tables: the period, the population.
std::string small_study(const std::string& period, const std::string& population,
                        const std::string& within) {
  return fmt::format(R"([study]
id = "s"
title = "S"
rules = "r"
{}
[population]
{}
[variables]
sex = {{ field = "sex" }}
age = {{ field = "age", bands = [1, 12, 18] }}
place = {{ field = "place", level = "region" }}
practice = {{ field = "practice" }}
any = {{ any = "diagnosis:J45*"{} }}
count = {{ count = "*", bands = [1, 2]{} }}
first = {{ first = "diagnosis:*", level = "icd3"{} }}
last = {{ last = "*" }}
hba1c = {{ last = "lab:HBA1C"{} }}
high = {{ first = "lab:HBA1C", bands = [1.5, 2]{} }}
[[table]]
id = "a"
by = ["age", "sex", "place"]
of = "any"
[[table]]
id = "b"
by = ["count", "practice"]
of = "first"
[[table]]
id = "c"
by = ["last", "high"]
mean = "hba1c"
[[table]]
id = "d"
by = ["hba1c"]
each = {{ code = "*", level = "code"{} }}
[[table]]
id = "e"
by = ["sex"]
mean = "count"
[[table]]
id = "f"
by = ["sex"]
mean = "age"
)",
                     period, population, within, within, within, within, within, within);
}

struct SmallWorlds {
  std::string name;
  Calendar calendar;
  std::string period;
  std::string population;
  std::string within;
};

class AskerOnSmallWorlds : public testing::TestWithParam<SmallWorlds> {};

// Every multiset of up to three events, each in two orders.
TEST_P(AskerOnSmallWorlds, AgreesWithTheSlowTwin) {
  const SmallWorlds& worlds = GetParam();
  const vocabulary::CodeBook book = small_book();
  const auto study = parse_study(small_study(worlds.period, worlds.population, worlds.within),
                                 "s.toml", worlds.calendar);
  ASSERT_TRUE(study) << study.error().sentence();
  const Day start = worlds.calendar == Calendar::dates ? *day_of(2023, 12, 30) : Day{-1};
  const std::vector<TwinEvent> all = small_events(start);
  TwinWorld world{book, {"P1", "P2"}, worlds.calendar, {}, {}};
  const Plan plan = plan_of(*study, world, period_of(all));
  Asker asker(plan);
  const auto check = [&](std::vector<TwinEvent> events) {
    for (const records::Patient& patient : small_patients(worlds.calendar)) {
      world.patient = patient;
      world.events = events;
      ASSERT_EQ(difference(*study, world, plan, asker), "");
      std::ranges::reverse(world.events);
      ASSERT_EQ(difference(*study, world, plan, asker), "");
    }
  };
  check({});
  for (std::size_t i = 0; i < all.size(); ++i) {
    check({all[i]});
    for (std::size_t j = i; j < all.size(); ++j) {
      check({all[i], all[j]});
      for (std::size_t k = j; k < all.size() && !HasFatalFailure(); ++k) {
        check({all[i], all[j], all[k]});
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(
    Studies, AskerOnSmallWorlds,
    testing::Values(
        SmallWorlds{"FixedDay", Calendar::dates, "", "index = 2023-12-31", ""},
        SmallWorlds{"FixedDayAndWindow", Calendar::dates, "", "index = 2023-12-31",
                    ", within = [-1, 0]"},
        SmallWorlds{"PeriodInside", Calendar::dates, "period = [2023-12-31, 2024-01-01]",
                    "index = 2024-01-01", ""},
        SmallWorlds{"WindowReachesOutsideThePeriod", Calendar::dates,
                    "period = [2023-12-31, 2024-01-01]",
                    "index = { first = \"diagnosis:J45*\" }\nage = [13, 14]", ", within = [-2, 1]"},
        SmallWorlds{"FirstEvent", Calendar::days, "",
                    "index = { first = \"lab:*\" }\nsex = \"female\"", ", within = [0, 1]"},
        SmallWorlds{"RequireAndExclude", Calendar::days, "period = [0, 1]",
                    "index = 0\nrequire = [{ any = \"lab:*\" }]\nexclude = [{ any = "
                    "\"diagnosis:J45.0\", within "
                    "= [-1, -1] }]",
                    ""},
        SmallWorlds{"Places", Calendar::days, "",
                    "index = -400\nplace = { level = \"region\", is = \"84\" }",
                    ", within = [401, 402]"},
        SmallWorlds{"Order", Calendar::order, "period = [0, 2]", "index = { first = \"*\" }", ""}),
    [](const auto& worlds) { return worlds.param.name; });

}  // namespace
}  // namespace parcours::study
