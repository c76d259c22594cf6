#include "vault/compact.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "vault/catalog.h"
#include "vault/status.h"
#include "vault/testing/worlds.h"

namespace parcours::vault {
namespace {

namespace fs = std::filesystem;

Result<CompactSummary> tidy(const SmallVault& small) {
  Progress progress(Progress::Manner::none);
  const Stop stop;
  return compact(small.path(), progress, stop);
}

std::size_t files_on_disk(const fs::path& vault) {
  std::size_t files = 0;
  for (const auto& entry : fs::recursive_directory_iterator(vault)) {
    files += entry.path().extension() == ".parquet" ? 1 : 0;
  }
  return files;
}

SmallVault twice_sent() {
  SmallVault small = *SmallVault::make({.buckets = 1});
  EXPECT_TRUE(small.import(
      {{"P1", "2024", {{.id = ann}, {.id = ben}}, {{.patient = ann}, {.patient = ben}}}}));
  EXPECT_TRUE(small.import(
      {{"P1", "2024", {{.id = ann}}, {{.patient = ann, .day = 2}, {.patient = ann, .day = 1}}}}));
  return small;
}

TEST(Compact, RemovesDeadRowsFromTheDisk) {
  const SmallVault small = twice_sent();
  EXPECT_EQ(status_of(*small.open())->dead_rows, 4);
  const Result<CompactSummary> summary = tidy(small);
  ASSERT_TRUE(summary) << summary.error().sentence();
  EXPECT_EQ(summary->buckets, 2);
  EXPECT_EQ(summary->rows_removed, 4);
  EXPECT_EQ(summary->files_before, 4);
  EXPECT_EQ(summary->files_after, 2);
  EXPECT_EQ(files_on_disk(small.path()), 2);

  const VaultStatus status = *status_of(*small.open());
  EXPECT_EQ(status.dead_rows, 0);
  EXPECT_EQ(status.patients, 1);
  EXPECT_EQ(status.events, 2);
}

TEST(Compact, RemovesAJournalThatACrashLeftBeforeItWasBegun) {
  const SmallVault small = twice_sent();
  ASSERT_TRUE(tidy(small));
  const fs::path journal = small.path() / "catalog.sqlite-journal";
  std::ofstream(journal).flush();
  ASSERT_TRUE(fs::exists(journal));
  ASSERT_TRUE(tidy(small));
  EXPECT_FALSE(fs::exists(journal));
}

TEST(Compact, LeavesATidyVaultAlone) {
  const SmallVault small = twice_sent();
  ASSERT_TRUE(tidy(small));
  EXPECT_EQ(tidy(small)->buckets, 0);
}

TEST(Compact, SortsAPatientsEventsByDay) {
  const SmallVault small = twice_sent();
  ASSERT_TRUE(tidy(small));
  const Vault vault = *small.open();
  BucketReader reader = *vault.reader({.day = true});
  const records::Record record = (*reader.read(0))->record(0);
  EXPECT_EQ(record.days[0].number, 1);
  EXPECT_EQ(record.days[1].number, 2);
}

TEST(Compact, StoppedItLeavesTheVaultReadable) {
  const SmallVault small = twice_sent();
  Progress progress(Progress::Manner::none);
  Stop stop;
  stop.request();
  const Result<CompactSummary> summary = compact(small.path(), progress, stop);
  ASSERT_FALSE(summary);
  EXPECT_EQ(summary.error().fault, Fault::stopped);
  EXPECT_EQ(small.open()->event_count(), 2);
}

// G1 of vault.h, G3 of compact.h.
TEST(Compact, G3_AnOpenVaultReadsOnUndisturbed) {
  const SmallVault small = twice_sent();
  {
    const Vault before = *small.open();
    BucketReader reader = *before.reader({});
    ASSERT_TRUE(tidy(small));
    EXPECT_GT(files_on_disk(small.path()), 2);
    const Result<const Bucket*> bucket = reader.read(0);
    ASSERT_TRUE(bucket) << bucket.error().sentence();
    EXPECT_EQ((*bucket)->events(), 2);
  }
  ASSERT_TRUE(tidy(small));
  EXPECT_EQ(files_on_disk(small.path()), 2);
}

TEST(Compact, AReaderKeepsTheFilesThoughItsVaultIsGone) {
  const SmallVault small = twice_sent();
  BucketReader reader = *small.open()->reader({});
  ASSERT_TRUE(tidy(small));
  EXPECT_EQ((*reader.read(0))->events(), 2);
}

TEST(Status, CountsByKindAndPackage) {
  const SmallVault small = twice_sent();
  ASSERT_TRUE(small.import({{"P2",
                             "2024",
                             {{.id = ben, .place = "69"}},
                             {{.patient = ann, .day = 9, .kind = "lab", .value = 1}}}}));
  const VaultStatus status = *status_of(*small.open());
  EXPECT_EQ(status.events_by_kind,
            (std::vector<std::pair<std::string, std::uint64_t>>{{"diagnosis", 2}, {"lab", 1}}));
  EXPECT_EQ(status.patients, 2);
  EXPECT_EQ(status.practices, 2);
  EXPECT_EQ(status.codes, 3);
  EXPECT_EQ(status.packages_living, 2);
  EXPECT_EQ(status.packages_replaced, 1);
  EXPECT_EQ(status.period->first.number, 1);
  EXPECT_EQ(status.period->last.number, 9);
  EXPECT_GT(status.bytes, 1000);
}

}  // namespace
}  // namespace parcours::vault
