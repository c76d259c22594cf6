#include "vault/vault.h"

#include <gtest/gtest.h>

#include <map>

#include "vault/testing/worlds.h"

namespace parcours::vault {
namespace {

const records::PatientId cid{3, 13};

// Codes by patient, of all buckets, in order.
std::map<records::PatientId, std::vector<std::string>> codes_of(const Vault& vault) {
  std::map<records::PatientId, std::vector<std::string>> codes;
  BucketReader reader = *vault.reader({});
  for (int b = 0; b < vault.buckets(); ++b) {
    const Bucket* bucket = *reader.read(b);
    for (std::size_t i = 0; i < bucket->patients(); ++i) {
      const records::Record record = bucket->record(i);
      std::vector<std::string>& list = codes[record.patient.id];
      for (const vocabulary::CodeId code : record.codes) {
        list.push_back(vault.codes().at(code).code);
      }
      std::ranges::sort(list);
    }
  }
  return codes;
}

using Codes = std::map<records::PatientId, std::vector<std::string>>;

TEST(Vault, HandsOutEachPatientWithTheirEvents) {
  const SmallVault small = *SmallVault::make({.buckets = 4});
  ASSERT_TRUE(small.import({{"P1",
                             "2024",
                             {{.id = ann}, {.id = ben}},
                             {{.patient = ben, .code = "J45"},
                              {.patient = ann, .code = "E11"},
                              {.patient = ben, .code = "I10"}}}}));
  EXPECT_EQ(codes_of(*small.open()), (Codes{{ann, {"E11"}}, {ben, {"I10", "J45"}}}));
}

TEST(Vault, KnowsPatientsOfWhomOnlyEventsCame) {
  const SmallVault small = *SmallVault::make({.buckets = 1});
  ASSERT_TRUE(small.import({{"P1",
                             "2024",
                             {{.id = ann}, {.id = cid}},
                             {{.patient = ben, .code = "J45"}, {.patient = cid, .code = "E11"}}}}));
  EXPECT_EQ(codes_of(*small.open()), (Codes{{ann, {}}, {ben, {"J45"}}, {cid, {"E11"}}}));
}

TEST(Vault, JoinsTheEventsOfAPatientFromSeveralImports) {
  const SmallVault small = *SmallVault::make({.buckets = 1});
  ASSERT_TRUE(small.import(
      {{"P1", "2023", {{.id = ann}}, {{.patient = ann, .code = "E11"}, {.patient = ben}}}}));
  ASSERT_TRUE(
      small.import({{"P1", "2024", {}, {{.patient = ann, .code = "I10"}, {.patient = ben}}}}));
  EXPECT_EQ(codes_of(*small.open()), (Codes{{ann, {"E11", "I10"}}, {ben, {"J45", "J45"}}}));
}

// G2 of vault.h, G2 of import.h.
TEST(Vault, G2_APackageSentAgainReplacesTheOneBefore) {
  const SmallVault small = *SmallVault::make({.buckets = 2});
  ASSERT_TRUE(small.import(
      {{"P1", "2024", {{.id = ann}, {.id = ben}}, {{.patient = ann}, {.patient = ben}}},
       {"P2", "2024", {}, {{.patient = ann, .code = "E11"}}}}));
  const Result<ImportSummary> again =
      small.import({{"P1", "2024", {{.id = ann}}, {{.patient = ann, .code = "I10"}}}});
  ASSERT_TRUE(again);
  EXPECT_EQ(again->replaced, 1);
  const Vault vault = *small.open();
  EXPECT_EQ(codes_of(vault), (Codes{{ann, {"E11", "I10"}}}));
  EXPECT_EQ(vault.event_count(), 2);
  EXPECT_EQ(vault.patient_count(), 1);
}

TEST(Vault, TheNewestLivingPackageSaysWhoAPatientIs) {
  const SmallVault small = *SmallVault::make({.buckets = 1});
  ASSERT_TRUE(
      small.import({{"P1",
                     "2023",
                     {{.id = ann, .birth_year = 1950, .sex = records::Sex::female, .place = "69"}},
                     {}}}));
  ASSERT_TRUE(small.import(
      {{"P2", "2024", {{.id = ann, .birth_year = 1951, .sex = records::Sex::female}}, {}}}));
  const Vault vault = *small.open();
  BucketReader reader = *vault.reader({});
  const Bucket* bucket = *reader.read(0);
  ASSERT_EQ(bucket->patients(), 1);
  EXPECT_EQ(bucket->people[0].birth_year, 1951);
  EXPECT_EQ(bucket->people[0].practice, 1);
  EXPECT_EQ(bucket->people[0].place, vocabulary::no_code);
}

TEST(Vault, ReadsOnlyTheColumnsAskedFor) {
  const SmallVault small = *SmallVault::make({.buckets = 1});
  ASSERT_TRUE(
      small.import({{"P1",
                     "2024",
                     {},
                     {{.patient = ann, .day = 7, .value = 1.5}, {.patient = ann, .day = 9}}}}));
  const Vault vault = *small.open();
  BucketReader bare = *vault.reader({});
  const records::Record record = (*bare.read(0))->record(0);
  EXPECT_EQ(record.size(), 2);
  EXPECT_TRUE(record.days.empty() && record.values.empty() && record.practices.empty());

  BucketReader full = *vault.reader({.day = true, .practice = true, .value = true});
  const records::Record all = (*full.read(0))->record(0);
  EXPECT_EQ(all.days[0].number, 7);
  EXPECT_EQ(all.days[1].number, 9);
  EXPECT_EQ(all.values[0], 1.5);
  EXPECT_FALSE(records::has_value(all.values[1]));
  EXPECT_EQ(all.practices[1], 0);
}

TEST(Vault, SaysItsPeriodAndNames) {
  const SmallVault small = *SmallVault::make({.calendar = Calendar::days, .buckets = 2});
  EXPECT_FALSE(small.open()->period());
  ASSERT_TRUE(
      small.import({{"P1", "a", {}, {{.patient = ann, .day = -3}, {.patient = ben, .day = 40}}}}));
  const Vault vault = *small.open();
  EXPECT_EQ(vault.calendar(), Calendar::days);
  EXPECT_EQ(vault.period()->first.number, -3);
  EXPECT_EQ(vault.period()->last.number, 40);
  EXPECT_EQ(vault.practices(), std::vector<std::string>{small.practice("P1")});
}

TEST(Vault, AnImportThatIsNotCommittedLeavesNothing) {
  const SmallVault small = *SmallVault::make({.buckets = 2});
  {
    Import import = *Import::begin(small.path(), small.key(), {});
    import.package(import.practice("P1"), "2024");
  }
  EXPECT_TRUE(small.open()->practices().empty());
}

// G1 of vault.h.
TEST(Vault, G1_AnOpenVaultDoesNotSeeALaterImport) {
  const SmallVault small = *SmallVault::make({.buckets = 2});
  ASSERT_TRUE(small.import({{"P1", "2024", {{.id = ann}}, {}}}));
  const Vault before = *small.open();
  ASSERT_TRUE(small.import({{"P1", "2024", {{.id = ben}}, {}}}));
  EXPECT_EQ(codes_of(before), (Codes{{ann, {}}}));
  EXPECT_EQ(codes_of(*small.open()), (Codes{{ben, {}}}));
}

}  // namespace
}  // namespace parcours::vault
