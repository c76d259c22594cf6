// Files whose bytes the catalog vouches for and whose rows are not a vault's: each is an error that
// says what is wrong and where, whoever reads it. Digests are right in all of them.

#include "vault/stored_rows.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "vault/bucket_file.h"
#include "vault/compact.h"
#include "vault/testing/damage.h"
#include "vault/testing/worlds.h"
#include "vault/vault_check.h"

namespace parcours::vault {
namespace {

using testing::HasSubstr;

// Two practices; codes 0 (a place), 1 and 2. In bucket 0 are the patients 0-0 and 1-0, each with
// two events from each practice.
SmallVault filled() {
  SmallVault small = *SmallVault::make({.buckets = 2});
  const auto package = [](const std::string& practice) {
    return SmallPackage{practice,
                        "2024",
                        {{.id = {0, 0}, .birth_year = 1950, .place = "69"},
                         {.id = {1, 0}, .sex = records::Sex::female},
                         {.id = {2, 1}}},
                        {{.patient = {0, 0}, .day = 10, .code = "J45"},
                         {.patient = {0, 0}, .day = 20, .code = "E10", .value = 2.5},
                         {.patient = {1, 0}, .day = 11, .code = "J45"},
                         {.patient = {1, 0}, .day = 12, .code = "J45"},
                         {.patient = {2, 1}, .day = 15, .code = "J45"}}};
  };
  EXPECT_TRUE(small.import({package("P1"), package("P2")}));
  return small;
}

struct Case {
  const char* name;
  Content content;
  const char* select;
  const char* found;  // a part of the error
};

void PrintTo(const Case& one, std::ostream* out) {
  *out << one.name;
}

constexpr auto events = Content::events;
constexpr auto patients = Content::patients;

const Case cases[] = {
    {"ACodePastTheLast", events, "SELECT * REPLACE (3 AS code) FROM rows",
     "row 1 has a code that the catalog does not have"},
    {"AHugeCode", events, "SELECT * REPLACE (2147483647 AS code) FROM rows",
     "row 1 has a code that the catalog does not have"},
    {"ANegativeCode", events, "SELECT * REPLACE ((-1)::INTEGER AS code) FROM rows",
     "row 1 has a code that the catalog does not have"},
    {"ACodeThatIsAPlace", events, "SELECT * REPLACE (0 AS code) FROM rows",
     "row 1 has a code that is not an event's code"},
    {"OnlyTheLastCode", events,
     "SELECT * REPLACE (CASE WHEN rank = 8 THEN 9 ELSE code END AS code) FROM (SELECT *, "
     "row_number() OVER () AS rank FROM rows)",
     "row 8 has a code that the catalog does not have"},
    {"APracticePastTheLast", events, "SELECT * REPLACE (2 AS practice) FROM rows",
     "row 1 has a practice that the catalog does not have"},
    {"ADayBeforeTheFirst", events, "SELECT * REPLACE (day - 1 AS day) FROM rows",
     "row 1 has a day outside the days of its package"},
    {"ADayAfterTheLast", events, "SELECT * REPLACE ('9999-12-31'::DATE AS day) FROM rows",
     "row 1 has a day outside the days of its package"},
    {"APackagePastTheLast", events, "SELECT * REPLACE (2 AS package) FROM rows",
     "row 1 has a package that the catalog does not list for this file"},
    {"AValueWithoutEnd", events, "SELECT * REPLACE ('inf'::DOUBLE AS value) FROM rows",
     "row 1 has a value that is not a number"},
    {"AnotherKindThanItsCode", events, "SELECT * REPLACE (2::UTINYINT AS kind) FROM rows",
     "row 1 has a kind that differs from its code's kind"},
    {"AKindThatIsNone", events, "SELECT * REPLACE (200::UTINYINT AS kind) FROM rows",
     "row 1 has a kind that differs from its code's kind"},
    {"NoPatient", events, "SELECT * REPLACE (NULL::UUID AS patient) FROM rows",
     "a row has no value in column 'patient'"},
    {"NoCode", events, "SELECT * REPLACE (nullif(code, 2) AS code) FROM rows",
     "a row has no value in column 'code'"},
    {"NoDay", events, "SELECT * REPLACE (NULL::DATE AS day) FROM rows",
     "a row has no value in column 'day'"},
    {"NoPractice", events, "SELECT * REPLACE (NULL::INTEGER AS practice) FROM rows",
     "a row has no value in column 'practice'"},
    {"AWidePractice", events, "SELECT * REPLACE (practice::BIGINT AS practice) FROM rows",
     "column 'practice' has the wrong type"},
    {"ANarrowCode", events, "SELECT * REPLACE (code::SMALLINT AS code) FROM rows",
     "column 'code' has the wrong type"},
    {"ACodeWithoutSign", events, "SELECT * REPLACE (code::UINTEGER AS code) FROM rows",
     "column 'code' has the wrong type"},
    {"ADayThatIsANumber", events,
     "SELECT * REPLACE ((day - '1970-01-01'::DATE)::INTEGER AS day) FROM rows",
     "column 'day' has the wrong type"},
    {"ADayWithATime", events, "SELECT * REPLACE (day::TIMESTAMP AS day) FROM rows",
     "column 'day' has the wrong type"},
    {"APatientInLetters", events, "SELECT * REPLACE (patient::VARCHAR AS patient) FROM rows",
     "column 'patient' has the wrong type"},
    {"ACodeInAList", events, "SELECT * REPLACE ([code] AS code) FROM rows",
     "column 'code' has the wrong type"},
    {"AMissingColumn", events, "SELECT * EXCLUDE (code) FROM rows",
     "does not have the columns of a vault's file"},
    {"AnotherOrder", events, "SELECT * FROM rows ORDER BY patient DESC",
     "is not in order of patient"},
    {"APatientOfAnotherBucket", events,
     "SELECT * REPLACE ('00000000-0000-0000-0000-000000000003'::UUID AS patient) FROM rows",
     "row 1 belongs to a patient of another bucket"},
    {"FewerRows", events, "SELECT * FROM rows LIMIT 7", "the file has fewer rows"},
    {"MoreRows", events,
     "SELECT * FROM rows UNION ALL (SELECT * FROM rows ORDER BY 1 DESC LIMIT 1)",
     "the file has more rows"},
    {"NoRows", events, "SELECT * FROM rows LIMIT 0", "the file has fewer rows"},
    {"APatientsPracticePastTheLast", patients, "SELECT * REPLACE (2 AS practice) FROM rows",
     "row 1 has a practice that the catalog does not have"},
    {"APatientsPackagePastTheLast", patients, "SELECT * REPLACE (2 AS package) FROM rows",
     "row 1 has a package that the catalog does not list for this file"},
    {"ASexThatIsNone", patients, "SELECT * REPLACE (3::UTINYINT AS sex) FROM rows",
     "row 1 has an unknown sex"},
    {"AYearThatCannotBe", patients, "SELECT * REPLACE (70000 AS birth_year) FROM rows",
     "row 1 has an impossible year of birth"},
    {"APlacePastTheLast", patients, "SELECT * REPLACE (3 AS place) FROM rows",
     "row 1 has a place that the catalog does not have"},
    {"APlaceThatIsACode", patients, "SELECT * REPLACE (1 AS place) FROM rows",
     "row 1 has a place that the catalog does not have"},
    {"NoSex", patients, "SELECT * REPLACE (NULL::UTINYINT AS sex) FROM rows",
     "a row has no value in column 'sex'"},
    {"AWidePlace", patients, "SELECT * REPLACE (place::BIGINT AS place) FROM rows",
     "column 'place' has the wrong type"},
    {"PatientsInAnotherOrder", patients, "SELECT * FROM rows ORDER BY patient DESC",
     "is not in order of patient"},
    {"PatientsOfAnotherBucket", patients,
     "SELECT * REPLACE ('00000000-0000-0000-0000-000000000003'::UUID AS patient) FROM rows",
     "row 1 belongs to a patient of another bucket"},
    {"FewerPatients", patients, "SELECT * FROM rows LIMIT 3", "the file has fewer rows"},
};

class StoredRowsOf : public testing::TestWithParam<Case> {};

// G2, G3 and G4 of stored_rows.h.
TEST_P(StoredRowsOf, G2_G3_G4_AreRefusedByEveryReader) {
  const SmallVault small = filled();
  ASSERT_TRUE(all_of(small.path()));
  const Status written = rewrite(small.path(), GetParam().content, 0, GetParam().select);
  ASSERT_TRUE(written) << written.error().sentence();

  Progress progress(Progress::Manner::none);
  const Stop stop;
  const VaultCheck check = *check_vault(small.path(), 1, progress, stop);
  ASSERT_EQ(check.damages.size(), 1);
  EXPECT_THAT(check.damages[0].found, HasSubstr(GetParam().found));
  EXPECT_THAT(check.damages[0].where, HasSubstr("bucket=00"));
  EXPECT_EQ(check.damages[0].fault, Fault::input);

  // Who asks for a package again makes the file one that compaction rewrites.
  ASSERT_TRUE(small.import({{"P1", "2024", {{.id = {0, 0}}}, {{.patient = {0, 0}, .day = 10}}}}));
  const Result<CompactSummary> compacted = compact(small.path(), progress, stop);
  ASSERT_FALSE(compacted);
  EXPECT_THAT(compacted.error().found, HasSubstr(GetParam().found));

  const Result<std::string> read = all_of(small.path());
  const bool kind_alone = GetParam().found == std::string(
                                                  "row 1 has a kind that differs from its "
                                                  "code's kind");
  ASSERT_EQ(read.has_value(), kind_alone) << "readers do not read the kind; the code has it";
  if (!read) {
    EXPECT_THAT(read.error().found, HasSubstr(GetParam().found));
    EXPECT_EQ(read.error().fault, Fault::input);
  }
}

INSTANTIATE_TEST_SUITE_P(Rows, StoredRowsOf, testing::ValuesIn(cases),
                         [](const auto& one) { return std::string(one.param.name); });

TEST(StoredRows, NoYearNoPlaceAndNoValueAreAllowed) {
  const SmallVault small = filled();
  ASSERT_TRUE(rewrite(small.path(), patients, 0,
                      "SELECT * REPLACE (NULL::INTEGER AS birth_year, NULL::INTEGER AS place) "
                      "FROM rows"));
  ASSERT_TRUE(
      rewrite(small.path(), events, 0, "SELECT * REPLACE (NULL::DOUBLE AS value) FROM rows"));
  EXPECT_TRUE(all_of(small.path()));
}

TEST(StoredRows, WhatARowMayNotSayOfItsPackageIsFoundByTheCheck) {
  Progress progress(Progress::Manner::none);
  const Stop stop;
  const auto found = [&](const char* select) {
    const SmallVault small = filled();
    EXPECT_TRUE(rewrite(small.path(), events, 0, select));
    const VaultCheck check = *check_vault(small.path(), 2, progress, stop);
    return check.whole() ? std::string() : check.damages[0].found;
  };
  EXPECT_EQ(found("SELECT * FROM rows"), "");
  EXPECT_EQ(found("SELECT * REPLACE (1 - practice AS practice) FROM rows"),
            "row 1 belongs to another practice than its package");
  EXPECT_EQ(found("SELECT * FROM rows ORDER BY patient, day DESC"), "row 3 is not in order");
  EXPECT_EQ(found("SELECT * REPLACE (0 AS package, 0 AS practice) FROM rows"),
            "package 0 does not have the rows that it was sent with");
}

}  // namespace
}  // namespace parcours::vault
