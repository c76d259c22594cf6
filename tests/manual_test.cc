// Manual pages and completions say what the command says of itself.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <filesystem>
#include <string>

#include "base/files.h"
#include "command.h"

namespace parcours {
namespace {

TEST(Manual, EveryVerbHasAPageWithItsOptionsAndItsExample) {
  const ScratchFolder scratch = *ScratchFolder::make(std::filesystem::temp_directory_path(), "man");
  EXPECT_EQ(run_parcours({"manual", scratch.path().string()}).exit, 0);
  const std::string page = *read_file(scratch.path() / "parcours-vault-import.1");
  EXPECT_THAT(page, testing::StartsWith(".TH parcours\\-vault\\-import 1\n"));
  EXPECT_THAT(page, testing::HasSubstr("\\-\\-mapping"));
  EXPECT_THAT(page, testing::HasSubstr(".SH EXAMPLE"));
  EXPECT_TRUE(std::filesystem::exists(scratch.path() / "parcours.1"));
}

// What bash offers where the cursor stands behind these words.
std::string completed(const std::string& words) {
  const ScratchFolder scratch = *ScratchFolder::make(std::filesystem::temp_directory_path(), "man");
  const std::filesystem::path script = scratch.path() / "completions";
  EXPECT_TRUE(write_file(script, run_parcours({"completions"}).out));
  const std::string command = "bash -c 'source \"" + script.string() + "\"; COMP_WORDS=(" + words +
                              "); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _parcours; "
                              "echo \"${COMPREPLY[@]}\"'";
  std::string offered;
  FILE* bash = popen(command.c_str(), "r");
  for (int c = std::fgetc(bash); c != EOF; c = std::fgetc(bash)) {
    offered += static_cast<char>(c);
  }
  EXPECT_EQ(pclose(bash), 0);
  return offered;
}

TEST(Manual, BashCompletesVerbsAndOptions) {
  EXPECT_EQ(completed("parcours vault im"), "import\n");
  EXPECT_EQ(completed("parcours vault import panel.vault --mapp"), "--mapping\n");
  EXPECT_EQ(completed("parcours study check --vault-k"), "--vault-key --vault-key-command\n");
  EXPECT_EQ(completed("parcours risk e.csv --thr"), "--threshold --threads\n");
  EXPECT_EQ(completed("parcours help vault im"), "import\n");
}

}  // namespace
}  // namespace parcours
