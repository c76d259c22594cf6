#include "base/csv_text.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace parcours {
namespace {

TEST(CsvText, GuardsWhatASpreadsheetWouldRun) {
  EXPECT_EQ(csv_field("=1+1"), "\"'=1+1\"");
  EXPECT_EQ(csv_field("+cmd|' /C calc'!A0"), "\"'+cmd|' /C calc'!A0\"");
  EXPECT_EQ(csv_field("@SUM(A1)"), "\"'@SUM(A1)\"");
  EXPECT_EQ(csv_field("-5-0"), "\"'-5-0\"");
  EXPECT_EQ(csv_field("\t=1"), "\"'\t=1\"");
  EXPECT_EQ(csv_field("\r=1"), "\"'\r=1\"");
  EXPECT_EQ(csv_field("-"), "\"'-\"");
}

TEST(CsvText, LeavesNumbersAndWordsAsTheyAre) {
  for (const char* text : {"-5", "+3", "-0.25", "5-9", "F", "'quoted'", "'", "'-5", "Île"}) {
    EXPECT_EQ(csv_field(text), text);
    EXPECT_EQ(csv_unguarded(text), text);
  }
  EXPECT_EQ(csv_field("a,b\"c"), "\"a,b\"\"c\"");
  EXPECT_EQ(csv_field(""), "\"\"");
}

RC_GTEST_PROP(CsvText, G1IsReadAsItWasMeantAndIsNoFormula, ()) {
  const auto text =
      *rc::gen::container<std::string>(rc::gen::elementOf(std::string("'=+-@\t\r\n5.a\"")));
  const std::string guarded = csv_guarded(text);
  RC_ASSERT(csv_unguarded(guarded) == text);
  if (!guarded.empty() && std::string("=+-@\t\r\n").find(guarded.front()) != std::string::npos) {
    RC_ASSERT(guarded.find_first_not_of("+-0123456789.") == std::string::npos);
  }
}

}  // namespace
}  // namespace parcours
