#include "audit/hierarchy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace parcours::audit {
namespace {

using testing::HasSubstr;
using Edges = std::vector<Hierarchy::Edge>;

TEST(Hierarchy, OfChildAndParentIsReadWithItsRoot) {
  const auto read =
      parse_hierarchy("child,parent\nFR,\nNorth,FR\nLille,North\nSouth,FR\n", "h.csv");
  ASSERT_TRUE(read) << read.error().sentence();
  EXPECT_EQ(read->edges, (Edges{{"FR", ""}, {"North", "FR"}, {"Lille", "North"}, {"South", "FR"}}));
  EXPECT_EQ(read->root, "FR");
}

TEST(Hierarchy, OfArxIsALeafWithItsAncestors) {
  const auto read =
      parse_hierarchy("11th;High;Second;*\n9th;High;Second;*\nBach;Under;Higher;*\n", "h.csv");
  ASSERT_TRUE(read) << read.error().sentence();
  EXPECT_EQ(read->edges, (Edges{{"*", ""},
                                {"Second", "*"},
                                {"High", "Second"},
                                {"11th", "High"},
                                {"9th", "High"},
                                {"Higher", "*"},
                                {"Under", "Higher"},
                                {"Bach", "Under"}}));
}

TEST(Hierarchy, MaySkipALevelOrRepeatACodeOnIt) {
  const auto read = parse_hierarchy("a;a;all\nb;;all\n", "h.csv");
  ASSERT_TRUE(read) << read.error().sentence();
  EXPECT_EQ(read->edges, (Edges{{"all", ""}, {"a", "all"}, {"b", "all"}}));
}

TEST(Hierarchy, OfSeveralTopmostCodesHasNoRoot) {
  const auto read = parse_hierarchy("child,parent\na,x\nb,y\n", "h.csv");
  ASSERT_TRUE(read);
  EXPECT_EQ(read->root, "");
}

TEST(Hierarchy, WithTwoParentsNamesTheLine) {
  const auto read = parse_hierarchy("child,parent\na,x\nb,x\na,y\n", "h.csv");
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().sentence(), HasSubstr("h.csv:4"));
}

TEST(Hierarchy, ThatGoesInACircleNamesALineOfIt) {
  const auto read = parse_hierarchy("child,parent\na,b\nb,c\nc,a\nd,e\n", "h.csv");
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().sentence(), HasSubstr("part of itself"));
  EXPECT_THAT(parse_hierarchy("child,parent\na,a2\na2,a\n", "h.csv").error().sentence(),
              HasSubstr("h.csv:"));
}

TEST(Hierarchy, OfNothingIsAnError) {
  EXPECT_FALSE(parse_hierarchy("\n \n", "h.csv"));
  EXPECT_FALSE(parse_hierarchy(";x\n", "h.csv"));
  EXPECT_FALSE(parse_hierarchy("\xFF;x\n", "h.csv"));
}

TEST(Hierarchy, ByPrefixPutsACodeUnderTheLongestThatItBeginsWith) {
  const std::vector<std::string> codes = {"J45", "J", "K2", "J4", "K1"};
  EXPECT_EQ(prefix_hierarchy(codes).edges,
            (Edges{{"J", ""}, {"J4", "J"}, {"J45", "J4"}, {"K1", ""}, {"K2", ""}}));
}

}  // namespace
}  // namespace parcours::audit
