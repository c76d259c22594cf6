// The first result that README.md shows is what the demo prints.

#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <vector>

#include "command.h"
#include "story.h"

namespace parcours {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool too_slow = true;
#else
constexpr bool too_slow = false;
#endif

// Words with one space between them: where a line breaks, and may not break, does not matter.
std::string in_one_line(std::string text) {
  const std::string no_break_space = "\u00a0";
  for (std::size_t at = text.find(no_break_space); at != std::string::npos;
       at = text.find(no_break_space, at)) {
    text.replace(at, no_break_space.size(), " ");
  }
  std::istringstream words(text);
  std::string line;
  for (std::string word; words >> word;) {
    line += (line.empty() ? "" : " ") + word;
  }
  return line;
}

// The lines of the story: those set as code between "Its first result" and the picture, without the
// commands, which are shortened.
std::vector<std::string> lines_of_the_story() {
  std::ifstream readme(std::string(PARCOURS_SOURCE_DIR) + "/README.md");
  std::vector<std::string> lines;
  bool in_story = false;
  bool in_command = false;
  for (std::string line; std::getline(readme, line);) {
    in_story = (in_story || line.starts_with("Its first result")) && !line.starts_with("![");
    if (!in_story || !line.starts_with("    ")) {
      continue;
    }
    in_command = in_command || line.starts_with("    $ ");
    if (!in_command) {
      lines.push_back(in_one_line(line));
    }
    in_command = in_command && line.ends_with("\\");
  }
  return lines;
}

TEST(Readme, ShowsWhatTheDemoSays) {
  if (too_slow) {
    GTEST_SKIP() << "a quarter of a million patients are too many for a sanitizer";
  }
  const Folder folder;
  const Ran demo = run_parcours({"demo", "--dir", folder / "demo"});
  ASSERT_EQ(demo.exit, 0) << demo.err;
  const std::string said = in_one_line(demo.out);

  const std::vector<std::string> lines = lines_of_the_story();
  ASSERT_GT(lines.size(), 10U);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string shown = lines[i];
    while (said.find(shown) == std::string::npos && i + 1 < lines.size()) {
      shown += " " + lines[++i];
    }
    EXPECT_NE(said.find(shown), std::string::npos) << shown;
  }
}

}  // namespace
}  // namespace parcours
