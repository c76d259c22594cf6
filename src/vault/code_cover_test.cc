#include "vault/code_cover.h"

#include <gtest/gtest.h>

#include "vault/testing/worlds.h"

namespace parcours::vault {
namespace {

TEST(CodeCover, CountsCodesAndEventsThatHaveANameOrAGroup) {
  const SmallVault small = *SmallVault::make({.buckets = 2});
  ASSERT_TRUE(small.import({{"P1",
                             "2024",
                             {{.id = ann}, {.id = ben}},
                             {{.patient = ann, .day = 1, .code = "J45.9"},
                              {.patient = ben, .day = 1, .code = "J45.9"},
                              {.patient = ben, .day = 2, .code = "Q99.9"},
                              {.patient = ben, .day = 3, .code = "none"},
                              {.patient = ann, .day = 3, .kind = "lab", .code = "glucose"}}}}));
  const Vault vault = *small.open();
  const auto cover = code_cover(vault, vocabulary::Vocabulary::built_in());
  ASSERT_TRUE(cover) << cover.error().sentence();
  ASSERT_EQ(cover->size(), 2u);
  const KindCover& diagnosis = cover->at(0);
  EXPECT_EQ(diagnosis.kind, "diagnosis");
  EXPECT_EQ(diagnosis.all.codes, 3u);
  EXPECT_EQ(diagnosis.all.events, 4u);
  EXPECT_EQ(diagnosis.named.codes, 1u);
  EXPECT_EQ(diagnosis.named.events, 2u);
  EXPECT_EQ(diagnosis.grouped.codes, 2u);
  EXPECT_EQ(diagnosis.grouped.events, 3u);
  const KindCover& lab = cover->at(1);
  EXPECT_EQ(lab.kind, "lab");
  EXPECT_EQ(lab.all.events, 1u);
  EXPECT_EQ(lab.named.events, 0u);
  EXPECT_EQ(lab.grouped.events, 0u);
}

TEST(CodeCover, OfAnEmptyVaultIsEmpty) {
  const SmallVault small = *SmallVault::make({.buckets = 2});
  EXPECT_TRUE(code_cover(*small.open(), vocabulary::Vocabulary::built_in())->empty());
}

}  // namespace
}  // namespace parcours::vault
