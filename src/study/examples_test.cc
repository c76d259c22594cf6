// Every study that comes with the project is one, in the calendar that its vault has.

#include <gtest/gtest.h>

#include <filesystem>

#include "study/sentences.h"
#include "study/study.h"

namespace parcours::study {
namespace {

struct Example {
  const char* file;
  Calendar calendar;
};

class Examples : public testing::TestWithParam<Example> {};

TEST_P(Examples, AreStudiesWithoutAMistake) {
  const auto file = std::filesystem::path(PARCOURS_SOURCE_DIR) / "examples" / GetParam().file;
  const auto study = read_study(file, GetParam().calendar);
  ASSERT_TRUE(study) << study.error().sentence();
  EXPECT_GE(study->tables.size(), 4u);
  EXPECT_GT(in_sentences(*study, vocabulary::Vocabulary::built_in(), GetParam().calendar).size(),
            8u);
}

INSTANTIATE_TEST_SUITE_P(All, Examples,
                         testing::Values(Example{"panel/study.toml", Calendar::dates},
                                         Example{"panel/broad.toml", Calendar::dates},
                                         Example{"nafld/study.toml", Calendar::days},
                                         Example{"diabetes130/study.toml", Calendar::order}));

}  // namespace
}  // namespace parcours::study
