#include "base/sheet.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <array>

namespace parcours {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// Every mistake that reading finds in the text.
template <class Read>
std::vector<std::string> mistakes_in(const std::string& text, Read read) {
  Mistakes mistakes("s.toml");
  if (const auto table = parse_toml(text, mistakes)) {
    Sheet sheet(*table, "the sheet", 1, mistakes);
    read(sheet);
    sheet.finish();
  }
  std::vector<std::string> sentences;
  for (const Error& mistake : mistakes.in_order()) {
    sentences.push_back(mistake.sentence());
  }
  return sentences;
}

TEST(Sheet, AKeyThatIsMissingIsShown) {
  EXPECT_THAT(mistakes_in("", [](Sheet& sheet) { sheet.need("id", "id = \"a\""); }),
              ElementsAre("s.toml:1: the sheet has no 'id'; write, for instance, id = \"a\""));
}

TEST(Sheet, AKeyThatIsMisspeltIsOneMistake) {
  EXPECT_THAT(mistakes_in("x = 1\ntitl = \"a\"\n",
                          [](Sheet& sheet) {
                            sheet.need("title", "title = \"a\"");
                            sheet.find("x");
                          }),
              ElementsAre("s.toml:2: unknown key 'titl' in the sheet; did you mean 'title'?"));
}

TEST(Sheet, BothLanguagesAreNeededWhereTheReaderSaysSo) {
  const auto both = [](Sheet& sheet) { sheet.both_languages("title", Languages::both); };
  const auto one = [](Sheet& sheet) { sheet.both_languages("title"); };
  EXPECT_THAT(mistakes_in("title = { en = \"A\" }", both),
              ElementsAre(HasSubstr("s.toml:1: 'title' in the sheet has no 'fr'")));
  EXPECT_THAT(mistakes_in("title = \"A\"", both),
              ElementsAre(HasSubstr("is a text; it must be {")));
  EXPECT_THAT(mistakes_in("title = { en = \"A\" }", one), ElementsAre());
  EXPECT_THAT(mistakes_in("title = \"A\"", one), ElementsAre());
  EXPECT_THAT(mistakes_in("title = {}", one), ElementsAre(HasSubstr("is empty")));
}

TEST(Sheet, ANumberOutsideItsBoundsIsShownWithThem) {
  const auto read = [](Sheet& sheet) {
    sheet.whole("n", 2, 20);
    sheet.share("s");
    sheet.flag("f");
  };
  EXPECT_THAT(
      mistakes_in("n = 21\ns = 0\nf = \"yes\"\n", read),
      ElementsAre("s.toml:1: 'n' in the sheet is 21; it must be a whole number from 2 to 20",
                  HasSubstr("s.toml:2: 's' in the sheet is 0; it must be a share above 0"),
                  "s.toml:3: 'f' in the sheet is a text; it must be true or false"));
  EXPECT_THAT(mistakes_in("n = 2\ns = 1\nf = true\n", read), ElementsAre());
}

TEST(Sheet, AWordIsOneOfAFew) {
  static const std::array<std::string, 2> words = {"counted", "none"};
  const auto read = [](Sheet& sheet) { sheet.one_of("practices", words); };
  EXPECT_THAT(mistakes_in("practices = \"conted\"", read),
              ElementsAre("s.toml:1: unknown practices 'conted'; did you mean 'counted'?"));
}

TEST(Sheet, ACellsTextMayBeEmptyOrANumber) {
  std::vector<TextAt> found;
  const auto read = [&](Sheet& sheet) { found = *sheet.cell_texts("missing"); };
  EXPECT_THAT(mistakes_in("missing = [\"\",\n 7]", read), ElementsAre());
  ASSERT_EQ(found.size(), 2u);
  EXPECT_EQ(found[1].text, "7");
  EXPECT_EQ(found[1].line, 2);
}

TEST(Sheet, ErrorsAreOneLineWhateverTheFileSays) {
  EXPECT_THAT(mistakes_in("\"a\\nb\" = 1", [](Sheet&) {}),
              ElementsAre("s.toml:1: unknown key 'a?b' in the sheet"));
}

TEST(Sheet, TheErrorOfAFileIsItsFirstMistakeAndHowManyMoreThereAre) {
  const auto read = [](Sheet& sheet) { return sheet.text("id").value_or(""); };
  EXPECT_EQ(read_sheet("id = \"a\"", "s.toml", "the sheet", read).value(), "a");
  EXPECT_EQ(read_sheet("id = 7\nx = 1\ny = 2\n", "s.toml", "the sheet", read).error().sentence(),
            "s.toml:1: 'id' in the sheet is a whole number; it must be a text in quotes (and 2 "
            "more)");
}

TEST(Sheet, WhatNestsDeeperThanAStackIsRefused) {
  std::string lists(150, '[');
  lists = "x = " + lists + std::string(150, ']');
  const auto read = [](Sheet& sheet) { sheet.find("x"); };
  EXPECT_THAT(mistakes_in(lists, read), ElementsAre());
  std::string keys = "x = 1";
  for (int i = 0; i < 4; ++i) {
    std::string key = "a";
    for (int part = 0; part < 60; ++part) {
      key += ".a";
    }
    keys.replace(keys.find('1'), 1, "{ " + key + " = 1 }");
  }
  EXPECT_THAT(mistakes_in(keys, read),
              ElementsAre(HasSubstr("s.toml:1: values within each other, over 200 deep")));
}

}  // namespace
}  // namespace parcours
