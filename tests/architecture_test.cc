// Holds the module table of docs/architecture.md against the #include lines of src/.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

namespace parcours {
namespace {

namespace fs = std::filesystem;

const fs::path source = PARCOURS_SOURCE_DIR;

struct Module {
  std::set<std::string> includes;  // as written in the table
  std::set<std::string> libraries;
  std::set<std::string> reachable;  // itself and all that its includes give
};

std::set<std::string> words_of(const std::string& cell) {
  std::set<std::string> words;
  std::stringstream stream(cell);
  for (std::string word; std::getline(stream, word, ',');) {
    word.erase(0, word.find_first_not_of(" `"));
    word.erase(word.find_last_not_of(" `") + 1);
    if (!word.empty()) {
      words.insert(word);
    }
  }
  return words;
}

// The rows whose first cell is a `name`, in order; a row can build only on rows above it.
std::map<std::string, Module> modules() {
  std::map<std::string, Module> known;
  std::ifstream page(source / "docs/architecture.md");
  const std::regex row(R"(^\| `(\w+)` \|[^|]*\|([^|]*)\|([^|]*)\|$)");
  std::smatch match;
  for (std::string line; std::getline(page, line);) {
    if (!std::regex_match(line, match, row)) {
      continue;
    }
    Module module{words_of(match[2]), words_of(match[3]), {match[1]}};
    for (const std::string& name : module.includes) {
      EXPECT_TRUE(known.contains(name))
          << match[1] << " includes " << name << ", which does not stand above it";
      module.reachable.insert(known[name].reachable.begin(), known[name].reachable.end());
    }
    known[match[1]] = module;
  }
  return known;
}

std::vector<fs::path> sources() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(source / "src")) {
    if (entry.path().extension() == ".h" || entry.path().extension() == ".cc") {
      files.push_back(entry.path());
    }
  }
  return files;
}

std::string module_of(const fs::path& file) {
  return fs::relative(file, source / "src").begin()->string();
}

// The library that a header in angle brackets belongs to; empty for the standard library, fmt and
// the system.
std::string library_of(const std::string& header) {
  static const std::map<std::string, std::string> libraries = {
      {"duckdb.h", "duckdb"},    {"sqlite3.h", "sqlite"},
      {"sodium.h", "libsodium"}, {"nlohmann", "nlohmann-json"},
      {"toml++", "toml++"},      {"CLI", "CLI11"},
      {"zlib.h", "zlib"},        {"Clp", "CLP"}};
  const auto found =
      libraries.find(header.starts_with("Clp") ? "Clp" : header.substr(0, header.find('/')));
  return found == libraries.end() ? "" : found->second;
}

TEST(Architecture, EveryFolderOfSrcStandsInTheTable) {
  const auto known = modules();
  ASSERT_GT(known.size(), 10u);
  std::set<std::string> folders;
  for (const auto& entry : fs::directory_iterator(source / "src")) {
    folders.insert(entry.path().filename());
  }
  for (const std::string& folder : folders) {
    EXPECT_TRUE(known.contains(folder)) << folder << " is not in docs/architecture.md";
  }
  for (const auto& [name, module] : known) {
    EXPECT_TRUE(folders.contains(name)) << name << " is in docs/architecture.md but not in src/";
  }
}

TEST(Architecture, IncludesPointUpTheTableOnly) {
  const auto known = modules();
  const std::regex own("^#include \"(\\w+)/.*\"");
  const std::regex library("^#include <([^>]+)>");
  std::smatch match;
  for (const fs::path& file : sources()) {
    const std::string name = module_of(file);
    if (!known.contains(name)) {
      continue;  // said by the test above
    }
    const Module& module = known.at(name);
    const bool test = file.stem().string().ends_with("_test");
    std::ifstream text(file);
    for (std::string line; std::getline(text, line);) {
      if (std::regex_search(line, match, own)) {
        EXPECT_TRUE(module.reachable.contains(match[1]))
            << file << ": " << name << " may not include " << match[1];
      } else if (!test && std::regex_search(line, match, library)) {
        const std::string of = library_of(match[1]);
        EXPECT_TRUE(of.empty() || module.libraries.contains(of))
            << file << ": " << name << " may not include " << of;
      }
    }
  }
}

TEST(Architecture, RiskNeverSeesProtect) {
  EXPECT_FALSE(modules().at("risk").reachable.contains("protect"));
  EXPECT_FALSE(modules().at("protect").reachable.contains("risk"));
}

}  // namespace
}  // namespace parcours
