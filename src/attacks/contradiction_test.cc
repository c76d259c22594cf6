#include "attacks/contradiction.h"

#include <gtest/gtest.h>

#include "attacks/release_tables.h"
#include "tables/csv.h"

namespace parcours::attacks {
namespace {

std::string said_of(const std::string& lines) {
  const Result<tables::Table> table = tables::parse_table("sex,status,patients\n" + lines, "t.csv");
  return table ? contradiction(*table).value_or("it adds up") : table.error().sentence();
}

TEST(Contradiction, ASumThatDoesNotComeOutIsSaid) {
  EXPECT_EQ(said_of("F,published,40\nM,published,50\n_T,published,90\n"), "it adds up");
  EXPECT_EQ(said_of("F,published,40\nM,published,50\n_T,published,91\n"),
            "sex _T is 91, but its parts along sex make 90");
}

TEST(Contradiction, AHiddenCellHoldsSomebody) {
  EXPECT_EQ(said_of("F,published,40\nM,confidential,\n_T,published,41\n"), "it adds up");
  EXPECT_EQ(said_of("F,published,40\nM,confidential,\n_T,published,40\n"),
            "sex _T is 40, but its parts along sex make 41 or more");
  EXPECT_EQ(said_of("F,published,0\nM,published,0\n_T,confidential,\n"),
            "sex _T is 1 or more, but its parts along sex make 0");
}

TEST(Contradiction, OfADimensionThatDoesNotSumTheTotalLiesBetween) {
  EXPECT_EQ(said_of("F,published,40\nM,published,50\n_ANY,published,50\n"), "it adds up");
  EXPECT_EQ(said_of("F,published,40\nM,published,50\n_ANY,published,90\n"), "it adds up");
  EXPECT_EQ(said_of("F,published,40\nM,published,50\n_ANY,published,49\n"),
            "sex _ANY is 49, but its parts along sex allow only 50 to 90");
  EXPECT_EQ(said_of("F,published,40\nM,published,50\n_ANY,published,91\n"),
            "sex _ANY is 91, but its parts along sex allow only 50 to 90");
}

}  // namespace
}  // namespace parcours::attacks
