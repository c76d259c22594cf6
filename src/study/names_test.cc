#include "study/names.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"

namespace parcours::study {
namespace {

using testing::HasSubstr;

const char* const concepts =
    "concept_id\tconcept_name\tdomain_id\tvocabulary_id\tconcept_code\n"
    "201826\tType 2 diabetes mellitus\tCondition\tSNOMED\t44054006\n"
    "1503297\tmetformin\tDrug\tRxNorm\t6809\n"
    "9\tThe \"other\" 44054006\tDrug\tRxNorm\t44054006\n"
    "317009\tAsthma\tCondition\tSNOMED\t195967001\n";

class StudyNames : public testing::Test {
 protected:
  Result<vocabulary::Vocabulary> names(const std::string& section) {
    const auto path = folder_.path() / "s.toml";
    const auto study = parse_study(std::string(R"([study]
id = "s"
title = "S"
rules = "r"
[population]
index = 0
[variables]
sex = { field = "sex" }
[[table]]
id = "t"
by = ["sex"]
)") + section,
                                   path, Calendar::days);
    if (!study) {
      return std::unexpected(study.error());
    }
    vocabulary::CodeBook codes;
    codes.intern({*vocabulary::find_kind("diagnosis"), "snomed", "44054006"});
    codes.intern({*vocabulary::find_kind("prescription"), "omop", "1503297"});
    return vocabulary_of(*study, codes);
  }
  std::string mistake(const std::string& section) {
    const auto vocabulary = names(section);
    return vocabulary ? "it is right" : vocabulary.error().sentence();
  }
  void file(const std::string& text) {
    ASSERT_TRUE(write_file(folder_.path() / "names.csv", text));
  }

  ScratchFolder folder_ = *ScratchFolder::make(testing::TempDir(), "names");
};

TEST_F(StudyNames, ComeFromAthenasConceptsByTheirVocabulary) {
  file(concepts);
  const auto vocabulary =
      names("[[names]]\nsystem = \"snomed\"\nfile = \"names.csv\"\nvocabulary = \"SNOMED\"\n");
  ASSERT_TRUE(vocabulary) << vocabulary.error().sentence();
  EXPECT_EQ(vocabulary->label("snomed", "44054006")->en, "Type 2 diabetes mellitus");
  // No event of the vault has this code.
  EXPECT_FALSE(vocabulary->label("snomed", "195967001"));
}

TEST_F(StudyNames, ComeFromAthenasConceptsByTheirNumber) {
  file(concepts);
  const auto vocabulary = names("[[names]]\nsystem = \"omop\"\nfile = \"names.csv\"\n");
  ASSERT_TRUE(vocabulary) << vocabulary.error().sentence();
  EXPECT_EQ(vocabulary->label("omop", "1503297")->fr, "metformin");
}

TEST_F(StudyNames, ComeFromAnyTwoColumns) {
  file("Code;Libellé\n44054006;Diabète de type 2\n");
  const auto vocabulary = names(
      "[[names]]\nsystem = \"snomed\"\nfile = \"names.csv\"\ncode = \"Code\"\nlabel = "
      "\"Libellé\"\nlanguage = \"fr\"\n");
  ASSERT_TRUE(vocabulary) << vocabulary.error().sentence();
  EXPECT_EQ(vocabulary->label("snomed", "44054006")->fr, "Diabète de type 2");
}

TEST_F(StudyNames, ComeFromAFileThatSaysNothingElseOrAStudy) {
  file(concepts);
  vocabulary::CodeBook codes;
  codes.intern({*vocabulary::find_kind("diagnosis"), "snomed", "44054006"});
  const std::string section =
      "[[names]]\nsystem = \"snomed\"\nfile = \"names.csv\"\nvocabulary = \"SNOMED\"\n";
  for (const std::string& more : {std::string(), std::string("[study]\nid = \"s\"\n")}) {
    const auto path = folder_.path() / "n.toml";
    ASSERT_TRUE(write_file(path, more + section));
    const auto vocabulary = vocabulary_of(path, codes);
    ASSERT_TRUE(vocabulary) << vocabulary.error().sentence();
    EXPECT_EQ(vocabulary->label("snomed", "44054006")->en, "Type 2 diabetes mellitus");
    EXPECT_TRUE(vocabulary->label("icd10", "J45")) << "the built-in names stay";
  }
  ASSERT_TRUE(write_file(folder_.path() / "n.toml", "[[names]]\nsystem = \"snomed\"\n"));
  EXPECT_FALSE(vocabulary_of(folder_.path() / "n.toml", codes));
  EXPECT_FALSE(vocabulary_of(folder_.path() / "none.toml", codes));
}

TEST_F(StudyNames, AMistakeIsSaidWithTheStudysLine) {
  EXPECT_THAT(mistake("[[names]]\nsystem = \"snomed\"\nfile = \"none.csv\"\n"),
              testing::AllOf(HasSubstr("s.toml:12"), HasSubstr("none.csv")));
  file("a\tb\n1\tx\n");
  EXPECT_THAT(mistake("[[names]]\nsystem = \"snomed\"\nfile = \"names.csv\"\n"),
              HasSubstr("concept_name"));
  EXPECT_THAT(mistake("[[names]]\nsystem = \"s\"\nfile = \"f\"\ncode = \"a\"\n"),
              HasSubstr("where the names are"));
  EXPECT_THAT(mistake("[[names]]\nsystem = \"s\"\nfiel = \"f\"\n"),
              HasSubstr("did you mean 'file'?"));
}

}  // namespace
}  // namespace parcours::study
