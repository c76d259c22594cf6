#include "vocabulary/kinds.h"

#include <gtest/gtest.h>

namespace parcours::vocabulary {
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
  EXPECT_EQ(find_kind("device"), 10);
}

TEST(Kinds, OthersCallThemOtherwise) {
  EXPECT_EQ(kind_called("DRUG_EXPOSURE"), find_kind("prescription"));
  EXPECT_EQ(kind_called("Arrets de travail"), find_kind("sick_leave"));
  EXPECT_EQ(kind_called("MedicationRequest"), find_kind("prescription"));
  EXPECT_FALSE(kind_called("nafld3"));
  EXPECT_FALSE(kind_called(""));
  for (KindId kind = 0; kind < kinds().size(); ++kind) {
    EXPECT_EQ(names_of_kind(kind)[0], kinds()[kind]);
    for (const std::string_view name : names_of_kind(kind)) {
      EXPECT_EQ(kind_called(name), kind);  // no name is of two kinds
    }
  }
}

TEST(Kinds, AStrangerIsNoKind) {
  EXPECT_FALSE(find_kind("diagnossis"));
  EXPECT_FALSE(find_kind(""));
}

}  // namespace
}  // namespace parcours::vocabulary
