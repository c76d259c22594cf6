// What the documents name is there, and what they number is numbered once.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "file_text.h"
#include "source_tree.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> documents() {
  std::vector<fs::path> found = {source_tree / "README.md", source_tree / "CONTRIBUTING.md"};
  for (const char* folder : {"docs", "src", "examples"}) {
    for (const auto& entry : fs::recursive_directory_iterator(source_tree / folder)) {
      if (entry.path().extension() == ".md") {
        found.push_back(entry.path());
      }
    }
  }
  return found;
}

std::vector<std::string> all_of(const std::string& text, const std::string& pattern) {
  const std::regex regex(pattern);
  std::vector<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), regex), end; at != end; ++at) {
    found.push_back((*at)[1]);
  }
  return found;
}

// Names of all files below src/, and of the generated ones that a document may name.
const std::set<std::string>& file_names() {
  static const std::set<std::string> names = [] {
    std::set<std::string> found;
    for (const auto& entry : fs::recursive_directory_iterator(source_tree / "src")) {
      found.insert(entry.path().filename().string());
    }
    return found;
  }();
  return names;
}

TEST(Documents, EveryFileThatIsNamedByItsPathIsThere) {
  const std::string folders = "(?:src|docs|tests|scripts|rules|examples|attackers|bench|cmake)";
  for (const fs::path& document : documents()) {
    for (const std::string& path :
         all_of(text_of(document), "[`( ](" + folders + "/[A-Za-z0-9_./-]*[A-Za-z0-9_])[`),;: ]")) {
      const bool example = path.find("/noun") != std::string::npos;
      EXPECT_TRUE(example || fs::exists(source_tree / path)) << document << " names " << path;
    }
  }
}

TEST(Documents, EverySourceFileThatIsNamedAloneIsSomewhereInSrc) {
  for (const fs::path& document : documents()) {
    for (const std::string& name : all_of(text_of(document), "`([a-z0-9_]+\\.(?:h|cc))`")) {
      EXPECT_TRUE(name.starts_with("noun") || file_names().contains(name))
          << document << " names " << name;
    }
  }
}

TEST(Documents, EveryLinkLeadsToAFile) {
  for (const fs::path& document : documents()) {
    for (const std::string& link : all_of(text_of(document), "\\]\\(([^)#:]+)\\)")) {
      EXPECT_TRUE(fs::exists(document.parent_path() / link)) << document << " links to " << link;
    }
  }
}

TEST(Documents, EveryLemmaHasANumberOfItsOwn) {
  const std::vector<std::string> lemmas =
      all_of(text_of(source_tree / "docs/audit.md"), "\\*\\*Lemma ([0-9]+)");
  ASSERT_GE(lemmas.size(), 7U);
  for (std::size_t i = 0; i < lemmas.size(); ++i) {
    EXPECT_EQ(lemmas[i], std::to_string(i + 1));
  }
}

}  // namespace
}  // namespace parcours
