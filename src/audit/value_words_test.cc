#include "audit/value_words.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "audit/assumed.h"

namespace parcours::audit {
namespace {

using assumed::english;
using testing::AllOf;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

Result<ValueWords> words_in(const std::string& csv, const Reading& reading = {}) {
  ASSIGN_OR_RETURN(const TableText text, table_text(csv, "t.csv", {}));
  return value_words(text, text.columns.size() - 1, reading);
}

TEST(ValueWords, ForNotKnownHideAndAreSaidFirst) {
  const auto read = words_in("a,n\nu,UNKNOWN\nv,N/A\nw,12\nx,..\ny,UNKNOWN\nz,?\n");
  ASSERT_TRUE(read) << read.error().sentence();
  EXPECT_NE(read->words[0].mark, nullptr);
  EXPECT_EQ(read->words[2].number, (Decimal{12, 0}));
  EXPECT_THAT(english(read->doubts),
              ElementsAre("Check this first: in 'n' of t.csv, UNKNOWN, N/A, .., ? stand where "
                          "nothing is known; they count as hidden and may be any count (5 lines). "
                          "If it means 0, say --hidden 'UNKNOWN=0..0'."));
}

TEST(ValueWords, OfOfficesAndEmptyOnesAreCountedByLine) {
  const auto read = words_in("a,n\nu,*\nv,*\nw,12\nx,\n");
  ASSERT_TRUE(read) << read.error().sentence();
  EXPECT_THAT(english(read->guessed),
              AllOf(Contains(HasSubstr("'*' in 'n' hides a value (NHS England; 2 lines)")),
                    Contains(HasSubstr("an empty value in 'n' is hidden (1 line)"))));
}

TEST(ValueWords, ThatMayBeAZeroAreAskedAbout) {
  for (const std::string word : {"-", "–", "none", "nil"}) {
    const auto read = words_in("a,n\nu," + word + "\nv,5\n");
    ASSERT_FALSE(read) << word;
    EXPECT_THAT(read.error().sentence(),
                AllOf(HasSubstr("t.csv:2"), HasSubstr("--hidden '" + word + "=0..0'")));
  }
}

TEST(ValueWords, SayNothingOfABase) {
  for (const char* word : {"", "*", "N/A", "-9", "-1.0"}) {
    EXPECT_TRUE(says_nothing(word, {})) << word;
  }
  EXPECT_FALSE(says_nothing("40", {}));
}

}  // namespace
}  // namespace parcours::audit
