#include "ingest/entering_code.h"

#include <gtest/gtest.h>

#include <vector>

#include "ingest/registry.h"

namespace parcours::ingest {
namespace {

EnteringCode enter(std::string_view kind, std::string_view system, std::string_view code) {
  return entering_code({vocabulary::find_kind(kind), system, vocabulary::find_code_system(system)},
                       code, {});
}

TEST(EnteringCode, G1OfASystemWithAFormHasThisForm) {
  for (const auto& [system, code] :
       std::vector<std::pair<const char*, const char*>>{{"icd10", "asthma"},
                                                        {"atc", "R0"},
                                                        {"loinc", "2345-8"},
                                                        {"snomed", "123456789"},
                                                        {"ndc", "07700900123"},
                                                        {"fr-department", "75001"},
                                                        {"cip13", "3400930000121"}}) {
    EXPECT_EQ(enter("lab", system, code).fault, CodeFault::form) << system << " " << code;
  }
  EXPECT_EQ(enter("lab", "own", std::string(longest_code, 'x')).fault, CodeFault::none);
  EXPECT_EQ(enter("lab", "own", std::string(longest_code + 1, 'x')).fault, CodeFault::too_long);
}

TEST(EnteringCode, G2IsWrittenInOneWay) {
  EXPECT_EQ(enter("diagnosis", "icd10", "j450").text, "J45.0");
  EXPECT_EQ(enter("diagnosis", "icd10", "J45.0").text, "J45.0");
  EXPECT_EQ(enter("diagnosis", "icd9", "e8859").text, "E885.9");
  EXPECT_EQ(enter("procedure", "icd9", "4513").text, "45.13");
  EXPECT_EQ(enter("prescription", "atc", "r03ba02").text, "R03BA02");
  EXPECT_EQ(
      entering_code({std::nullopt, "fr-department", vocabulary::find_code_system("fr-department")},
                    "2a", {})
          .text,
      "2A");
  EXPECT_EQ(enter("lab", "own", "glyc").text, "glyc")
      << "a system without a form writes as it likes";
}

TEST(EnteringCode, G3ThatLooksLikeAPersonIsNone) {
  const EnteringCode code = enter("lab", "own", "06 12 34 56 78");
  EXPECT_EQ(code.fault, CodeFault::person);
  EXPECT_EQ(code.like, PersonLike::phone);
  EXPECT_EQ(code.text, "");
}

}  // namespace
}  // namespace parcours::ingest
