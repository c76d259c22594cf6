#include "exercise/target.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "base/random.h"
#include "exercise/find.h"
#include "exports/testing/roles.h"

namespace parcours::exercise {
namespace {

namespace fs = std::filesystem;

TargetWish wish() {
  return {6, 15, {{"J45", true}, {"E10", true}}, 3, "region"};
}

class Target : public testing::Test {
 protected:
  exports::ExportFile opened(const std::string& text) {
    const fs::path path = folder_.path() / "export.csv";
    EXPECT_TRUE(write_file(path, text));
    return *exports::ExportFile::open(path, 1);
  }
  const ScratchFolder folder_ = *ScratchFolder::make(fs::temp_directory_path(), "parcours-test-");
  const Stop stop_;
};

const std::string flat_header = "patient,birth_year,sex,region,kind,code,date\n";

TEST_F(Target, IsAChildWhomTheSentenceSinglesOut) {
  Random random(3);
  std::string text = flat_header;
  for (int patient = 0; patient < 400; ++patient) {
    const auto person = fmt::format("{},{},{},{}", patient, 1990 + random.below(30),
                                    random.below(2) == 0 ? "F" : "M", random.below(3));
    for (std::uint32_t event = 0; event < 6; ++event) {
      const bool visit = random.below(2) == 0;
      text += fmt::format("{},{},{},2023-0{}-{:02}\n", person, visit ? "consultation" : "diagnosis",
                          visit                  ? "C"
                          : random.below(3) == 0 ? "J45.0"
                                                 : "Z00",
                          1 + random.below(6), 1 + random.below(28));
    }
  }
  exports::ExportFile file = opened(text);
  const exports::Roles roles = *exports::plain_roles(file);
  std::string before;
  for (std::uint64_t seed = 1; seed <= 2; ++seed) {
    const auto picked = *pick_target(file, roles, wish(), seed, stop_);
    ASSERT_TRUE(picked);
    EXPECT_EQ(picked, *pick_target(file, roles, wish(), seed, stop_));
    const auto facts = *parse_facts(*picked);
    const int age = std::get<AgeFact>(facts[0].known).years;
    EXPECT_TRUE(age >= 6 && age <= 15);
    const Funnel funnel = *find_in(file, roles, facts, false, stop_);
    EXPECT_EQ(funnel.steps.back().patients, 1) << *picked;
  }
}

TEST_F(Target, NobodyIsPickedWhereNobodyIsSingledOut) {
  std::string text = flat_header;
  for (const char* patient : {"a", "b"}) {
    text += fmt::format(
        "{0},2012,F,84,diagnosis,J45.0,2023-03-07\n{0},2012,F,84,consultation,C,2023-03-07\n",
        patient);
  }
  exports::ExportFile file = opened(text);
  EXPECT_FALSE(*pick_target(file, *exports::plain_roles(file), wish(), 1, stop_));
}

TEST_F(Target, AnExportWithoutTheColumnsIsRefused) {
  exports::ExportFile file = opened("id,day,code\n1,2023-01-01,x\n");
  EXPECT_FALSE(pick_target(file, *exports::plain_roles(file), wish(), 1, stop_));
}

}  // namespace
}  // namespace parcours::exercise
