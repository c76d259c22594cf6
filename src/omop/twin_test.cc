// The reader against its twin in Python (tests/twins/omop_rows.py), which reads OMOP's tables in
// the plainest way: on made-up tables and on the real ones beside the checkout.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <iterator>
#include <sstream>

#include "base/files.h"
#include "ingest/testing/outcome.h"
#include "omop/omop.h"

namespace parcours::omop {
namespace {

namespace fs = std::filesystem;

struct TwinAnswer {
  std::vector<std::string> patients;
  std::vector<std::string> events;
  std::vector<std::string> sections;  // "person 3 3 0 0 0"
  std::vector<std::string> numbers;
};

TwinAnswer ask_twin(const std::string& arguments) {
  TwinAnswer answer;
  const std::string command =
      fmt::format("PYTHONDONTWRITEBYTECODE=1 python3 '{}/tests/twins/omop_rows.py' {}",
                  PARCOURS_SOURCE_DIR, arguments);
  std::string text;
  FILE* python = popen(command.c_str(), "r");
  for (int c = std::fgetc(python); c != EOF; c = std::fgetc(python)) {
    text += static_cast<char>(c);
  }
  EXPECT_EQ(pclose(python), 0) << command;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::string rest = line.substr(2);
    (line[0] == 'P'   ? answer.patients
     : line[0] == 'E' ? answer.events
                      : answer.sections)
        .push_back(rest);
    if (line[0] == 'P') {
      answer.numbers.push_back(rest.substr(0, rest.find(' ')));
    }
  }
  for (auto* some : {&answer.patients, &answer.events, &answer.sections}) {
    std::ranges::sort(*some);
  }
  return answer;
}

std::vector<std::string> only_in(const std::vector<std::string>& a,
                                 const std::vector<std::string>& b) {
  std::vector<std::string> lines;
  std::ranges::set_difference(a, b, std::back_inserter(lines));
  return lines;
}

void expect_as_twin(const std::vector<fs::path>& files, const TwinAnswer& twin, int threads) {
  auto tables = open_files(shown_as_they_are(files));
  ASSERT_TRUE(tables) << tables.error().sentence();
  const auto intake = make_intake(*std::move(tables), {});
  ASSERT_TRUE(intake) << intake.error().sentence();
  ingest::Outcome outcome = ingest::outcome_of(
      **intake, {.patients = twin.numbers, .most_bad_rows = 1'000'000, .threads = threads});
  EXPECT_EQ(outcome.error, "");
  std::vector<std::string> sections;
  for (const ingest::SectionCount& one : (*intake)->sections()) {
    sections.push_back(fmt::format("{} {} {} {} {} {}", one.section, one.items, one.patients,
                                   one.events, one.refused, one.left_out));
  }
  for (auto* some : {&outcome.patients, &outcome.events, &sections}) {
    std::ranges::sort(*some);
  }
  EXPECT_THAT(only_in(outcome.patients, twin.patients), testing::IsEmpty());
  EXPECT_THAT(only_in(twin.patients, outcome.patients), testing::IsEmpty());
  EXPECT_THAT(only_in(outcome.events, twin.events), testing::IsEmpty());
  EXPECT_THAT(only_in(twin.events, outcome.events), testing::IsEmpty());
  EXPECT_EQ(sections, twin.sections);
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

bool has_python() {
  return std::system("python3 -c '' 2>/dev/null") == 0;
}

TEST(OmopTwin, MadeUpTablesGiveTheRowsThatItFinds) {
  if (!has_python()) {
    GTEST_SKIP() << "python3 is not here";
  }
  std::size_t events = 0;
  for (int seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    const ScratchFolder folder = *ScratchFolder::make(fs::temp_directory_path(), "omop-twin-");
    const TwinAnswer twin =
        ask_twin(fmt::format("--made-up {} '{}'", seed, folder.path().string()));
    expect_as_twin(files_in(folder.path()), twin, 1 + seed % 2);
    events += twin.events.size();
    if (testing::Test::HasFailure()) {
      return;
    }
  }
  EXPECT_GT(events, 100u);
}

TEST(OmopTwin, RealTablesGiveTheRowsThatItFinds) {
  const fs::path folder = fs::path(PARCOURS_SOURCE_DIR) / "../shared/data/omop_synthea1k";
  if (!fs::exists(folder)) {
    GTEST_SKIP() << "no ../shared/data/omop_synthea1k here";
  }
  if (!has_python()) {
    GTEST_SKIP() << "python3 is not here";
  }
  std::vector<fs::path> files = files_in(folder);
  std::erase_if(files, [](const fs::path& file) { return table_of_file(file).empty(); });
  std::string names;
  for (const fs::path& file : files) {
    names += fmt::format("'{}' ", file.string());
  }
  const TwinAnswer twin = ask_twin(names);
  EXPECT_GT(twin.events.size(), 90'000u);
  expect_as_twin(files, twin, 2);
}

}  // namespace
}  // namespace parcours::omop
