#include "release/words.h"

#include <gtest/gtest.h>

namespace parcours::release {
namespace {

TEST(Words, APseudonymAUuidAndAFingerprintLookLikeIdentifiers) {
  EXPECT_TRUE(looks_like_identifier("8f14e45fceea467fa3b10c9a5d3e7b21"));
  EXPECT_TRUE(looks_like_identifier("of 8F14E45F-CEEA-467F-A3B1-0C9A5D3E7B21"));
  EXPECT_TRUE(looks_like_identifier("336528943098432098430298409"));
}

TEST(Words, APersonsOrAPractitionersNumberLooksLikeAnIdentifier) {
  EXPECT_TRUE(looks_like_identifier("10003456789"));    // RPPS: 11 digits
  EXPECT_TRUE(looks_like_identifier("1850578006048"));  // NIR: 13 digits
}

TEST(Words, ACodeOfSnomedOrACipIsKnownByItsForm) {
  for (const char* code : {"73211009", "195967001", "1551000119108", "97331000119101",
                           "90781000119102", "368581000119106", "3400930000014"}) {
    EXPECT_TRUE(is_code_by_form(code)) << code;
  }
  for (const char* number : {"10003456789", "1850578006048", "1551000119107", "1551000119118",
                             "3400930000015", "0551000119108", "15510001191O8", ""}) {
    EXPECT_FALSE(is_code_by_form(number)) << number;
  }
}

// A table of one dimension of these categories.
tables::Table of_categories(std::vector<tables::Category> categories) {
  return {"t", {"T", "T"}, {{"problem", {"Problem", "Problème"}, std::move(categories)}}, {}, {}};
}

TEST(Words, ALongNumberThatIsACodeIsNoIdentifier) {
  const tables::Category unlabelled{"1551000119108", {"1551000119108", "1551000119108"}};
  EXPECT_EQ(look_at_words(of_categories({unlabelled})).identifiers, 0);
  const tables::Category with_kind{"diagnosis:1551000119108",
                                   {"diagnosis: 1551000119108", "diagnostic : 1551000119108"}};
  EXPECT_EQ(look_at_words(of_categories({with_kind})).identifiers, 0);
  const tables::Category labelled{"20250000000000", {"fatty liver", "stéatose"}};
  EXPECT_EQ(look_at_words(of_categories({labelled})).identifiers, 0);
}

TEST(Words, ALabelHidesNoIdentifier) {
  const tables::Category pseudonym{"8f14e45fceea467fa3b10c9a5d3e7b21",
                                   {"a person", "une personne"}};
  EXPECT_EQ(look_at_words(of_categories({pseudonym})).identifiers, 1);
  const tables::Category number{"10003456789", {"10003456789", "10003456789"}};
  EXPECT_EQ(look_at_words(of_categories({number})).identifiers, 3);
  const tables::Category inside{"a", {"of 10003456789", "b"}};
  EXPECT_EQ(look_at_words(of_categories({inside})).identifiers, 1);
}

TEST(Words, ARefusalSaysWhereAndHowManyAndShowsNone) {
  crowds::Counted counted;
  crowds::CrowdTable table;
  table.id = "before";
  table.dimensions = of_categories({{"10003456789", {"10003456789", "10003456789"}},
                                    {"1551000119108", {"1551000119108", "1551000119108"}}})
                         .dimensions;
  counted.tables = {table};
  const Status status = no_identifiers(counted, "study.toml");
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().fault, Fault::rule);
  const std::string said = status.error().sentence();
  EXPECT_NE(said.find("1 of 2 categories of 'problem' in table 'before'"), std::string::npos);
  EXPECT_EQ(said.find("10003456789"), std::string::npos);
  counted.tables[0].dimensions[0].categories.erase(
      counted.tables[0].dimensions[0].categories.begin());
  EXPECT_TRUE(no_identifiers(counted, "study.toml"));
}

TEST(Words, CodesBandsAndNamesDoNot) {
  for (const char* word :
       {"J45.0", "R03BA02", "[6;12)", "2023-01-01 to 2025-12-31", "Auvergne-Rhône-Alpes", "_T",
        "cafe-decade-added-facade", "1 000 000 to 2 000 000", ""}) {
    EXPECT_FALSE(looks_like_identifier(word)) << word;
  }
}

}  // namespace
}  // namespace parcours::release
