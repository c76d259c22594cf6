// The reader against its twin in Python (tests/twins/fhir_rows.py), which reads FHIR in the
// plainest way: on made-up files and on the real ones beside the checkout.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdio>
#include <cstdlib>
#include <sstream>

#include "fhir/testing/fhir_trial.h"

namespace parcours::fhir {
namespace {

namespace fs = std::filesystem;

const fs::path twins = fs::path(PARCOURS_SOURCE_DIR) / "tests/twins";

bool has_python() {
  return std::system("python3 -c '' 2>/dev/null") == 0;
}

struct Answer {
  std::vector<std::string> patients;
  std::vector<std::string> events;
  std::vector<std::string> sections;
  std::vector<std::string> numbers;
};

Answer ask_twin(const std::string& arguments) {
  Answer answer;
  const std::string command = fmt::format("PYTHONDONTWRITEBYTECODE=1 python3 '{}' {}",
                                          (twins / "fhir_rows.py").string(), arguments);
  std::string text;
  FILE* python = popen(command.c_str(), "r");
  for (int c = std::fgetc(python); c != EOF; c = std::fgetc(python)) {
    text += static_cast<char>(c);
  }
  EXPECT_EQ(pclose(python), 0) << command;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    const std::string rest = line.substr(2);
    if (line[0] == 'P') {
      answer.patients.push_back(rest);
      answer.numbers.push_back(rest.substr(0, rest.find(' ')));
    } else if (line[0] == 'E') {
      answer.events.push_back(rest);
    } else {
      std::vector<std::string> words;
      std::istringstream all(rest);
      for (std::string word; all >> word;) {
        words.push_back(word);
      }
      const std::size_t counts = words.size() - 5;
      answer.sections.push_back(fmt::format(
          "{} {} = {} + {} + {} + {}",
          fmt::join(words.begin(), words.begin() + static_cast<long>(counts), " "), words[counts],
          words[counts + 1], words[counts + 2], words[counts + 3], words[counts + 4]));
    }
  }
  std::ranges::sort(answer.patients);
  std::ranges::sort(answer.events);
  return answer;
}

void expect_same(const std::vector<fs::path>& files, const Answer& twin, const CutOptions& cut,
                 int threads) {
  FhirTrial trial;
  for (const fs::path& file : files) {
    trial.existing(file);
  }
  const FhirOutcome outcome = trial.knowing(twin.numbers).cut(cut).run(threads);
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(outcome.patients, twin.patients);
  EXPECT_EQ(outcome.events, twin.events);
  EXPECT_EQ(outcome.sections, twin.sections);
}

std::vector<fs::path> files_in(const fs::path& folder) {
  std::vector<fs::path> files;
  for (const fs::directory_entry& entry : fs::directory_iterator(folder)) {
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

TEST(FhirTwin, MadeUpFilesGiveTheRowsThatItFinds) {
  if (!has_python()) {
    GTEST_SKIP() << "python3 is not here";
  }
  for (int seed = 1; seed <= 12; ++seed) {
    SCOPED_TRACE(fmt::format("seed {}", seed));
    const ScratchFolder folder = *ScratchFolder::make(fs::temp_directory_path(), "fhir-twin-");
    const Answer twin = ask_twin(fmt::format("--made-up {} '{}'", seed, folder.path().string()));
    const std::size_t block = std::size_t{1} << (seed % 17);
    expect_same(files_in(folder.path()), twin, {.block_bytes = block}, 1 + seed % 2);
    if (testing::Test::HasFailure()) {
      return;
    }
  }
}

class FhirRealFiles : public testing::TestWithParam<const char*> {};

TEST_P(FhirRealFiles, GiveTheRowsThatTheTwinFinds) {
  const fs::path folder = fs::path(PARCOURS_SOURCE_DIR) / "../shared/data" / GetParam();
  if (!fs::exists(folder)) {
    GTEST_SKIP() << "no ../shared/data/" << GetParam() << " here";
  }
  if (!has_python()) {
    GTEST_SKIP() << "python3 is not here";
  }
  const std::vector<fs::path> files = files_in(folder);
  std::string names;
  for (const fs::path& file : files) {
    names += fmt::format("'{}' ", file.string());
  }
  const Answer twin = ask_twin(names);
  EXPECT_FALSE(twin.events.empty());
  expect_same(files, twin, {}, 2);
}

INSTANTIATE_TEST_SUITE_P(Shared, FhirRealFiles, testing::Values("fhir_r4_bulk", "fhir_r4_bundles"));

}  // namespace
}  // namespace parcours::fhir
