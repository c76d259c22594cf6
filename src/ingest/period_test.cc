#include "ingest/period.h"

#include <gtest/gtest.h>

namespace parcours::ingest {
namespace {

TEST(Period, IsALabel) {
  for (const std::string good : {"2024", "2024-03", "2023-01-01..2025-12-31", "T1_2024+corr",
                                 "a234567890123456789012345678901234567890"}) {
    EXPECT_TRUE(check_period(good, "m.toml:2")) << good;
  }
}

TEST(Period, IsNoFreeText) {
  for (const std::string bad :
       {"", "of Mrs Dupont", "2024/03", "2024\n", "\x1b[2J", "mars \xc3\xa9 2024",
        "a2345678901234567890123456789012345678901"}) {
    const Status status = check_period(bad, "m.toml:2");
    ASSERT_FALSE(status) << bad;
    EXPECT_EQ(status.error().fault, Fault::input);
    EXPECT_EQ(status.error().where, "m.toml:2");
    EXPECT_TRUE(bad.empty() || status.error().sentence().find(bad) == std::string::npos);
  }
}

}  // namespace
}  // namespace parcours::ingest
