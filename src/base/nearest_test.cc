#include "base/nearest.h"

#include <gtest/gtest.h>

namespace parcours {
namespace {

const std::vector<std::string> kinds = {"consultation", "diagnosis", "prescription"};

TEST(Nearest, ATypoIsAnsweredWithTheNameMeant) {
  EXPECT_EQ(nearest_hint("diagnossis", kinds), "did you mean 'diagnosis'?");
}

TEST(Nearest, TwoNeighboursThatAreSwappedAreOneEdit) {
  const std::vector<std::string> verbs = {"demo", "risk", "audit"};
  EXPECT_EQ(nearest("rsik", verbs), "risk");
  EXPECT_EQ(nearest("kirs", verbs), std::nullopt);
}

TEST(Nearest, AStrangerIsAnsweredWithWhatIsKnown) {
  EXPECT_EQ(nearest_hint("xyz", kinds), "known: consultation, diagnosis, prescription");
}

TEST(Nearest, NothingKnownGivesNoHint) {
  EXPECT_EQ(nearest_hint("xyz", {}), "");
}

}  // namespace
}  // namespace parcours
