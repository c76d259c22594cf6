// Holds every code of LOINC in the project against its check digit: a digit that is mistyped makes
// another code, or none.

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <regex>
#include <set>
#include <string>

#include "base/letters.h"
#include "source_tree.h"
#include "vocabulary/code_systems.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;

// What tests take for a code with a wrong digit.
const std::set<std::string> wrong_on_purpose = {"2345-8", "8480-7"};

// The codes on lines that name LOINC, and those of its own table.
std::set<std::string> loinc_codes_in(const fs::path& file) {
  static const std::regex code(R"((^|[^\w.-])(\d{2,5}-\d)(?![\w-]))");
  std::set<std::string> found;
  const bool table = file.filename() == "measures.csv";
  std::ifstream lines(file);
  for (std::string line; std::getline(lines, line);) {
    if (!table && lower(line).find("loinc") == std::string::npos) {
      continue;
    }
    for (std::sregex_iterator one(line.begin(), line.end(), code), end; one != end; ++one) {
      found.insert((*one)[2]);
    }
  }
  return found;
}

TEST(Loinc, EveryCodeInTheProjectHasItsCheckDigit) {
  const std::set<std::string> texts = {".cc",   ".h",      ".csv", ".md",  ".toml", ".py",
                                       ".json", ".ndjson", ".xml", ".txt", ".sh"};
  const vocabulary::CodeSystem& loinc = *vocabulary::find_code_system("loinc");
  std::set<std::string> all;
  for (const char* folder : {"src", "docs", "tests", "examples", "bench"}) {
    for (const auto& entry : fs::recursive_directory_iterator(source_tree / folder)) {
      if (!entry.is_regular_file() || !texts.contains(entry.path().extension().string())) {
        continue;
      }
      for (const std::string& code : loinc_codes_in(entry.path())) {
        all.insert(code);
        EXPECT_NE(vocabulary::has_form(loinc, code), wrong_on_purpose.contains(code))
            << code << " in " << entry.path();
      }
    }
  }
  EXPECT_GT(all.size(), 100u);
}

}  // namespace
}  // namespace parcours
