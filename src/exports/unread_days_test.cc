#include "exports/unread_days.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "exports/day_text.h"
#include "exports/value_shapes.h"

namespace parcours::exports {
namespace {

using testing::HasSubstr;

class UnreadDays : public testing::Test {
 protected:
  FileGuess guess(const std::string& text) {
    EXPECT_TRUE(write_file(folder_.path() / "e.csv", text));
    ExportFile file = *ExportFile::open(folder_.path() / "e.csv", 1);
    const Stop stop;
    return *guess_columns(file, stop);
  }
  const ScratchFolder folder_ =
      *ScratchFolder::make(std::filesystem::temp_directory_path(), "parcours-test-");
};

const std::string unreadable =
    "id,day,code\na,2024-13-40,x\na,not a day,y\nb,2024-13-41,x\nb,2024-14-01,y\n";

TEST_F(UnreadDays, AreRefusedWithTheShapesOfTheValues) {
  const Status checked = check_days(guess(unreadable));
  ASSERT_FALSE(checked);
  EXPECT_EQ(checked.error().found,
            "the values of column 'day' are not days, though it is named like one; they look like "
            "9999-99-99, AAA A AAA (9 is a digit, A a letter)");
  EXPECT_THAT(checked.error().right, HasSubstr("--column 'day=quasi'"));
}

TEST_F(UnreadDays, AreNoneWhereTheUserSaysSo) {
  std::vector<FileGuess> guesses = {guess(unreadable)};
  ASSERT_TRUE(correct(guesses, {{{}, "day", ColumnRole::quasi, "--column"}}));
  EXPECT_EQ(unread_day(guesses[0]), nullptr);
}

TEST_F(UnreadDays, AreADoubtWhereEachPatientHasOneLine) {
  const FileGuess people = guess("id,day,code\na,2024-13-40,x\nb,not a day,y\n");
  EXPECT_TRUE(check_days(people));
  EXPECT_NE(unread_day(people), nullptr);
}

TEST_F(UnreadDays, AreNoneWhereDatesStandForNoDay) {
  const FileGuess found =
      guess("id,day,code\na,20240106,x\na,99999999,y\nb,20240107,x\nb,99999999,y\nc,00000000,y\n");
  EXPECT_EQ(unread_day(found), nullptr);
  EXPECT_EQ(found.form, FileForm::events);
  EXPECT_EQ(found.day_format, "%Y%m%d");
}

TEST(ValueShapes, ShowNoLetterAndNoDigitOfAValue) {
  EXPECT_EQ(shape_of("06-MAR-2023"), "99-AAA-9999");
  EXPECT_EQ(shape_of("été 23"), "AAA 99");
  EXPECT_EQ(shape_of("Jeanne Durand, 3 rue des Lilas"), "longer text");
}

}  // namespace
}  // namespace parcours::exports
