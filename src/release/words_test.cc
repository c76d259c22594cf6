#include "release/words.h"

#include <gtest/gtest.h>

namespace parcours {
namespace {

TEST(Words, APseudonymAUuidAndAFingerprintLookLikeIdentifiers) {
  EXPECT_TRUE(looks_like_identifier("8f14e45fceea467fa3b10c9a5d3e7b21"));
  EXPECT_TRUE(looks_like_identifier("of 8F14E45F-CEEA-467F-A3B1-0C9A5D3E7B21"));
  EXPECT_TRUE(looks_like_identifier("336528943098432098430298409"));
}

TEST(Words, APersonsOrAPractitionersNumberLooksLikeAnIdentifier) {
  EXPECT_TRUE(looks_like_identifier("10003456789"));    // RPPS: 11 digits
  EXPECT_TRUE(looks_like_identifier("1850578006048"));  // NIR: 13 digits
}

TEST(Words, CodesBandsAndNamesDoNot) {
  for (const char* word :
       {"J45.0", "R03BA02", "[6;12)", "2023-01-01 to 2025-12-31", "Auvergne-Rhône-Alpes", "_T",
        "cafe-decade-added-facade", "1 000 000 to 2 000 000", ""}) {
    EXPECT_FALSE(looks_like_identifier(word)) << word;
  }
}

}  // namespace
}  // namespace parcours
