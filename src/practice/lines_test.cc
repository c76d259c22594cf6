#include "practice/lines.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"

namespace parcours::practice {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::IsEmpty;

// G1
TEST(Lines, EveryTornEndIsCutOffAndWhatComesNextStandsAlone) {
  const ScratchFolder folder = *ScratchFolder::make(fs::temp_directory_path(), "lines-");
  const fs::path file = folder.path() / "log";
  EXPECT_THAT(*whole_lines(file), IsEmpty());
  const std::string whole = "one\ntwo\n";
  for (std::size_t kept = 0; kept <= whole.size(); ++kept) {
    ASSERT_TRUE(write_file(file, whole.substr(0, kept), Readers::owner));
    const std::size_t lines = (kept >= 4 ? 1 : 0) + (kept >= 8 ? 1 : 0);
    EXPECT_EQ(whole_lines(file)->size(), lines) << kept;
    ASSERT_TRUE(append_line(file, "next"));
    EXPECT_EQ(whole_lines(file)->size(), lines + 1) << kept;
    EXPECT_EQ(whole_lines(file)->back(), "next");
  }
}

}  // namespace
}  // namespace parcours::practice
