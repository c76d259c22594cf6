#include "vault/earlier_sends.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/random.h"
#include "vault/compact.h"
#include "vault/formal.h"
#include "vault/testing/damage.h"
#include "vault/testing/permits.h"
#include "vault/testing/worlds.h"
#include "vault/vault_check.h"
#include "vault/walk.h"

namespace parcours::vault {
namespace {

Day years_from_now(int years, int days = 0) {
  return formalities::years_before(today(), -years) + days;
}

std::string kept_for(const std::string& reference, int years, const std::string& supersedes = {},
                     Calendar calendar = Calendar::dates) {
  std::string text = broad_permit(calendar, reference);
  if (!supersedes.empty()) {
    text.insert(text.find("rules "), "supersedes = \"" + supersedes + "\"\n");
  }
  return text.replace(text.find("years = 100"), 11, fmt::format("years = {}", years));
}

// A vault whose records are kept for two years from their collection.
SmallVault kept_for_two_years(Calendar calendar = Calendar::dates) {
  SmallVault small = *SmallVault::make({.calendar = calendar, .buckets = 2});
  EXPECT_TRUE(enter_signed(small.path(), kept_for("T-2", 2, test_permit, calendar)));
  return small;
}

Result<ImportSummary> send(const SmallVault& small, std::vector<SmallPatient> patients,
                           std::vector<SmallEvent> events, Day day = today(),
                           const std::string& permit = "T-2") {
  return import_packages(small.place(), small.key(),
                         {{"P1", "all", std::move(patients), std::move(events)}},
                         {.threads = 1, .memory_megabytes = 100, .permit = permit, .day = day});
}

// As if the last send had come on that day.
void came_on(const SmallVault& small, Day day) {
  ASSERT_TRUE(edit_catalog(
      small.path(), fmt::format("UPDATE packages SET imported_at = '{}T12:00:00Z' WHERE id = "
                                "(SELECT max(id) FROM packages)",
                                to_string(day, Calendar::dates))));
}

// The patients and the days of their events that a vault reads on a day.
std::multiset<std::string> found_on(const SmallVault& small, Day day) {
  const Vault vault = *Vault::open(small.path(), day);
  Progress none(Progress::Manner::none);
  std::multiset<std::string> all;
  EXPECT_TRUE(for_buckets(vault, {.day = true}, "", none, Stop(), [&](const Bucket& bucket) {
    for (std::size_t i = 0; i < bucket.patients(); ++i) {
      const records::Record record = bucket.record(i);
      all.insert(fmt::format("{}", record.patient.id.high));
      for (std::size_t e = 0; e < record.size(); ++e) {
        all.insert(fmt::format("{} {}", record.patient.id.high, record.days[e].number));
      }
    }
  }));
  return all;
}

bool compacted_on(const SmallVault& small, Day day) {
  Progress none(Progress::Manner::none);
  const auto done = compact(small.path(), none, Stop(), {.day = day});
  const auto check = check_vault(small.path(), 1, none, Stop());
  return done && check && check->whole();
}

const Day old_fact = years_from_now(-2, 9);
const Day new_fact = years_from_now(0, -100);
const std::string ann_old = fmt::format("1 {}", old_fact.number);
const std::string ann_new = fmt::format("1 {}", new_fact.number);

// A year ago with one fact; now again, with one more.
SmallVault sent_again() {
  SmallVault small = kept_for_two_years();
  EXPECT_TRUE(send(small, {{.id = ann}}, {{.patient = ann, .day = old_fact.number}}));
  came_on(small, years_from_now(-1));
  EXPECT_TRUE(
      send(small, {{.id = ann}, {.id = ben}},
           {{.patient = ann, .day = old_fact.number}, {.patient = ann, .day = new_fact.number}}));
  return small;
}

TEST(EarlierSends, G1AFactThatIsSentAgainIsKeptFromItsFirstCollection) {
  const SmallVault small = sent_again();
  EXPECT_TRUE(found_on(small, years_from_now(1)).contains(ann_old));
  EXPECT_FALSE(found_on(small, years_from_now(1, 1)).contains(ann_old));
}

TEST(EarlierSends, AFactThatCannotHaveComeBeforeIsKeptFromTheSendThatBroughtIt) {
  const SmallVault small = sent_again();
  EXPECT_TRUE(found_on(small, years_from_now(2)).contains(ann_new));
  EXPECT_TRUE(found_on(small, years_from_now(2, 1)).empty());
}

TEST(EarlierSends, APatientOfWhomNoFactIsLeftGoesWithTheSendThatMayHaveBroughtThem) {
  const SmallVault small = sent_again();
  const std::multiset<std::string> both = {"1", ann_old, ann_new, "2"};
  EXPECT_EQ(found_on(small, years_from_now(1)), both);
  EXPECT_EQ(found_on(small, years_from_now(1, 1)), (std::multiset<std::string>{"1", ann_new}));
}

TEST(EarlierSends, WhatIsOverLeavesTheDiskAndStaysAway) {
  const SmallVault small = sent_again();
  const std::multiset<std::string> left = found_on(small, years_from_now(1, 1));
  ASSERT_TRUE(compacted_on(small, years_from_now(1, 1)));
  EXPECT_EQ(found_on(small, years_from_now(1, 1)), left);
  EXPECT_EQ(found_on(small, today()), left);  // whatever the day: it is deleted
}

TEST(EarlierSends, AFactWhoseTimeIsOverDoesNotEnterAgain) {
  const SmallVault small = sent_again();
  const auto again =
      send(small, {{.id = ann}, {.id = ben}},
           {{.patient = ann, .day = old_fact.number}, {.patient = ann, .day = new_fact.number}},
           years_from_now(1, 1));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->cut.expired, 1u);
  EXPECT_EQ(again->events, 1u);
  EXPECT_EQ(again->patients, 1u);
}

TEST(EarlierSends, ACompactionThatDeletesAllOfAPeriodRemembersThatItWasSent) {
  const SmallVault small = sent_again();
  ASSERT_TRUE(compacted_on(small, years_from_now(2, 1)));
  EXPECT_TRUE(small.open()->catalog().files.empty());
  ASSERT_TRUE(compacted_on(small, years_from_now(2, 1)));  // with nothing more to do
  const auto again =
      send(small, {}, {{.patient = ann, .day = old_fact.number}}, years_from_now(2, 1));
  ASSERT_TRUE(again);
  EXPECT_EQ(again->cut.expired, 1u);
}

TEST(EarlierSends, UnderAnotherFormalityTheSamePeriodIsCollectedAnew) {
  const SmallVault small = sent_again();
  ASSERT_TRUE(enter_signed(small.path(), kept_for("OTHER", 2)));
  ASSERT_TRUE(
      send(small, {}, {{.patient = ann, .day = old_fact.number}}, years_from_now(2, 1), "OTHER"));
  EXPECT_TRUE(found_on(small, today()).contains(ann_old));
}

TEST(EarlierSends, APermitThatTakesThePlaceOfAnotherDoesNotBeginTheRetentionAnew) {
  const SmallVault small = sent_again();
  ASSERT_TRUE(enter_signed(small.path(), kept_for("T-3", 2, "T-2")));
  ASSERT_TRUE(send(small, {}, {{.patient = ann, .day = old_fact.number}}, today(), "T-3"));
  EXPECT_TRUE(found_on(small, years_from_now(1)).contains(ann_old));
  EXPECT_TRUE(found_on(small, years_from_now(1, 1)).empty());
}

// Nobody knows which facts the first send had.
TEST(EarlierSends, WithoutDatesAllOfAPeriodIsKeptFromItsFirstSend) {
  const SmallVault small = kept_for_two_years(Calendar::days);
  ASSERT_TRUE(send(small, {{.id = ann}}, {{.patient = ann, .day = 5}}));
  came_on(small, years_from_now(-1));
  ASSERT_TRUE(send(small, {{.id = ann}}, {{.patient = ann, .day = 5}, {.patient = ann, .day = 9}}));
  EXPECT_FALSE(found_on(small, years_from_now(1)).empty());
  EXPECT_TRUE(found_on(small, years_from_now(1, 1)).empty());
}

// The slow twin: a practice whose every send has all facts up to its day.
TEST(EarlierSends, G1InRandomWorldsEachFactIsKeptFromTheFirstSendThatHadIt) {
  const SmallVault small = kept_for_two_years();
  Catalog catalog = *Catalog::open(small.path(), Sqlite::Access::read);
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    Random random(seed);
    CatalogContents contents = *catalog.read();
    std::vector<Day> sends;
    const std::size_t count = 1 + random.below(4);
    while (sends.size() < count) {
      sends.push_back(today() + static_cast<std::int32_t>(random.below(1500)));
    }
    std::ranges::sort(sends);
    for (std::size_t i = 0; i < count; ++i) {
      contents.packages.push_back(
          {.id = static_cast<rows::PackageId>(i),
           .imported_at = to_string(sends[i], Calendar::dates) + "T12:00:00Z",
           .permit = "T-2"});
      if (i + 1 < count) {
        contents.packages.back().replaced_by = static_cast<rows::PackageId>(i + 1);
      }
    }
    const Day now = sends.back() + static_cast<std::int32_t>(random.below(1000));
    const Day over = formalities::years_before(now, 2);
    const EarlierSends earlier(contents, now);
    for (Day fact = sends.front() + -5; fact <= sends.back(); fact = fact + 1) {
      const Day collected = *std::ranges::lower_bound(sends, fact);
      const bool kept =
          fact >= earlier.first_fact(contents.packages.back()) && sends.back() >= over;
      EXPECT_EQ(kept, collected >= over) << "seed " << seed;
    }
  }
}

}  // namespace
}  // namespace parcours::vault
