#include "vocabulary/levels.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "vocabulary/built_in.h"

namespace parcours::vocabulary {
namespace {

using testing::Contains;
using testing::ElementsAre;

TEST(Levels, ASystemHasItsLevelsFromCoarseToFine) {
  EXPECT_THAT(levels_of("icd10"), ElementsAre("chapter", "icd3", "icd4", "code"));
  EXPECT_THAT(levels_of("icd9"), ElementsAre("chapter", "icd3", "code"));
  EXPECT_THAT(levels_of("atc"), ElementsAre("atc1", "atc2", "atc3", "atc4", "atc5", "code"));
  EXPECT_THAT(levels_of("fr-department"), ElementsAre("region", "department", "code"));
  EXPECT_THAT(levels_of("icd10cm"), ElementsAre("chapter", "icd3", "icd4", "code"));
  EXPECT_THAT(levels_of("loinc"), ElementsAre("lab", "code"));
  EXPECT_THAT(levels_of("lab"), ElementsAre("code"));
}

TEST(Levels, EveryLevelIsNamedOnceForErrors) {
  const auto all = all_levels();
  EXPECT_THAT(all, Contains("atc5"));
  EXPECT_EQ(std::set<std::string>(all.begin(), all.end()).size(), all.size());
}

TEST(Levels, AnIcd10CodeHasACategoryAndAChapter) {
  EXPECT_EQ(at_level("icd10", "J45.0", "chapter"), "J00-J99");
  EXPECT_EQ(at_level("icd10", "J45.0", "icd3"), "J45");
  EXPECT_EQ(at_level("icd10", "J45.0", "icd4"), "J45.0");
  EXPECT_EQ(at_level("icd10", "J45.01", "icd4"), "J45.0");
  EXPECT_EQ(at_level("icd10", "J45.01", "code"), "J45.01");
}

TEST(Levels, AnIcd10CodeWithoutItsDotIsTheSameCode) {
  EXPECT_EQ(at_level("icd10", "J450", "icd4"), "J45.0");
  EXPECT_EQ(at_level("icd10", "F1000", "icd4"), "F10.0");
  EXPECT_EQ(at_level("icd10", "J450", "chapter"), "J00-J99");
}

TEST(Levels, ChaptersOfIcd10BeginAndEndWhereTheyShould) {
  EXPECT_EQ(at_level("icd10", "B99", "chapter"), "A00-B99");
  EXPECT_EQ(at_level("icd10", "D48.9", "chapter"), "C00-D48");
  EXPECT_EQ(at_level("icd10", "D50", "chapter"), "D50-D89");
  EXPECT_EQ(at_level("icd10", "H59.9", "chapter"), "H00-H59");
  EXPECT_EQ(at_level("icd10", "H60", "chapter"), "H60-H95");
  EXPECT_EQ(at_level("icd10", "T98.3", "chapter"), "S00-T98");
  EXPECT_EQ(at_level("icd10", "U07.1", "chapter"), "U00-U99");
  EXPECT_EQ(at_level("icd10", "V01", "chapter"), "V01-Y98");
  EXPECT_EQ(at_level("icd10", "Y98", "chapter"), "V01-Y98");
  EXPECT_EQ(at_level("icd10", "Z99.9", "chapter"), "Z00-Z99");
}

TEST(Levels, TheClinicalModificationHasTheChaptersOfIcd10) {
  EXPECT_EQ(at_level("icd10cm", "J45.20", "chapter"), "J00-J99");
  EXPECT_EQ(at_level("icd10cm", "J45.20", "icd3"), "J45");
  EXPECT_EQ(at_level("icd10cm", "J45.20", "icd4"), "J45.2");
  EXPECT_EQ(at_level("icd10cm", "C7A.00", "chapter"), "C00-D48");
  EXPECT_EQ(at_level("icd10cm", "D49.0", "chapter"), "C00-D48");
  EXPECT_EQ(at_level("icd10cm", "Z3A.01", "chapter"), "Z00-Z99");
}

TEST(Levels, ACodeOfLoincIsALabOfThePanel) {
  EXPECT_EQ(at_level("loinc", "14771-0", "lab"), "GLUCOSE");
  EXPECT_EQ(at_level("loinc", "1558-6", "lab"), "GLUCOSE");
  EXPECT_EQ(at_level("loinc", "8480-6", "lab"), "SBP");
  EXPECT_EQ(at_level("loinc", "2345-7", "lab"), "2345-7") << "not fasting, maybe";
  EXPECT_EQ(at_level("loinc", "72514-3", "lab"), "72514-3");
}

TEST(Levels, WhatIsCoarserAlreadyStaysAsItIs) {
  EXPECT_EQ(at_level("icd10", "J45", "icd4"), "J45");
  EXPECT_EQ(at_level("icd10", "J00-J99", "icd3"), "J00-J99");
  EXPECT_EQ(at_level("atc", "R03", "atc5"), "R03");
  EXPECT_EQ(at_level("icd9", "460-519", "icd3"), "460-519");
}

TEST(Levels, WhatIsNoCodeOfItsSystemStaysAsItIs) {
  EXPECT_EQ(at_level("icd10", "?", "chapter"), "?");
  EXPECT_EQ(at_level("icd10", "", "icd3"), "");
  EXPECT_EQ(at_level("icd9", "?", "chapter"), "?");
  EXPECT_EQ(at_level("fr-department", "99", "region"), "99");
}

TEST(Levels, AnIcd9CodeHasACategoryAndAChapter) {
  EXPECT_EQ(at_level("icd9", "250.83", "icd3"), "250");
  EXPECT_EQ(at_level("icd9", "250.83", "chapter"), "240-279");
  EXPECT_EQ(at_level("icd9", "8", "icd3"), "008");
  EXPECT_EQ(at_level("icd9", "8", "chapter"), "001-139");
  EXPECT_EQ(at_level("icd9", "V57", "chapter"), "V01-V91");
  EXPECT_EQ(at_level("icd9", "E909", "icd3"), "E909");
  EXPECT_EQ(at_level("icd9", "E909", "chapter"), "E000-E999");
  EXPECT_EQ(at_level("icd9", "999", "chapter"), "800-999");
}

TEST(Levels, AnAtcCodeIsCutByWidth) {
  EXPECT_EQ(at_level("atc", "R03BA02", "atc1"), "R");
  EXPECT_EQ(at_level("atc", "R03BA02", "atc2"), "R03");
  EXPECT_EQ(at_level("atc", "R03BA02", "atc3"), "R03B");
  EXPECT_EQ(at_level("atc", "R03BA02", "atc4"), "R03BA");
  EXPECT_EQ(at_level("atc", "R03BA02", "atc5"), "R03BA02");
}

TEST(Levels, ADepartmentLiesInItsRegion) {
  EXPECT_EQ(at_level("fr-department", "69", "region"), "84");
  EXPECT_EQ(at_level("fr-department", "84", "region"), "93");
  EXPECT_EQ(at_level("fr-department", "2A", "region"), "94");
  EXPECT_EQ(at_level("fr-department", "974", "region"), "04");
  EXPECT_EQ(at_level("fr-department", "1", "region"), "84");
  EXPECT_EQ(at_level("fr-department", "1", "department"), "01");
}

TEST(Levels, The101DepartmentsLieIn18RegionsThatAreCalledSomething) {
  std::set<std::string> regions;
  std::set<std::string> called;
  int departments = 0;
  for (const BuiltInCode& built_in : built_in_codes()) {
    if (built_in.code.system == "fr-department") {
      ++departments;
      regions.insert(*at_level("fr-department", built_in.code.code, "region"));
    } else if (built_in.code.system == "fr-region") {
      called.insert(built_in.code.code);
    }
  }
  EXPECT_EQ(departments, 101);
  EXPECT_EQ(regions.size(), 18u);
  EXPECT_EQ(regions, called);
}

TEST(Levels, AnUnknownLevelIsNothing) {
  EXPECT_FALSE(at_level("icd10", "J45.0", "atc1"));
  EXPECT_FALSE(at_level("lab", "HBA1C", "icd3"));
  EXPECT_EQ(at_level("lab", "HBA1C", "code"), "HBA1C");
}

RC_GTEST_PROP(Levels, AtALevelTwiceIsAtThatLevelOnce, (const std::string& text)) {
  for (const std::string system : {"icd10", "icd10cm", "icd9", "atc", "loinc", "lab"}) {
    for (const std::string& level : levels_of(system)) {
      const auto once = at_level(system, text, level);
      RC_ASSERT(once.has_value());
      RC_ASSERT(at_level(system, *once, level) == once);
    }
  }
}

}  // namespace
}  // namespace parcours::vocabulary
