#include "ingest/cells.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>

namespace parcours::ingest {
namespace {

TEST(Cells, FastIsoDaysAreTheDaysOfTheCalendar) {
  for (std::int32_t number = day_of(1799, 12, 1)->number; number <= day_of(2200, 1, 31)->number;
       ++number) {
    const std::string text = to_string(Day{number}, Calendar::dates);
    const bool in_reach = text >= "1800-01-01" && text <= "2199-12-31";
    ASSERT_EQ(fast_iso_day(text), in_reach ? std::optional(Day{number}) : std::nullopt) << text;
  }
}

RC_GTEST_PROP(Cells, FastIsoDaysReadWhatIsoDaysRead, ()) {
  std::string text = "2023-02-28";
  for (int i = *rc::gen::inRange(0, 4); i > 0; --i) {
    text[*rc::gen::inRange<std::size_t>(0, text.size())] =
        *rc::gen::element('0', '1', '2', '3', '9', '-', '/', ':', ' ', '\xE9', '\0');
  }
  std::optional<Day> expected = parse_iso_day(text);
  if (expected && (year_of(*expected) < 1800 || year_of(*expected) > 2199)) {
    expected.reset();
  }
  RC_ASSERT(fast_iso_day(text) == expected);
}

TEST(Cells, ATimeOfDayAfterADateIsDropped) {
  const DayCell iso(Calendar::dates, "%Y-%m-%d");
  const std::optional<Day> day = day_of(2024, 2, 29);
  for (const char* text : {"2024-02-29", "2024-02-29T23:59:59Z", "2024-02-29 00:00:00.000",
                           "2024-02-29T01:00+02:00"}) {
    EXPECT_EQ(iso.read(text), day) << text;
  }
  for (const char* text : {"2024-02-29 noon", "2024-02-29T", "2024-02-30", "29/02/2024", ""}) {
    EXPECT_EQ(iso.read(text), std::nullopt) << text;
  }
  EXPECT_EQ(DayCell(Calendar::dates, "%d.%m.%Y").read("29.2.2024 08:30"), day);
}

TEST(Cells, DaysAndOrdersAreWholeNumbers) {
  const DayCell days(Calendar::days, "%Y-%m-%d");
  EXPECT_EQ(days.read("-459"), Day{-459});
  EXPECT_EQ(days.read("2147483647"), Day{2147483647});
  for (const char* text : {"2147483648", "1.5", "", "2024-01-01", "+3", "3 "}) {
    EXPECT_EQ(days.read(text), std::nullopt) << text;
  }
}

TEST(Cells, NumbersAreFiniteAndWhole) {
  EXPECT_EQ(read_number("-1.5e3", '.'), -1500);
  EXPECT_EQ(read_number("12,5", ','), 12.5);
  for (const char* bad : {"", "1,5", "nan", "inf", "1e999", "<5", "0x10", "7 "}) {
    EXPECT_EQ(read_number(bad, '.'), std::nullopt) << bad;
  }
  EXPECT_EQ(read_number("1.234", ','), std::nullopt);
  EXPECT_EQ(read_number(std::string(65, '1'), ','), std::nullopt);
}

}  // namespace
}  // namespace parcours::ingest
