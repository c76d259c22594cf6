#include "vault/forget.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "vault/catalog.h"
#include "vault/compact.h"
#include "vault/status.h"
#include "vault/testing/worlds.h"
#include "vocabulary/kinds.h"

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

Result<ForgetSummary> forget_in(const SmallVault& small, const ToForget& what) {
  Progress progress(Progress::Manner::none);
  const Stop stop;
  return forget(small.path(), what, progress, stop);
}

Status compact_it(const SmallVault& small) {
  Progress progress(Progress::Manner::none);
  const Stop stop;
  const Result<CompactSummary> summary = compact(small.path(), progress, stop);
  return summary ? Status() : std::unexpected(summary.error());
}

std::vector<std::string> holding(const SmallVault& small, const std::string& text) {
  return files_holding(small.path(), text);
}

// "day code" of all events, and the places of the patients, in order.
std::vector<std::string> told_by(const Vault& vault) {
  std::vector<std::string> told;
  BucketReader reader = *vault.reader({.day = true});
  for (int b = 0; b < vault.buckets(); ++b) {
    const Bucket* bucket = *reader.read(b);
    for (std::size_t i = 0; i < bucket->patients(); ++i) {
      const records::Record record = bucket->record(i);
      if (record.patient.place != vocabulary::no_code) {
        told.push_back("lives in " + vault.codes().at(record.patient.place).code);
      }
      for (std::size_t e = 0; e < record.size(); ++e) {
        told.push_back(std::to_string(record.days[e].number) + " " +
                       vault.codes().at(record.codes[e]).code);
      }
    }
  }
  std::ranges::sort(told);
  return told;
}
using Texts = std::vector<std::string>;

// Two practices, two periods, and names where codes should be.
SmallVault slipped() {
  SmallVault small = *SmallVault::make({.buckets = 3});
  EXPECT_TRUE(small.import({{"P1",
                             "2023",
                             {{.id = ann, .place = "Secretville"}},
                             {{.patient = ann, .day = 1, .code = "J45"},
                              {.patient = ann, .day = 2, .code = "DUPONT-SECRET"}}},
                            {"P2", "2023", {{.id = ben, .place = "75"}}, {{.patient = ben}}}}));
  EXPECT_TRUE(small.import({{"P1", "2024", {}, {{.patient = ann, .day = 3, .code = "E11"}}},
                            {"P2", "2024", {}, {{.patient = ben, .day = 9, .code = "I10"}}}}));
  EXPECT_THAT(holding(small, "DUPONT-SECRET"), testing::ElementsAre("catalog.sqlite"));
  return small;
}

void expect_counts_right(const SmallVault& small) {
  const Vault vault = *small.open();
  const VaultStatus status = *status_of(vault);
  EXPECT_EQ(status.dead_rows, 0);
  std::size_t events = 0;
  BucketReader reader = *vault.reader({});
  for (int b = 0; b < vault.buckets(); ++b) {
    events += (*reader.read(b))->events();
  }
  EXPECT_EQ(events, status.events);
}

TEST(Forget, G1_APackageAndWhatOnlyItBroughtAreGoneFromEveryByte) {
  const SmallVault small = slipped();
  const Result<ForgetSummary> summary =
      forget_in(small, PackageToForget{small.practice("P1"), "2023"});
  ASSERT_TRUE(summary) << summary.error().sentence();
  EXPECT_EQ(summary->packages, 1);
  EXPECT_EQ(summary->practices, 0);
  EXPECT_EQ(summary->codes, 2);  // the name and the place; J45 is Ben's too
  EXPECT_EQ(summary->rows_removed, 3);
  EXPECT_EQ(holding(small, "DUPONT"), Texts());
  EXPECT_EQ(holding(small, "Secretville"), Texts());
  EXPECT_EQ(told_by(*small.open()), (Texts{"0 J45", "3 E11", "9 I10", "lives in 75"}));
  EXPECT_EQ(small.open()->period()->first.number, 0);
  expect_counts_right(small);
}

TEST(Forget, G1_APracticeIsGoneWithItsName) {
  const SmallVault small = slipped();
  const std::string name = small.practice("P1");
  EXPECT_FALSE(holding(small, name).empty());
  const ForgetSummary summary = *forget_in(small, PracticeToForget{name});
  EXPECT_EQ(summary.packages, 2);
  EXPECT_EQ(summary.practices, 1);
  EXPECT_EQ(holding(small, name), Texts());
  EXPECT_EQ(told_by(*small.open()), (Texts{"0 J45", "9 I10", "lives in 75"}));
  expect_counts_right(small);

  // It may send again, and is then a practice like others.
  ASSERT_TRUE(small.import({{"P1", "2023", {}, {{.patient = ann, .day = 5}}}}));
  EXPECT_EQ(told_by(*small.open()).size(), 4);
  ASSERT_TRUE(compact_it(small));
  EXPECT_EQ(told_by(*small.open()).size(), 4);
}

TEST(Forget, G1_APeriodIsGoneOfAllPractices) {
  const SmallVault small = slipped();
  EXPECT_EQ(forget_in(small, PeriodToForget{"2023"})->packages, 2);
  EXPECT_EQ(holding(small, "2023"), Texts());
  EXPECT_EQ(holding(small, "DUPONT"), Texts());
  EXPECT_EQ(told_by(*small.open()), (Texts{"3 E11", "9 I10"}));
  expect_counts_right(small);
}

TEST(Forget, G1_ACodeIsGoneWithItsEvents) {
  const SmallVault small = slipped();
  const ForgetSummary summary = *forget_in(small, CodesToForget{"icd10", "DUPONT-SECRET"});
  EXPECT_EQ(summary.codes, 1);
  EXPECT_EQ(summary.rows_removed, 1);
  EXPECT_EQ(holding(small, "DUPONT"), Texts());
  EXPECT_EQ(told_by(*small.open()).size(), 6);
  expect_counts_right(small);
  EXPECT_EQ(forget_in(small, CodesToForget{"icd10", "I10"})->rows_removed, 1);
  EXPECT_EQ(small.open()->period()->last.number, 3);
}

TEST(Forget, G1_APlaceIsNotKnownAnyMoreAndItsPatientsStay) {
  const SmallVault small = slipped();
  const ForgetSummary summary = *forget_in(small, CodesToForget{"fr-department", std::nullopt});
  EXPECT_EQ(summary.codes, 2);
  EXPECT_EQ(summary.places_removed, 2);
  EXPECT_EQ(summary.rows_removed, 0);
  EXPECT_EQ(holding(small, "Secretville"), Texts());
  EXPECT_EQ(told_by(*small.open()), (Texts{"0 J45", "1 J45", "2 DUPONT-SECRET", "3 E11", "9 I10"}));
  EXPECT_EQ(small.open()->patient_count(), 2);
  expect_counts_right(small);
}

// A package that was sent again before is forgotten with the dead rows that it left.
TEST(Forget, G1_WhatWasReplacedIsForgottenToo) {
  const SmallVault small = slipped();
  ASSERT_TRUE(small.import({{"P1", "2023", {}, {{.patient = ann, .day = 1, .code = "J45"}}}}));
  EXPECT_FALSE(holding(small, "DUPONT").empty());
  EXPECT_EQ(forget_in(small, PackageToForget{small.practice("P1"), "2023"})->packages, 2);
  EXPECT_EQ(holding(small, "DUPONT"), Texts());
  expect_counts_right(small);
}

TEST(Forget, CompactionDropsTheCodesThatOnlyDeadRowsHad) {
  const SmallVault small = slipped();
  ASSERT_TRUE(small.import({{"P1", "2023", {}, {{.patient = ann, .day = 1, .code = "J45"}}}}));
  ASSERT_TRUE(compact_it(small));
  EXPECT_EQ(holding(small, "DUPONT"), Texts());
  EXPECT_EQ(holding(small, "Secretville"), Texts());
  EXPECT_EQ(told_by(*small.open()), (Texts{"0 J45", "1 J45", "3 E11", "9 I10", "lives in 75"}));
  // The numbers of the others have stayed, and a code may come back under a new one.
  ASSERT_TRUE(
      small.import({{"P3", "2025", {}, {{.patient = ann, .day = 7, .code = "DUPONT-SECRET"}}}}));
  EXPECT_THAT(told_by(*small.open()), testing::Contains("7 DUPONT-SECRET"));
}

TEST(Forget, G1_IsRefusedWhileSomebodyReads) {
  const SmallVault small = slipped();
  {
    const Vault reader = *small.open();
    const Result<ForgetSummary> summary = forget_in(small, PeriodToForget{"2023"});
    ASSERT_FALSE(summary);
    EXPECT_EQ(summary.error().fault, Fault::machine);
    EXPECT_EQ(told_by(reader).size(), 7);
  }
  EXPECT_TRUE(forget_in(small, PeriodToForget{"2023"}));
}

TEST(Forget, SaysThatNothingOfTheNameIsHere) {
  const SmallVault small = slipped();
  const Texts before = told_by(*small.open());
  for (const ToForget& what :
       {ToForget(PracticeToForget{"P1"}), ToForget(PracticeToForget{""}),
        ToForget(PackageToForget{small.practice("P1"), "2022"}), ToForget(PeriodToForget{""}),
        ToForget(CodesToForget{"", std::nullopt}), ToForget(CodesToForget{"icd10", "J46"})}) {
    const Result<ForgetSummary> summary = forget_in(small, what);
    ASSERT_FALSE(summary);
    EXPECT_EQ(summary.error().fault, Fault::input);
  }
  EXPECT_EQ(told_by(*small.open()), before);
}

TEST(Forget, StoppedItHasForgottenNothing) {
  const SmallVault small = slipped();
  Progress progress(Progress::Manner::none);
  Stop stop;
  stop.request();
  EXPECT_EQ(forget(small.path(), PeriodToForget{"2023"}, progress, stop).error().fault,
            Fault::stopped);
  EXPECT_EQ(told_by(*small.open()).size(), 7);
}

// Nothing of what a refused row says is stored, be the row before or behind good ones.
TEST(Forget, ACodeThatNoRowHasIsNeverStored) {
  const SmallVault small = *SmallVault::make({.buckets = 1});
  Import import = *Import::begin(small.path(), small.key(), {});
  import.codes().intern({vocabulary::find_kind("diagnosis"), "icd10", "DUPONT-SECRET"});
  import.package(import.practice("Dr MARTIN-SECRET"), "2024");
  ASSERT_TRUE(std::move(import).commit({}, Stop()));
  EXPECT_EQ(holding(small, "SECRET"), Texts());
  EXPECT_EQ(status_of(*small.open())->codes, 0);
}

}  // namespace
}  // namespace parcours::vault
