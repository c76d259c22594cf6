#include "crowds/beyond_count.h"

#include <gtest/gtest.h>

#include "vault/testing/worlds.h"

namespace parcours::crowds {
namespace {

// Two practices: P1 sent days 0 to 1000, P2 days 500 to 1000. Both patients of P2 and one of P1
// have their index day so early that a year before it lies before what their practice sent.
TEST(BeyondCount, CountsPatientsAndPracticesAtEachEndOfEachWindow) {
  const auto small = vault::SmallVault::make({.buckets = 2});
  ASSERT_TRUE(small);
  const records::PatientId cid{3, 12};
  const records::PatientId dot{4, 13};
  const std::string other = "J10";
  ASSERT_TRUE(small->import({{"P1",
                              "all",
                              {{.id = vault::ann}, {.id = vault::ben}},
                              {{.patient = vault::ann, .day = 0, .code = other},
                               {.patient = vault::ann, .day = 600},
                               {.patient = vault::ben, .day = 10},
                               {.patient = vault::ben, .day = 1000, .code = other}}},
                             {"P2",
                              "all",
                              {{.id = cid}, {.id = dot}},
                              {{.patient = cid, .day = 500, .code = other},
                               {.patient = cid, .day = 510},
                               {.patient = dot, .day = 980},
                               {.patient = dot, .day = 1000, .code = other}}}}));
  const auto study = study::parse_study(R"([study]
id = "s"
title = "S"
rules = "r"
[population]
index = { first = "diagnosis:J45*" }
[variables]
sex = { field = "sex" }
before = { any = "diagnosis:*", within = [-365, -1] }
after = { any = "diagnosis:*", within = [1, 90] }
[[table]]
id = "t"
by = ["sex"]
)",
                                        "s.toml", Calendar::dates);
  ASSERT_TRUE(study) << study.error().sentence();
  const auto vault = small->open();
  ASSERT_TRUE(vault);
  const auto plan = study::Plan::make(*study, vault->codes(), vocabulary::Vocabulary::built_in(),
                                      vault->practices(), vault->calendar(), {});
  ASSERT_TRUE(plan) << plan.error().sentence();
  const auto windows = study::windows_of(*study, vocabulary::Vocabulary::built_in());
  Progress progress(Progress::Manner::none);
  const Stop stop;
  const auto counted = count_beyond(*vault, *plan, windows, progress, stop);
  ASSERT_TRUE(counted) << counted.error().sentence();
  EXPECT_EQ(counted->patients, 4u);
  EXPECT_EQ(counted->practices, 2u);
  ASSERT_EQ(counted->windows.size(), 2u);
  EXPECT_EQ(counted->windows[0].before.patients, 2u);  // vault::ben, cid
  EXPECT_EQ(counted->windows[0].before.practices, 2u);
  EXPECT_EQ(counted->windows[0].after.patients, 0u);
  EXPECT_EQ(counted->windows[1].after.patients, 1u);  // dot
  EXPECT_EQ(counted->windows[1].after.practices, 1u);
}

}  // namespace
}  // namespace parcours::crowds
