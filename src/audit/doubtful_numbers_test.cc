#include "audit/doubtful_numbers.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/assumed.h"
#include "audit/disagreements.h"
#include "audit/read_published.h"

namespace parcours::audit {
namespace {

using assumed::english;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

PublishedSystem system_of_table(const std::string& csv, const Reading& reading = {}) {
  auto published = parse_published({{"t.csv", csv}}, reading);
  EXPECT_TRUE(published) << published.error().sentence();
  return published ? *std::move(published) : PublishedSystem{};
}

std::vector<std::string> doubts_of(const PublishedSystem& published) {
  return english(doubts(published));
}

// The cells that a table hides, by name.
std::vector<std::string> hidden_in(const PublishedSystem& published) {
  std::vector<std::string> names;
  for (std::uint32_t cell = 0; cell < published.proper_cells; ++cell) {
    if (published.listings[cell] == Listing::hidden) {
      names.push_back(published.name(cell));
    }
  }
  return names;
}

TEST(DoubtfulNumbers, BelowZeroAreHiddenWhereNothingElseIsBelowZero) {
  const PublishedSystem published = system_of_table("sex,n\nF,-9\nM,250\nT,497\n");
  EXPECT_THAT(hidden_in(published), ElementsAre("sex F"));
  EXPECT_THAT(disagreements(published), IsEmpty());
  EXPECT_THAT(doubts_of(published),
              ElementsAre("Check this first: in 'n' of t.csv, -9 stands where nothing is known, as "
                          "no other value is below 0; it counts as hidden (1 line). If it is a "
                          "number, say --number=-9."));
}

TEST(DoubtfulNumbers, MayBeWrittenWithZerosAfterTheDecimalMark) {
  EXPECT_THAT(hidden_in(system_of_table("sex,n\nF,-1.0\nM,250.0\nT,497.0\n")),
              ElementsAre("sex F"));
}

TEST(DoubtfulNumbers, AreNumbersBesideOthersBelowZero) {
  const PublishedSystem published = system_of_table("place,n\na,-1\nb,-3\nc,12\n");
  EXPECT_THAT(hidden_in(published), IsEmpty());
  EXPECT_THAT(doubts_of(published), IsEmpty());
}

TEST(DoubtfulNumbers, BelowZeroAreNumbersWhereASumHoldsWithThem) {
  const PublishedSystem published = system_of_table("change,n\nup,6\ndown,-1\ntotal,5\n");
  EXPECT_THAT(hidden_in(published), IsEmpty());
  EXPECT_THAT(disagreements(published), IsEmpty());
  EXPECT_THAT(doubts_of(published),
              ElementsAre(AllOf(HasSubstr("-1 counts as a number, as a sum holds with it (1 line)"),
                                HasSubstr("--hidden=-1"))));
}

// The mark stands for the total and for its part alike.
TEST(DoubtfulNumbers, AreNoNumbersBecauseTheyAreBothWholeAndPart) {
  EXPECT_THAT(hidden_in(system_of_table("sex,n\nF,-9\nM,0\ntotal,-9\n")),
              ElementsAre("sex F", "total"));
}

TEST(DoubtfulNumbers, OfNinesAreHiddenWhereTheSumsAreFarOffWithThem) {
  const PublishedSystem published = system_of_table("sex,n\nF,999999\nM,250\nT,497\n");
  EXPECT_THAT(hidden_in(published), ElementsAre("sex F"));
  EXPECT_THAT(disagreements(published), IsEmpty());
  EXPECT_THAT(doubts_of(published),
              ElementsAre(AllOf(HasSubstr("999999 stands where nothing is known, as the sums are "
                                          "far off with it"),
                                HasSubstr("--number=999999"))));
}

TEST(DoubtfulNumbers, OfNinesAreNumbersWithoutAWordWhereTheSumsHold) {
  const PublishedSystem published = system_of_table("sex,n\nF,999\nM,250\nT,1249\n");
  EXPECT_THAT(hidden_in(published), IsEmpty());
  EXPECT_THAT(doubts_of(published), IsEmpty());
}

// A slip of the pen in another cell is no reason to hide 999 people.
TEST(DoubtfulNumbers, OfNinesStayNumbersWhereASumIsOffByLittle) {
  const PublishedSystem published = system_of_table("sex,n\nF,999\nM,250\nT,1250\n");
  EXPECT_THAT(hidden_in(published), IsEmpty());
  EXPECT_THAT(disagreements(published), testing::SizeIs(1));
}

TEST(DoubtfulNumbers, OfNinesAreAskedAboutWhereNoSumSaysAnything) {
  const PublishedSystem published = system_of_table("place,n\na,12\nb,999\nc,31\n");
  EXPECT_THAT(hidden_in(published), IsEmpty());
  EXPECT_THAT(doubts_of(published),
              ElementsAre(AllOf(HasSubstr("999 lies far above all other values"),
                                HasSubstr("--hidden=999"))));
}

// A total of which a part is hidden may be anything; so many people are in no table by chance.
TEST(DoubtfulNumbers, OfManyNinesAreHiddenFarAboveAllOthers) {
  const PublishedSystem published = system_of_table("sex,n\nF,\nM,88\nX,120\nT,999999\n");
  EXPECT_THAT(hidden_in(published), ElementsAre("sex F", "total"));
  EXPECT_THAT(doubts_of(published),
              ElementsAre(HasSubstr("as it lies far above all other values")));
}

TEST(DoubtfulNumbers, OfNinesAreHiddenWhereAnotherTableSaysAnotherValue) {
  const auto published =
      parse_published({{"a.csv", "place,n\na,9999\nb,7\n"}, {"b.csv", "place,n\na,45\nb,7\n"}}, {});
  ASSERT_TRUE(published) << published.error().sentence();
  EXPECT_THAT(disagreements(*published), IsEmpty());
  EXPECT_THAT(doubts_of(*published), ElementsAre(HasSubstr("in 'n' of a.csv, 9999 stands")));
}

TEST(DoubtfulNumbers, AreWhatTheUserSays) {
  EXPECT_THAT(hidden_in(system_of_table("sex,n\nF,-9\nM,250\n", {.numbers = {"-9"}})), IsEmpty());
  EXPECT_THAT(doubts_of(system_of_table("sex,n\nF,-9\nM,250\n", {.marks = {{"-9", 1, 10}}})),
              IsEmpty());
}

// Rounding is asked for once what is no count is taken out.
TEST(DoubtfulNumbers, DoNotHideThatTheOthersLookRounded) {
  const auto published =
      parse_published({{"t.csv", "a,n\nv,5\nw,10\nx,15\ny,25\nz,35\nu,70\nt,-9\n"}}, {});
  ASSERT_FALSE(published);
  EXPECT_THAT(published.error().sentence(), HasSubstr("all values are multiples of 5"));
}

}  // namespace
}  // namespace parcours::audit
