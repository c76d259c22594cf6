#include "vocabulary/snomed_meaning.h"

#include <gtest/gtest.h>

#include "vocabulary/code_systems.h"
#include "vocabulary/text_table.h"

namespace parcours::vocabulary {

std::string_view snomed_meanings_csv();

namespace {

TEST(SnomedMeaning, IsThatOfTheTable) {
  EXPECT_EQ(snomed_meaning("716186003"), SnomedMeaning::none);
  EXPECT_EQ(snomed_meaning("410516002"), SnomedMeaning::absent);
  EXPECT_EQ(snomed_meaning("415684004"), SnomedMeaning::unsure);
  EXPECT_EQ(snomed_meaning("410605003"), SnomedMeaning::sure);
  EXPECT_EQ(snomed_meaning("723510000"), SnomedMeaning::error);
  EXPECT_EQ(snomed_meaning("195967001"), SnomedMeaning::nothing);
  EXPECT_EQ(snomed_meaning(""), SnomedMeaning::nothing);
}

// A slip of a digit breaks the check digit.
TEST(SnomedMeaning, EveryCodeHasTheFormOfSnomedCt) {
  const Result<TextTable> table = parse_text_table(snomed_meanings_csv(), "snomed_meanings.csv");
  ASSERT_TRUE(table);
  EXPECT_GT(table->rows.size(), 25u);
  for (const TextTable::Row& row : table->rows) {
    EXPECT_TRUE(has_form(*find_code_system("snomed"), row.fields[0])) << row.fields[2];
    EXPECT_NE(snomed_meaning(row.fields[0]), SnomedMeaning::nothing) << row.fields[2];
  }
}

}  // namespace
}  // namespace parcours::vocabulary
