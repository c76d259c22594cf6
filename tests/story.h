// A small generated panel, its vault and what lies beside it, made once for all tests that need
// one.
#pragma once

#include <filesystem>
#include <string>

#include "command.h"
#include "file_text.h"
#include "good_study.h"

namespace parcours {

// A folder that goes with the test.
class Folder {
 public:
  Folder();
  ~Folder();
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

// 6,000 patients in a vault, with the files they came from: send/ and panel.vault. Shared by all
// tests of the process; a test that changes it works on a copy.
const std::filesystem::path& small_panel();
// The file of its vault's key.
inline std::string small_panel_key() {
  return small_panel() / "programme.key";
}
// A copy of its vault, made at `path`: one that no release was made from.
std::string copy_of_panel(const std::filesystem::path& path);

void write(const std::filesystem::path& file, const std::string& text);
std::string with(std::string text, const std::string& what, const std::string& instead);

}  // namespace parcours
