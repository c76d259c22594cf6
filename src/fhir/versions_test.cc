#include "fhir/versions.h"

#include <fmt/format.h>
#include <gtest/gtest.h>

namespace parcours::fhir {
namespace {

TEST(Versions, AnInstantIsTheSameInEveryZone) {
  EXPECT_EQ(instant_of("1970-01-01T00:00:01Z"), 1'000'000);
  EXPECT_EQ(instant_of("1970-01-01T00:00:01.25Z"), 1'250'000);
  EXPECT_EQ(instant_of("1970-01-01T02:30:01+02:30"), 1'000'000);
  EXPECT_EQ(instant_of("1969-12-31T23:00:01-01:00"), 1'000'000);
  for (const char* text :
       {"", "1970", "1970-01-01", "1970-01-01T00:00Z", "1970-01-01T00:00:01", "19700101T000000000Z",
        "1970-01-01T00:00:01+2", "1970-13-01T00:00:01Z"}) {
    EXPECT_EQ(instant_of(text), 0) << text;
  }
}

TEST(Versions, OnlyNamesThatStandTwiceAreKept) {
  Versions versions;
  versions.expect(std::uint64_t{100'000} * 512);
  for (int i = 0; i < 100'000; ++i) {
    versions.note(fmt::format("Condition/{}", i));
  }
  versions.note("Condition/7");
  versions.noted();
  EXPECT_TRUE(versions.stands_twice("Condition/7"));
  int taken_for_twice = 0;
  for (int i = 0; i < 100'000; ++i) {
    taken_for_twice += versions.stands_twice(fmt::format("Condition/{}", i)) ? 1 : 0;
  }
  EXPECT_LT(taken_for_twice, 1'000);
}

TEST(Versions, TheFirstOfTheLatestCounts) {
  Versions versions;
  versions.expect(0);
  versions.note("Condition/1");
  versions.note("Condition/1");
  versions.noted();
  versions.add("Condition/1", {.number = 1}, {0, 1, 0});
  versions.add("Condition/1", {.number = 2}, {0, 2, 0});
  versions.add("Condition/1", {.number = 2}, {1, 1, 0});
  EXPECT_FALSE(versions.counts("Condition/1", {0, 1, 0}));
  EXPECT_TRUE(versions.counts("Condition/1", {0, 2, 0}));
  EXPECT_FALSE(versions.counts("Condition/1", {1, 1, 0}));
  EXPECT_TRUE(versions.counts("Condition/2", {1, 1, 0}));
}

}  // namespace
}  // namespace parcours::fhir
