// The health agency's own examples (fictitious people), where they lie beside the checkout.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>

#include "cda/testing/documents.h"

namespace parcours::cda {
namespace {

namespace fs = std::filesystem;

const fs::path examples = fs::path(PARCOURS_SOURCE_DIR) / "../shared/data/ans_cda";

std::vector<fs::path> example_files() {
  std::vector<fs::path> files;
  for (const auto& entry : fs::directory_iterator(examples)) {
    files.push_back(entry.path());
  }
  std::ranges::sort(files);
  return files;
}

#define SKIP_WITHOUT_EXAMPLES()                       \
  if (!fs::exists(examples)) {                        \
    GTEST_SKIP() << "no ../shared/data/ans_cda here"; \
  }

// Counted by hand in the documents.
TEST(Examples, EveryItemOfEachIsCounted) {
  SKIP_WITHOUT_EXAMPLES();
  const Read read = read_paths(example_files());
  EXPECT_EQ(read.outcome.error, "");
  EXPECT_THAT(read.sections, testing::Contains("VSM problems: 2 = 0 + 2 + 0 + 0"));
  EXPECT_THAT(read.sections, testing::Contains("VSM treatments: 2 = 0 + 2 + 0 + 0"));
  EXPECT_THAT(read.sections, testing::Contains("VSM procedures: 1 = 0 + 1 + 0 + 0"));
  EXPECT_THAT(read.sections, testing::Contains("CR-BIO results: 30 = 0 + 29 + 1 + 0"));
  EXPECT_THAT(read.sections, testing::Contains("TROD results: 2 = 0 + 2 + 0 + 0"));
  EXPECT_THAT(read.sections, testing::Contains("VAC vaccinations: 5 = 0 + 4 + 1 + 0"));
  EXPECT_THAT(read.sections, testing::Contains("eP prescriptions: 4 = 0 + 2 + 2 + 0"));
  EXPECT_THAT(read.sections, testing::Contains("eDISP dispensations: 2 = 0 + 0 + 0 + 2"));
  EXPECT_THAT(read.sections, testing::Contains("CNAM-HR procedures: 18 = 0 + 0 + 0 + 18"));
  EXPECT_THAT(read.sections, testing::Contains("IPS history: 2 = 0 + 2 + 0 + 0"));
  EXPECT_THAT(read.sections, testing::Contains("CS vital signs: 4 = 0 + 4 + 0 + 0"));
}

TEST(Examples, PatientsEventsRefusedAndLeftOutAddUp) {
  SKIP_WITHOUT_EXAMPLES();
  for (const fs::path& file : example_files()) {
    const Read read = read_paths({file});
    std::uint64_t left_out = 0;
    for (const std::string& one : read.left_out) {
      left_out += std::stoul(one);
    }
    EXPECT_EQ(read.items, read.outcome.patients.size() + read.outcome.events.size() +
                              read.outcome.bad_rows.size() + left_out)
        << file;
  }
}

}  // namespace
}  // namespace parcours::cda
