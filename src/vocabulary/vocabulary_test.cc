#include "vocabulary/vocabulary.h"

#include <gtest/gtest.h>

#include <set>

#include "base/files.h"
#include "vocabulary/built_in.h"
#include "vocabulary/levels.h"

namespace parcours::vocabulary {
namespace {

namespace fs = std::filesystem;

const fs::path france = fs::path(PARCOURS_SOURCE_DIR) / "../shared/data/france";

class VocabularyTest : public testing::Test {
 protected:
  fs::path file(std::string_view text) {
    const fs::path path = folder_.path() / "nomenclature.csv";
    EXPECT_TRUE(write_file(path, text));
    return path;
  }

  ScratchFolder folder_ = *ScratchFolder::make(fs::temp_directory_path(), "parcours-test-");
  Vocabulary vocabulary_ = Vocabulary::built_in();
};

TEST_F(VocabularyTest, ACodeIsCalledSomethingInBothLanguages) {
  EXPECT_EQ(vocabulary_.label("icd10", "J45.0"), (Text{"Allergic asthma", "Asthme allergique"}));
  EXPECT_EQ(vocabulary_.label("atc", "R03BA"),
            (Text{"Inhaled corticosteroids", "Corticoïdes inhalés"}));
  EXPECT_FALSE(vocabulary_.label("icd10", "J99.9"));
}

TEST_F(VocabularyTest, ACodeWithoutItsDotIsCalledTheSame) {
  EXPECT_EQ(vocabulary_.label("icd10", "J450"), vocabulary_.label("icd10", "J45.0"));
}

TEST_F(VocabularyTest, AnUnknownCodeIsCalledByItself) {
  EXPECT_EQ(vocabulary_.label_or_code("lab", "XYZ"), (Text{"XYZ", "XYZ"}));
}

TEST_F(VocabularyTest, ADepartmentAndARegionOfTheSameNumberAreToldApartByTheLevel) {
  EXPECT_EQ(vocabulary_.label("fr-department", "84")->fr, "Vaucluse");
  EXPECT_EQ(vocabulary_.label("fr-department", "84", "department")->fr, "Vaucluse");
  EXPECT_EQ(vocabulary_.label("fr-department", "84", "region")->fr, "Auvergne-Rhône-Alpes");
}

TEST_F(VocabularyTest, EveryCodeThatAnEventCanCarryIsLabelledAtEveryLevel) {
  for (const BuiltInCode& built_in : built_in_codes()) {
    const Code& code = built_in.code;
    for (const std::string& level : levels_of(code.system)) {
      const auto coarser = at_level(code.system, code.code, level);
      ASSERT_TRUE(coarser);
      const auto text = vocabulary_.label(code.system, *coarser, level);
      ASSERT_TRUE(text) << code.system << " " << *coarser << ", " << level << " of " << code.code;
      EXPECT_FALSE(text->en.empty() || text->fr.empty()) << code.system << " " << *coarser;
    }
  }
}

TEST_F(VocabularyTest, NoCodeIsCarriedTwice) {
  std::set<std::pair<std::string, std::string>> seen;
  for (const BuiltInCode& built_in : built_in_codes()) {
    EXPECT_TRUE(seen.emplace(built_in.code.system, built_in.code.code).second)
        << built_in.code.system << " " << built_in.code.code;
  }
}

TEST_F(VocabularyTest, ThereAreCodesOfEveryKindAndSome350InAll) {
  std::size_t all = 0;
  for (KindId kind = 0; kind < kinds().size(); ++kind) {
    const auto codes = Vocabulary::built_in_codes_of(kind);
    EXPECT_FALSE(codes.empty()) << kinds()[kind];
    all += codes.size();
  }
  EXPECT_GE(Vocabulary::built_in_codes_of(*find_kind("diagnosis")).size(), 120u);
  EXPECT_GE(Vocabulary::built_in_codes_of(*find_kind("prescription")).size(), 110u);
  EXPECT_GE(all, 300u);
}

TEST_F(VocabularyTest, LabelsOfTheUsersFileWinOverThoseCarried) {
  ASSERT_TRUE(vocabulary_.load(file("COD;LIB\nJ450;Asthme \xe0 pr\xe9"
                                    "dominance allergique\n"),
                               "icd10", "COD", "LIB", "fr"));
  EXPECT_EQ(vocabulary_.label("icd10", "J45.0"),
            (Text{"Allergic asthma", "Asthme à prédominance allergique"}));
}

TEST_F(VocabularyTest, ALabelInOneLanguageServesForTheOther) {
  ASSERT_TRUE(vocabulary_.load(file("code,label\nX1,Etwas\n"), "own", "code", "label", "en"));
  EXPECT_EQ(vocabulary_.label("own", "X1"), (Text{"Etwas", "Etwas"}));
}

TEST_F(VocabularyTest, AFileThatCannotServeIsRefusedAndAddsNothing) {
  EXPECT_EQ(vocabulary_.load(file("code,label\n"), "own", "codes", "label", "en").error().right,
            "did you mean 'code'?");
  EXPECT_FALSE(vocabulary_.load(file("code,label\n"), "own", "code", "label", "de"));
  EXPECT_FALSE(vocabulary_.load("/nowhere/at/all", "own", "code", "label", "en"));
  const fs::path uneven = file("code,label\nX1,one\nX2\n");
  EXPECT_EQ(vocabulary_.load(uneven, "own", "code", "label", "en").error().where,
            uneven.string() + ":3");
  EXPECT_FALSE(vocabulary_.label("own", "X1"));
}

TEST_F(VocabularyTest, TheNomenclaturesOfFranceLoad) {
  if (!fs::exists(france)) {
    GTEST_SKIP() << "no ../shared/data/france here";
  }
  ASSERT_TRUE(vocabulary_.load(france / "openmedic_ATC5.csv", "atc", "ATC5", "Libellé ATC5", "fr"));
  EXPECT_EQ(vocabulary_.label("atc", "A07XA04")->fr, "RACECADOTRIL");
  ASSERT_TRUE(vocabulary_.load(france / "IR_ALD_V.csv", "ald", "ALD_030_COD", "ALD_030_LIB", "fr"));
  EXPECT_EQ(vocabulary_.label("ald", "8")->fr, "Diabète de type 1 et diabète de type 2");
  ASSERT_TRUE(vocabulary_.load(france / "regions.csv", "fr-region", "REG", "LIBELLE", "fr"));
}

TEST_F(VocabularyTest, DepartmentsAndRegionsAreThoseOfInsee) {
  if (!fs::exists(france)) {
    GTEST_SKIP() << "no ../shared/data/france here";
  }
  Vocabulary insee;
  ASSERT_TRUE(insee.load(france / "departements.csv", "fr-department", "DEP", "LIBELLE", "fr"));
  ASSERT_TRUE(insee.load(france / "departements.csv", "region-of", "DEP", "REG", "fr"));
  ASSERT_TRUE(insee.load(france / "regions.csv", "fr-region", "REG", "LIBELLE", "fr"));
  for (const BuiltInCode& built_in : built_in_codes()) {
    const std::string& code = built_in.code.code;
    if (built_in.code.system.starts_with("fr-")) {
      EXPECT_EQ(insee.label(built_in.code.system, code)->fr, built_in.label.fr);
    }
    if (built_in.code.system == "fr-department") {
      EXPECT_EQ(insee.label("region-of", code)->fr, at_level("fr-department", code, "region"));
    }
  }
}

TEST(Vocabulary, NamesTheLabsOfLoincAndTheChaptersOfTheClinicalModification) {
  const Vocabulary vocabulary = Vocabulary::built_in();
  EXPECT_EQ(vocabulary.label("loinc", "GLUCOSE", "lab"), vocabulary.label("lab", "GLUCOSE"));
  EXPECT_EQ(vocabulary.label("loinc", "SBP", "lab"), vocabulary.label("vital", "SBP"));
  EXPECT_FALSE(vocabulary.label("loinc", "2345-7", "lab"));
  EXPECT_FALSE(vocabulary.label("loinc", "GLUCOSE"));
  EXPECT_EQ(vocabulary.label("icd10cm", "J00-J99", "chapter"),
            vocabulary.label("icd10", "J00-J99", "chapter"));
  EXPECT_TRUE(vocabulary.label("icd10cm", "J00-J99", "chapter"));
}

}  // namespace
}  // namespace parcours::vocabulary
