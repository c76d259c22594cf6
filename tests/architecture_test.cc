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

#include "source_tree.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;

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
  std::ifstream page(source_tree / "docs/architecture.md");
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

std::vector<fs::path> sources(const std::string& folder = "src") {
  std::vector<fs::path> files;
  for (const auto& entry : fs::recursive_directory_iterator(source_tree / folder)) {
    if (entry.path().extension() == ".h" || entry.path().extension() == ".cc") {
      files.push_back(entry.path());
    }
  }
  return files;
}

std::string module_of(const fs::path& file) {
  return fs::relative(file, source_tree / "src").begin()->string();
}

// The library that a header in angle brackets belongs to; empty for the standard library, fmt and
// the system.
std::string library_of(const std::string& header) {
  static const std::map<std::string, std::string> libraries = {
      {"duckdb.h", "duckdb"},    {"sqlite3.h", "sqlite"},
      {"sodium.h", "libsodium"}, {"nlohmann", "nlohmann-json"},
      {"toml++", "toml++"},      {"CLI", "CLI11"},
      {"zlib.h", "zlib"},        {"Clp", "CLP"},
      {"expat.h", "expat"},      {"zip.h", "libzip"}};
  const auto found =
      libraries.find(header.starts_with("Clp") ? "Clp" : header.substr(0, header.find('/')));
  return found == libraries.end() ? "" : found->second;
}

TEST(Architecture, EveryFolderOfSrcStandsInTheTable) {
  const auto known = modules();
  ASSERT_GT(known.size(), 10u);
  std::set<std::string> folders;
  for (const auto& entry : fs::directory_iterator(source_tree / "src")) {
    folders.insert(entry.path().filename());
  }
  for (const std::string& folder : folders) {
    EXPECT_TRUE(known.contains(folder)) << folder << " is not in docs/architecture.md";
  }
  for (const auto& [name, module] : known) {
    EXPECT_TRUE(folders.contains(name)) << name << " is in docs/architecture.md but not in src/";
  }
}

// `base` is the project's own vocabulary and needs no prefix. What the tests make up for themselves
// stands in a namespace of what it is (example, outsider, worlds).
TEST(Architecture, EveryFolderHasItsNamespace) {
  const std::regex opened(R"(^namespace parcours([\w:]*) \{$)");
  std::smatch match;
  for (const fs::path& file : sources()) {
    const std::string name = module_of(file);
    const std::string wanted = name == "base" ? "" : "::" + name;
    const bool made_up = file.parent_path().filename() == "testing";
    std::ifstream text(file);
    for (std::string line; std::getline(text, line);) {
      if (std::regex_search(line, match, opened) && !made_up) {
        const std::string space = match[1];
        EXPECT_TRUE(space == wanted || space.starts_with(wanted + "::"))
            << file << " opens namespace parcours" << space << ", not parcours" << wanted;
      }
    }
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

// A test, a fuzz target, or what lies in a module's testing/ for them.
bool is_of_tests(const fs::path& file) {
  const std::string name = file.filename().string();
  return name.ends_with("_test.cc") || name.ends_with("_fuzz.cc") ||
         file.parent_path().filename() == "testing";
}

// The lines of a file in which a pattern is found, but for those that are comments alone.
std::string lines_with(const fs::path& file, const std::regex& pattern) {
  std::string found;
  std::ifstream text(file);
  for (std::string line; std::getline(text, line);) {
    const std::size_t begin = line.find_first_not_of(' ');
    const bool comment = begin != std::string::npos && line.compare(begin, 2, "//") == 0;
    if (!comment && std::regex_search(line, pattern)) {
      found += "\n  " + line;
    }
  }
  return found;
}

// tests/ and bench/ are no product.
TEST(Architecture, TheProductIncludesNothingOfTesting) {
  const std::regex testing("^#include \"\\w+/testing/");
  int used = 0;
  for (const fs::path& file : sources()) {
    const std::string found = lines_with(file, testing);
    used += found.empty() ? 0 : 1;
    if (!is_of_tests(file)) {
      EXPECT_EQ(found, "") << file << " is built into the product";
    }
    EXPECT_FALSE(file.filename().string().ends_with("_for_tests.h"))
        << file << " belongs into testing/";
  }
  EXPECT_GT(used, 0) << "the pattern no longer finds what it forbids";
}

// What a file's path is to DuckDB is decided there: a pattern, a source of columns, or a name.
TEST(Architecture, DuckDBComesToFilesThroughTheModuleDuckAlone) {
  const std::regex door(
      R"((\bread_(csv|csv_auto|parquet|json|json_auto|text|blob)\s*\()|\b(parquet_scan|glob)\(|\bCOPY \(|\bATTACH\b)");
  int in_duck = 0;
  for (const std::string folder : {"src", "bench", "tests"}) {
    for (const fs::path& file : sources(folder)) {
      const std::string found = lines_with(file, door);
      if (file.parent_path() == source_tree / "src/duck" ||
          file.parent_path() == source_tree / "src/duck/testing") {
        in_duck += found.empty() ? 0 : 1;
      } else if (file.filename() != "architecture_test.cc") {
        EXPECT_TRUE(found.empty()) << file << " reads or writes a file by SQL of its own:" << found;
      }
    }
  }
  EXPECT_GT(in_duck, 0) << "the pattern no longer finds what it forbids";
}

// Each of these says why it does not open files as all others do.
const std::map<std::string, std::string> own_doors = {
    {"duck/file_table.cc", "a folder, to write in: base opens files alone"},
    {"records/terminal.cc", "the terminal, to ask for a passphrase"},
    {"vault/sqlite.cc", "SQLite opens its file itself, with journals beside it"}};

TEST(Architecture, FilesAreOpenedInTheModuleBaseAlone) {
  const std::regex opens(
      R"(\b[io]?fstream\b|\bfopen\(|\bgzopen\(|\bmkos?temp\(|\bsqlite3_open|(^|[^\w>])::(open|openat|creat)\()");
  std::set<std::string> seen;
  for (const fs::path& file : sources()) {
    const std::string found = lines_with(file, opens);
    const std::string name = fs::relative(file, source_tree / "src").string();
    if (found.empty() || is_of_tests(file) || name.starts_with("base/")) {
      continue;
    }
    EXPECT_TRUE(own_doors.contains(name)) << file << " opens files itself:" << found;
    seen.insert(name);
  }
  for (const auto& [name, why] : own_doors) {
    EXPECT_TRUE(seen.contains(name)) << name << " opens no files itself any more";
  }
}

// Names of files may be any bytes; JSON may not (page/json_text.h).
TEST(Architecture, JsonIsWrittenInOnePlaceAlone) {
  const std::regex dump(R"(\.dump\()");
  for (const fs::path& file : sources()) {
    const std::string name = fs::relative(file, source_tree / "src").string();
    if (name != "page/json_text.h" && !is_of_tests(file)) {
      EXPECT_EQ(lines_with(file, dump), "") << file;
    }
  }
}

TEST(Architecture, RiskNeverSeesProtect) {
  EXPECT_FALSE(modules().at("attacks").reachable.contains("protect"));
  EXPECT_FALSE(modules().at("protect").reachable.contains("attacks"));
}

}  // namespace
}  // namespace parcours
