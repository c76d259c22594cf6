#include "ingest/written_day.h"

#include <gtest/gtest.h>

namespace parcours::ingest {
namespace {

TEST(WrittenDay, IsTheDayAsWrittenWhateverTheTimeAndItsZone) {
  for (const char* text :
       {"2023-05-04", "2023-05-04T23:59:59-11:00", "2023-05-04T00:00:00.000Z",
        "2023-05-04 10:30:00", "20230504", "202305042359", "20230504235959.123+0200"}) {
    const auto read = read_written_day(text);
    ASSERT_TRUE(read) << text;
    EXPECT_EQ(read->day, *parse_iso_day("2023-05-04")) << text;
    EXPECT_EQ(read->precision, Precision::days) << text;
  }
}

TEST(WrittenDay, OfAMonthOrAYearStaysOne) {
  EXPECT_EQ(read_written_day("2023-05")->precision, Precision::months);
  EXPECT_EQ(read_written_day("202305")->precision, Precision::months);
  EXPECT_EQ(read_written_day("2023")->precision, Precision::years);
}

TEST(WrittenDay, IsNoOtherText) {
  for (const char* text :
       {"", "23", "2023-", "2023-5-4", "2023-13", "2023-02-30", "20230230", "2023-05-04x",
        "2023-05-04 Dupont", "1799-12-31", "2200-01-01", "04/05/2023", "2023-05_04", "2023050"}) {
    EXPECT_FALSE(read_written_day(text)) << text;
  }
}

}  // namespace
}  // namespace parcours::ingest
