#include "vocabulary/kinds.h"

#include <gtest/gtest.h>

namespace parcours {
namespace {

TEST(Kinds, AKindIsFoundAtItsPlace) {
  for (KindId kind = 0; kind < kinds().size(); ++kind) {
    EXPECT_EQ(find_kind(kinds()[kind]), kind);
  }
}

TEST(Kinds, ThePlacesOfKindsNeverChange) {
  EXPECT_EQ(find_kind("consultation"), 0);
  EXPECT_EQ(find_kind("diagnosis"), 1);
  EXPECT_EQ(find_kind("history"), 8);
}

TEST(Kinds, AStrangerIsNoKind) {
  EXPECT_FALSE(find_kind("diagnossis"));
  EXPECT_FALSE(find_kind(""));
}

}  // namespace
}  // namespace parcours
