#include "vocabulary/text_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace parcours::vocabulary {
namespace {

using testing::ElementsAre;

TextTable parse(std::string_view text) {
  return *parse_text_table(text, "codes.csv");
}

TEST(TextTable, TheSeparatorIsTheOneThatTheHeaderHasMostOf) {
  EXPECT_THAT(parse("a;b,c;d\n").header, ElementsAre("a", "b,c", "d"));
  EXPECT_THAT(parse("a\tb\n1\t2;3\n").rows[0].fields, ElementsAre("1", "2;3"));
  EXPECT_THAT(parse("alone\n1\n").rows[0].fields, ElementsAre("1"));
}

TEST(TextTable, QuotedFieldsKeepSeparatorsLineEndsAndQuotes) {
  const TextTable table = parse("a,b\n\"1,\n2\",\"say \"\"so\"\"\"\n3,4\n");
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_THAT(table.rows[0].fields, ElementsAre("1,\n2", "say \"so\""));
  EXPECT_EQ(table.rows[0].line, 2u);
  EXPECT_EQ(table.rows[1].line, 4u);
}

TEST(TextTable, LinesMayEndAsOnWindowsAndTheLastMayNotEnd) {
  const TextTable table = parse(
      "\xef\xbb\xbf"
      "a;b\r\n1;\r\n;\"2\"");
  EXPECT_THAT(table.header, ElementsAre("a", "b"));
  EXPECT_THAT(table.rows[0].fields, ElementsAre("1", ""));
  EXPECT_THAT(table.rows[1].fields, ElementsAre("", "2"));
}

TEST(TextTable, EmptyLinesAreNoRows) {
  const TextTable table = parse("\na,b\n\n1,2\n\n");
  ASSERT_EQ(table.rows.size(), 1u);
  EXPECT_EQ(table.rows[0].line, 4u);
}

TEST(TextTable, Latin1AndUtf8LinesOfOneFileBothComeOutAsUtf8) {
  const TextTable table = parse("a;b\n1;\xe9pilepsie\n2;\xc3\xa9pilepsie\n");
  EXPECT_EQ(table.rows[0].fields[1], "épilepsie");
  EXPECT_EQ(table.rows[1].fields[1], "épilepsie");
}

TEST(TextTable, WhatIsNoTableIsRefusedWithItsPlace) {
  EXPECT_EQ(parse_text_table("", "f").error().where, "f");
  EXPECT_EQ(parse_text_table("a,b\n1,2\n\"3,4\n", "f").error().where, "f:3");
  EXPECT_EQ(parse_text_table(std::string_view("a\n1\0", 5), "f").error().where, "f:2");
}

TEST(TextTable, AMissingColumnIsAnsweredWithTheNearest) {
  const auto column = parse("CIM_COD;CIM_LIB\n").column("CIM_CODE", "cim.csv");
  ASSERT_FALSE(column);
  EXPECT_EQ(column.error().sentence(), "cim.csv:1: no column 'CIM_CODE'; did you mean 'CIM_COD'?");
}

RC_GTEST_PROP(TextTable, WhatIsWrittenInQuotesIsReadBack,
              (const std::vector<std::vector<std::string>>& rows)) {
  std::string text = "a,b,c\n";
  std::vector<std::vector<std::string>> expected;
  for (std::vector<std::string> fields : rows) {
    fields.push_back("end");  // a row of one empty field would be an empty line
    std::string line;
    for (std::string& field : fields) {
      std::erase(field, '\0');
      std::erase_if(field, [](char c) { return (c & 0x80) != 0; });
      std::string quoted = field;
      for (std::size_t at = 0; (at = quoted.find('"', at)) != std::string::npos; at += 2) {
        quoted.insert(at, 1, '"');
      }
      line += (line.empty() ? "\"" : ",\"") + quoted + "\"";
    }
    text += line + "\n";
    expected.push_back(fields);
  }
  const TextTable table = parse(text);
  RC_ASSERT(table.rows.size() == expected.size());
  for (std::size_t i = 0; i < expected.size(); ++i) {
    RC_ASSERT(table.rows[i].fields == expected[i]);
  }
}

}  // namespace
}  // namespace parcours::vocabulary
