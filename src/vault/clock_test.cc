#include "vault/clock.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formalities/retention.h"
#include "vault/compact.h"
#include "vault/formal.h"
#include "vault/testing/damage.h"
#include "vault/testing/permits.h"
#include "vault/testing/worlds.h"

namespace parcours::vault {
namespace {

using testing::HasSubstr;
using testing::StartsWith;

SmallVault one_send() {
  SmallVault small = *SmallVault::make({.buckets = 2});
  EXPECT_TRUE(small.import({{"P1", "2024", {{.id = ann}}, {{.patient = ann}}}}));
  return small;
}

// As if all of it had been written on that day: to the vault, the clock of today is behind then.
void write_as_of(const SmallVault& small, const std::string& day) {
  const std::string moment = "'" + day + "T12:00:00Z'";
  ASSERT_TRUE(edit_catalog(small.path(), "UPDATE clock SET noted = " + moment +
                                             "; UPDATE packages SET imported_at = " + moment));
}

std::string noted_day(const SmallVault& small) {
  Catalog catalog = *Catalog::open(small.path(), Sqlite::Access::read);
  return catalog.read()->noted_at.substr(0, 10);
}

Result<CompactSummary> compacted_now(const SmallVault& small) {
  Progress silent(Progress::Manner::none);
  return compact(small.path(), silent, Stop());
}

std::string correction(const SmallVault& small, const std::string& newest, Day day) {
  const formalities::Formalities formalities = *formalities_of(small.path());
  return text_of(formalities::ClockAct{.newest = *parse_iso_day(newest),
                                       .today = day,
                                       .why = "the battery was empty",
                                       .vault = formalities.vault(),
                                       .after = formalities.acts()});
}

TEST(Clock, G1_AVaultIsNotOpenedByAClockThatIsBehindItsNewestMoment) {
  const SmallVault small = one_send();
  write_as_of(small, "2199-06-01");
  const Result<Vault> opened = small.open();
  ASSERT_FALSE(opened);
  EXPECT_EQ(opened.error().fault, Fault::machine);
  EXPECT_THAT(opened.error().found, HasSubstr("says " + to_string(today(), Calendar::dates) +
                                              ", but the vault was written to on 2199-06-01"));
  EXPECT_THAT(opened.error().right, HasSubstr("parcours vault clock"));
}

TEST(Clock, G1_NothingIsEnteredNotedImportedOrDeletedByAClockThatIsBehind) {
  const SmallVault small = one_send();
  write_as_of(small, "2199-06-01");
  EXPECT_FALSE(small.import({{"P1", "2025", {}, {{.patient = ann}}}}));
  EXPECT_FALSE(enter_signed(small.path(), broad_permit(Calendar::dates, "T-2")));
  EXPECT_FALSE(note_objections(small.path(), {ann}));
  EXPECT_FALSE(withdraw_objections(small.path(), {ann}));
  EXPECT_FALSE(compacted_now(small));
  EXPECT_EQ(noted_day(small), "2199-06-01");
}

TEST(Clock, EveryWriteNotesItsDay) {
  const std::string now = to_string(today(), Calendar::dates);
  const auto notes = [&](auto write) {
    const SmallVault small = one_send();
    write_as_of(small, "2001-01-01");
    write(small);
    return noted_day(small) == now;
  };
  EXPECT_TRUE(notes([](const SmallVault& small) {
    EXPECT_TRUE(small.import({{"P2", "2024", {}, {{.patient = ann}}}}));
  }));
  EXPECT_TRUE(notes([](const SmallVault& small) {
    EXPECT_TRUE(enter_signed(small.path(), broad_permit(Calendar::dates, "T-2")));
  }));
  EXPECT_TRUE(
      notes([](const SmallVault& small) { EXPECT_TRUE(note_objections(small.path(), {ann})); }));
  EXPECT_TRUE(notes([](const SmallVault& small) {
    EXPECT_TRUE(note_answer(small.path(), test_keeper().public_key()));
  }));
  EXPECT_TRUE(notes([](const SmallVault& small) {
    Catalog catalog = *Catalog::open(small.path(), Sqlite::Access::write);
    const PastMark mark = catalog.read()->past;
    EXPECT_TRUE(catalog.mark_past(mark, mark));
  }));
}

TEST(Clock, ACompactionNotesItsDayAlsoWhereNothingIsToDo) {
  const SmallVault small = one_send();
  ASSERT_TRUE(compacted_now(small));
  write_as_of(small, "2001-01-01");
  ASSERT_EQ(compacted_now(small)->buckets, 0);
  EXPECT_EQ(noted_day(small), to_string(today(), Calendar::dates));
}

TEST(Clock, AnImportAtAWrongDateInTheFutureIsCorrectedByAnActOfAKeeper) {
  const SmallVault small = one_send();
  write_as_of(small, "2199-06-01");
  ASSERT_TRUE(enter_signed(small.path(), correction(small, "2199-06-01", today())));
  const Result<Vault> opened = small.open();
  ASSERT_TRUE(opened);
  EXPECT_EQ(opened->event_count(), 1);
  EXPECT_THAT(opened->catalog().packages.front().imported_at,
              StartsWith(to_string(today(), Calendar::dates)));
  EXPECT_EQ(noted_day(small), to_string(today(), Calendar::dates));
}

TEST(Clock, WhatWasCollectedUnderAWrongDateIsKeptFromTheDayOfTheCorrection) {
  const SmallVault small = one_send();
  write_as_of(small, "2199-06-01");
  ASSERT_TRUE(enter_signed(small.path(), correction(small, "2199-06-01", today())));
  const Day after_a_century = formalities::years_before(today(), -101);
  EXPECT_EQ(Vault::open(small.path(), after_a_century)->event_count(), 0);
}

TEST(Clock, ACorrectionServesTheMistakeAndTheDayForWhichItWasSigned) {
  const SmallVault small = one_send();
  write_as_of(small, "2199-06-01");
  const Status other = enter_signed(small.path(), correction(small, "2199-07-01", today()));
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().fault, Fault::rule);
  EXPECT_THAT(other.error().found, HasSubstr("on 2199-07-01, and it was on 2199-06-01"));
  const Status old = enter_signed(small.path(), correction(small, "2199-06-01", today() + -1));
  ASSERT_FALSE(old);
  EXPECT_EQ(old.error().fault, Fault::rule);
}

TEST(Clock, ACorrectedActCountsFromTheCorrection) {
  const SmallVault small = one_send();
  ASSERT_TRUE(edit_catalog(small.path(),
                           "UPDATE acts SET entered_at = '2199-06-01T12:00:00Z' WHERE id = 1; "
                           "UPDATE clock SET noted = '2199-06-01T12:00:00Z'"));
  ASSERT_TRUE(enter_signed(small.path(), correction(small, "2199-06-01", today())));
  const formalities::Formalities formalities = *formalities_of(small.path());
  EXPECT_THAT(formalities.permit(test_permit)->entered_at,
              StartsWith(to_string(today(), Calendar::dates)));
}

}  // namespace
}  // namespace parcours::vault
