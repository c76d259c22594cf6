#include "ingest/national_identity.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <utility>
#include <vector>

namespace parcours::ingest {
namespace {

constexpr const char* nir = "1.2.250.1.213.1.4.8";
constexpr const char* nia = "1.2.250.1.213.1.4.9";
constexpr const char* made_up = "1.2.250.1.213.1.4.10";

TEST(NationalIdentity, G1IsTheSameWithItsKeyAndWithoutIt) {
  for (const char* text : {"255081416802538", "2550814168025", " 2 55 08 14 168 025 38 "}) {
    for (const std::string root : {nir, nia, "urn:oid:1.2.250.1.213.1.4.8"}) {
      NationalIdentity ins;
      EXPECT_TRUE(ins.note(root, text));
      EXPECT_EQ(ins.number(), "2550814168025") << root << " " << text;
    }
  }
  EXPECT_EQ(NationalIdentity::canonical(nir, "180032a00100193"), "180032A001001");
  EXPECT_EQ(NationalIdentity::canonical(nir, "180032B00100123"), "180032B001001");
}

TEST(NationalIdentity, G1AWrongKeyIsNoNumberButForTests) {
  EXPECT_EQ(NationalIdentity::canonical(nir, "255081416802537"), "");
  EXPECT_EQ(NationalIdentity::canonical(made_up, "255081416802537"), "2550814168025");
  EXPECT_EQ(NationalIdentity::canonical(nir, "INCONNU"), "");
  EXPECT_EQ(NationalIdentity::canonical("1.2.3", "255081416802538"), "");
}

TEST(NationalIdentity, OfAnotherRootIsNone) {
  NationalIdentity ins;
  EXPECT_FALSE(ins.note("1.2.250.1.213.1.4.80", "255081416802538"));
  EXPECT_FALSE(ins.note("", "255081416802538"));
  EXPECT_EQ(ins.number(), "");
}

TEST(NationalIdentity, G2TheOrderOfRootsCountsNotThatOfTheDocument) {
  std::vector<std::pair<const char*, const char*>> numbers = {
      {made_up, "1800375001001"}, {nia, "2550814168025"}, {nir, "2800275001001"}};
  std::ranges::sort(numbers);
  do {
    NationalIdentity ins;
    for (const auto& [root, text] : numbers) {
      ins.note(root, text);
    }
    EXPECT_EQ(ins.number(), "2800275001001");
    EXPECT_FALSE(ins.several());
  } while (std::ranges::next_permutation(numbers).found);
}

TEST(NationalIdentity, TwoNumbersOfOneRootAreSeveral) {
  NationalIdentity ins;
  ins.note(nir, "2550814168025");
  ins.note(nir, "255081416802538");
  ins.note(nir, "INCONNU");
  EXPECT_FALSE(ins.several());
  ins.note(nir, "2800275001001");
  EXPECT_TRUE(ins.several());
}

}  // namespace
}  // namespace parcours::ingest
