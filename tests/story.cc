#include "story.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

namespace parcours {

namespace fs = std::filesystem;

Folder::Folder() {
  std::string name = (fs::temp_directory_path() / "parcours-test-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) {
    std::abort();
  }
  path_ = name;
}

Folder::~Folder() {
  std::error_code ignored;
  fs::remove_all(path_, ignored);
}

void write(const fs::path& file, const std::string& text) {
  std::ofstream(file, std::ios::binary) << text;
}

std::string with(std::string text, const std::string& what, const std::string& instead) {
  const auto at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), instead);
}

const fs::path& small_panel() {
  static const Folder folder;
  static const bool made = [] {
    const fs::path& here = folder.path();
    const auto run = [](const std::vector<std::string>& words) {
      const Ran ran = run_parcours(words);
      EXPECT_EQ(ran.exit, 0) << ran.err;
    };
    run({"synth", here / "send", "--patients", "6000", "--seed", "3", "--flat"});
    run(create_vault(here / "panel.vault", {"--key", here / "programme.key"}));
    run({"vault", "import", here / "panel.vault", "--key", here / "programme.key", "--mapping",
         here / "send" / "mapping.toml"});
    return true;
  }();
  static_cast<void>(made);
  return folder.path();
}

std::string copy_of_panel(const fs::path& path) {
  fs::copy(small_panel() / "panel.vault", path, fs::copy_options::recursive);
  return path;
}

}  // namespace parcours
