// The reader against its slow twin in Python (tests/twins/cda_rows.py), on the health agency's
// examples and on random documents.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <iterator>
#include <sstream>

#include "cda/testing/documents.h"

namespace parcours::cda {
namespace {

namespace fs = std::filesystem;

// What the command prints; nothing where it fails.
std::optional<std::string> printed(const std::string& command) {
  FILE* pipe = ::popen(command.c_str(), "r");
  if (pipe == nullptr) {
    return std::nullopt;
  }
  std::string text;
  std::array<char, 4096> block{};
  for (std::size_t got = 0; (got = std::fread(block.data(), 1, block.size(), pipe)) > 0;) {
    text.append(block.data(), got);
  }
  return ::pclose(pipe) == 0 ? std::optional(text) : std::nullopt;
}

std::string twin(const std::string& arguments) {
  return fmt::format("python3 '{}/tests/twins/cda_rows.py' {}", PARCOURS_SOURCE_DIR, arguments);
}

bool has_python() {
  return std::system("python3 -c '' 2>/dev/null") == 0;
}

#define SKIP_WITHOUT_PYTHON()                   \
  if (!has_python()) {                          \
    GTEST_SKIP() << "there is no python3 here"; \
  }

std::vector<std::string> only_in(const std::vector<std::string>& a,
                                 const std::vector<std::string>& b) {
  std::vector<std::string> lines;
  std::ranges::set_difference(a, b, std::back_inserter(lines));
  return lines;
}

void expect_the_same(const std::vector<fs::path>& files) {
  std::string arguments =
      fmt::format("read '{}/src/vocabulary/code_systems.csv'", PARCOURS_SOURCE_DIR);
  for (const fs::path& file : files) {
    arguments += fmt::format(" '{}'", file.string());
  }
  const auto text = printed(twin(arguments));
  ASSERT_TRUE(text) << "the twin failed";
  ingest::OutcomeOptions options{.most_bad_rows = 100'000};
  std::vector<std::string> patients;
  std::vector<std::string> events;
  std::vector<std::string> sections;
  std::stringstream lines(*text);
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string>& to = line[0] == 'N'   ? options.patients
                                   : line[0] == 'P' ? patients
                                   : line[0] == 'E' ? events
                                                    : sections;
    to.push_back(line.substr(2));
  }
  for (auto* some : {&patients, &events, &sections}) {
    std::ranges::sort(*some);
  }
  Read read = read_paths(files, {}, options);
  std::ranges::sort(read.sections);
  EXPECT_EQ(read.outcome.error, "");
  EXPECT_THAT(only_in(read.outcome.patients, patients), testing::IsEmpty());
  EXPECT_THAT(only_in(patients, read.outcome.patients), testing::IsEmpty());
  EXPECT_THAT(only_in(read.outcome.events, events), testing::IsEmpty());
  EXPECT_THAT(only_in(events, read.outcome.events), testing::IsEmpty());
  EXPECT_THAT(only_in(read.sections, sections), testing::IsEmpty());
  EXPECT_THAT(only_in(sections, read.sections), testing::IsEmpty());
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(folder)) {
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

TEST(CdaTwin, ReadsTheExamplesInTheSameWay) {
  SKIP_WITHOUT_PYTHON();
  const fs::path folder = fs::path(PARCOURS_SOURCE_DIR) / "../shared/data/ans_cda";
  if (!fs::exists(folder)) {
    GTEST_SKIP() << "no ../shared/data/ans_cda here";
  }
  expect_the_same(files_in(folder));
}

TEST(CdaTwin, ReadsRandomDocumentsInTheSameWay) {
  SKIP_WITHOUT_PYTHON();
  for (int seed = 0; seed < 10; ++seed) {
    SCOPED_TRACE(seed);
    const ScratchFolder folder = *ScratchFolder::make(fs::temp_directory_path(), "cda-");
    ASSERT_TRUE(printed(twin(fmt::format("make {} '{}'", seed, folder.path().string()))));
    expect_the_same(files_in(folder.path()));
  }
}

}  // namespace
}  // namespace parcours::cda
