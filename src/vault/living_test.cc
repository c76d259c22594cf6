#include "vault/living.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/random.h"
#include "base/testing/sanitizer.h"
#include "formalities/act_text.h"
#include "vault/compact.h"
#include "vault/formal.h"
#include "vault/status.h"
#include "vault/testing/damage.h"
#include "vault/testing/permits.h"
#include "vault/testing/worlds.h"
#include "vault/vault_check.h"
#include "vault/walk.h"

namespace parcours::vault {
namespace {

using testing::HasSubstr;

Day on(const char* text) {
  return *parse_iso_day(text);
}

std::int32_t number(const char* text) {
  return on(text).number;
}

std::string with(std::string text, const std::string& part, const std::string& instead) {
  const std::size_t at = text.find(part);
  EXPECT_NE(at, std::string::npos) << part;
  return text.replace(at, part.size(), instead);
}

std::string status_of_permit(const SmallVault& small, formalities::StatusAct::Action action) {
  const formalities::Formalities formalities = *formalities_of(small.path());
  return formalities::text_of(formalities::StatusAct{action, test_permit, "a test",
                                                     formalities.vault(), formalities.acts()});
}

// The patients and events that a vault reads on a day, by "patient day code".
std::multiset<std::string> read_on(const SmallVault& small, Day day) {
  const Vault vault = *Vault::open(small.path(), day);
  Progress none(Progress::Manner::none);
  const Stop never;
  std::multiset<std::string> all;
  EXPECT_TRUE(for_buckets(vault, {.day = true}, "", none, never, [&](const Bucket& bucket) {
    for (std::size_t i = 0; i < bucket.patients(); ++i) {
      const records::Record record = bucket.record(i);
      all.insert(std::to_string(record.patient.id.high) + " " +
                 std::to_string(record.patient.birth_year));
      for (std::size_t e = 0; e < record.size(); ++e) {
        all.insert(std::to_string(record.patient.id.high) + " " +
                   to_string(record.days[e], Calendar::dates) + " " +
                   vault.codes().at(record.codes[e]).code);
      }
    }
  }));
  return all;
}

SmallVault two_patients() {
  SmallVault small = *SmallVault::make({.buckets = 2});
  EXPECT_TRUE(small.import(
      {{"P1",
        "2024",
        {{.id = ann, .birth_year = 1980}, {.id = ben, .birth_year = 1990}},
        {{.patient = ann, .day = number("2024-01-05")},
         {.patient = ann, .day = number("2019-01-05"), .code = "I10"},
         {.patient = ben, .day = number("2024-02-05"), .kind = "prescription", .code = "R03"},
         {.patient = ben,
          .day = number("2024-02-06"),
          .code = "E11",
          .provenance = records::Provenance::imported}}}}));
  return small;
}

const std::multiset<std::string> everything = {"1 1980", "1 2024-01-05 J45", "1 2019-01-05 I10",
                                               "2 1990", "2 2024-02-05 R03", "2 2024-02-06 E11"};

bool compacts(const SmallVault& small, Day day) {
  Progress none(Progress::Manner::none);
  return compact(small.path(), none, Stop(), {.day = day}).has_value();
}

bool whole(const SmallVault& small) {
  Progress none(Progress::Manner::none);
  const auto check = check_vault(small.path(), 1, none, Stop());
  return check && check->whole();
}

TEST(Living, APermitThatIsWithdrawnTakesItsRowsAtOnceAndFromTheDiskAtTheNextCompaction) {
  const SmallVault small = two_patients();
  EXPECT_EQ(read_on(small, today()), everything);
  ASSERT_TRUE(enter_signed(small.path(),
                           status_of_permit(small, formalities::StatusAct::Action::withdraw)));
  EXPECT_TRUE(read_on(small, today()).empty());
  EXPECT_EQ(status_of(*small.open())->packages_ended, 1);
  EXPECT_EQ(status_of(*small.open())->events, 0);
  EXPECT_FALSE(files_holding(small.path(), "J45").empty());
  EXPECT_TRUE(whole(small));
  ASSERT_TRUE(compacts(small, today()));
  EXPECT_TRUE(files_holding(small.path(), "J45").empty());
  EXPECT_TRUE(small.open()->catalog().files.empty());
  EXPECT_TRUE(whole(small));
}

TEST(Living, ASuspendedPermitHidesItsRowsAndKeepsThem) {
  const SmallVault small = two_patients();
  ASSERT_TRUE(
      enter_signed(small.path(), status_of_permit(small, formalities::StatusAct::Action::suspend)));
  EXPECT_TRUE(read_on(small, today()).empty());
  ASSERT_TRUE(compacts(small, today()));
  ASSERT_TRUE(
      enter_signed(small.path(), status_of_permit(small, formalities::StatusAct::Action::resume)));
  EXPECT_EQ(read_on(small, today()), everything);
}

TEST(Living, ARetentionFromCollectionEndsAPackage) {
  const SmallVault small = two_patients();
  EXPECT_EQ(read_on(small, formalities::years_before(today(), -99)), everything);
  EXPECT_TRUE(read_on(small, formalities::years_before(today(), -101)).empty());
}

TEST(Living, APermitThatSupersedesDecidesWhatStays) {
  const SmallVault small = two_patients();
  std::string narrow = broad_permit(Calendar::dates, "T-2");
  narrow = with(narrow, "rules ", "supersedes = \"2026-DR-014\"\nrules ");
  narrow = with(narrow, R"(codes      = ["*"])", R"(codes      = ["diagnosis:*"])");
  narrow = with(narrow, R"("diagnosis", "prescription")", R"("diagnosis")");
  narrow = with(narrow, R"(fields     = ["birth_year", "sex", "place"])", "fields     = [\"sex\"]");
  narrow = with(narrow, R"("received", "imported")", R"("received")");
  narrow = with(narrow, "years = 100\nfrom  = \"collection\"", "years = 5\nfrom  = \"fact\"");
  narrow = with(narrow,
                R"("consultation", "diagnosis", "lab", "vital", "vaccination", )"
                R"("sick_leave", "allergy", "history", "procedure", "device")",
                "\"diagnosis\"");
  ASSERT_TRUE(enter_signed(small.path(), narrow)) << narrow;
  const std::multiset<std::string> left = {"1 -32768", "1 2024-01-05 J45", "2 -32768"};
  EXPECT_EQ(read_on(small, on("2026-06-01")), left);
  EXPECT_EQ(status_of(*Vault::open(small.path(), on("2026-06-01")))->events, 1);
  ASSERT_TRUE(compacts(small, on("2026-06-01")));
  EXPECT_EQ(read_on(small, on("2026-06-01")), left);
  EXPECT_TRUE(whole(small));
}

std::vector<records::Digest> patient_files(const SmallVault& small) {
  std::vector<records::Digest> digests;
  const Vault vault = *small.open();
  for (const BucketFile& file : vault.catalog().files) {
    if (file.content == Content::patients) {
      digests.push_back(file.digest);
    }
  }
  return digests;
}

TEST(Living, AFieldThatANewPermitDropsLeavesTheDiskToo) {
  const SmallVault small = two_patients();
  std::string narrow = broad_permit(Calendar::dates, "T-2");
  narrow = with(narrow, "rules ", "supersedes = \"2026-DR-014\"\nrules ");
  narrow = with(narrow, R"(fields     = ["birth_year", "sex", "place"])", "fields     = [\"sex\"]");
  ASSERT_TRUE(enter_signed(small.path(), narrow));
  const std::vector<records::Digest> before = patient_files(small);
  ASSERT_TRUE(compacts(small, today()));
  EXPECT_NE(patient_files(small), before);
  EXPECT_TRUE(read_on(small, today()).contains("1 -32768"));
  EXPECT_TRUE(whole(small));
}

TEST(Living, APackageOfWhichEveryFactIsTooOldEndsWithItsPatients) {
  const SmallVault small = two_patients();
  std::string brief = broad_permit(Calendar::dates, "T-2");
  brief = with(brief, "rules ", "supersedes = \"2026-DR-014\"\nrules ");
  brief = with(brief, "years = 100\nfrom  = \"collection\"", "years = 2\nfrom  = \"fact\"");
  ASSERT_TRUE(enter_signed(small.path(), brief));
  EXPECT_FALSE(read_on(small, on("2025-06-01")).empty());
  EXPECT_TRUE(read_on(small, on("2026-03-01")).empty());
}

TEST(Living, ThePracticesOfAPermitLiveUnderOneThatListsThemAsItDid) {
  const SmallVault small = *SmallVault::make({.buckets = 2});
  const auto enter = [&](const char* reference, const char* before, const char* practices) {
    std::string text = broad_permit(Calendar::dates, reference);
    text = with(text, "rules ", "supersedes = \"" + std::string(before) + "\"\nrules ");
    ASSERT_TRUE(
        enter_signed(small.path(), with(text, "\"all\"", "[" + std::string(practices) + "]")));
  };
  enter("T-2", test_permit, R"("P1")");  // as the source calls it
  ASSERT_TRUE(small.import({{"P1", "all", {}, {{.patient = ann, .day = number("2024-01-05")}}}}));
  const std::multiset<std::string> all = read_on(small, today());
  ASSERT_FALSE(all.empty());
  enter("T-3", "T-2", R"("P2", "P1")");
  EXPECT_EQ(read_on(small, today()), all);
  EXPECT_TRUE(small.open()->practices_beside("T-3").empty());
  enter("T-4", "T-3", R"("P2")");
  EXPECT_TRUE(read_on(small, today()).empty());
}

TEST(Living, WhatARetentionHasEndedStaysDeadUnderAPermitThatKeepsLonger) {
  const SmallVault small = *SmallVault::make({.buckets = 2});
  const Day over = formalities::years_before(today(), 3);
  const Day recent = formalities::years_before(today(), 1);
  ASSERT_TRUE(small.import({{"P1",
                             "all",
                             {{.id = ann, .birth_year = 1970}},
                             {{.patient = ann, .day = over.number, .code = "I10"},
                              {.patient = ann, .day = recent.number}}}}));
  std::string brief = broad_permit(Calendar::dates, "T-2");
  brief = with(brief, "rules ", "supersedes = \"2026-DR-014\"\nrules ");
  brief = with(brief, "years = 100\nfrom  = \"collection\"", "years = 2\nfrom  = \"fact\"");
  ASSERT_TRUE(enter_signed(small.path(), brief));
  const std::multiset<std::string> left = {"1 1970",
                                           "1 " + to_string(recent, Calendar::dates) + " J45"};
  ASSERT_EQ(read_on(small, today()), left);

  std::string longer = broad_permit(Calendar::dates, "T-3");
  longer = with(longer, "rules ", "supersedes = \"T-2\"\nrules ");
  ASSERT_TRUE(enter_signed(small.path(), longer));
  EXPECT_EQ(read_on(small, today()), left);
  EXPECT_EQ(read_on(small, formalities::years_before(today(), -9)), left);  // it keeps longer
  ASSERT_TRUE(compacts(small, today()));
  EXPECT_EQ(read_on(small, today()), left);
  EXPECT_TRUE(whole(small));
}

TEST(Living, WhatANarrowerPermitExcludedStaysDeadUnderAWiderOne) {
  const SmallVault small = two_patients();
  std::string narrow = broad_permit(Calendar::dates, "T-2");
  narrow = with(narrow, "rules ", "supersedes = \"2026-DR-014\"\nrules ");
  narrow = with(narrow, R"("received", "imported")", R"("received")");
  narrow = with(narrow, "[1800-01-01, 2199-12-31]", "[2020-01-01, 2199-12-31]");
  narrow =
      with(narrow, R"(codes      = ["*"])", R"(codes      = ["consultation:*", "diagnosis:*"])");
  narrow = with(narrow, R"(fields     = ["birth_year", "sex", "place"])", "fields     = [\"sex\"]");
  const std::size_t kinds = narrow.find("kinds ");
  narrow.replace(kinds, narrow.find('\n', kinds) - kinds,
                 R"(kinds = ["consultation", "diagnosis"])");
  ASSERT_TRUE(enter_signed(small.path(), narrow)) << narrow;
  const std::multiset<std::string> left = {"1 -32768", "1 2024-01-05 J45", "2 -32768"};
  ASSERT_EQ(read_on(small, today()), left);
  const std::string wide = broad_permit(Calendar::dates, "T-3");
  ASSERT_TRUE(enter_signed(small.path(), with(wide, "rules ", "supersedes = \"T-2\"\nrules ")));
  EXPECT_EQ(read_on(small, today()), left);
  ASSERT_TRUE(compacts(small, today()));
  EXPECT_EQ(read_on(small, today()), left);
  EXPECT_TRUE(whole(small));
}

// Twenty days ago under a permit that ended ten days ago.
SmallVault under_an_ended_permit() {
  SmallVault small = *SmallVault::make({.buckets = 2});
  std::string ended = broad_permit(Calendar::dates, "T-2");
  ended = with(ended, "[2000-01-01, 2199-12-31]",
               "[2000-01-01, " + to_string(today() + -10, Calendar::dates) + "]");
  EXPECT_TRUE(enter_signed(small.path(), ended));
  EXPECT_TRUE(import_packages(
      small.place(), small.key(),
      {{"P1", "2024", {{.id = ann}}, {{.patient = ann, .day = number("2024-01-05")}}}},
      {.threads = 1, .memory_megabytes = 100, .permit = "T-2", .day = today() + -20}));
  return small;
}

TEST(Living, WhatTheEndOfAPermitHasKilledStaysDeadUnderOneThatSupersedesIt) {
  const SmallVault small = under_an_ended_permit();
  ASSERT_FALSE(read_on(small, today() + -20).empty());
  ASSERT_TRUE(read_on(small, today()).empty());
  std::string late = broad_permit(Calendar::dates, "T-3");
  late = with(late, "rules ", "supersedes = \"T-2\"\nrules ");
  ASSERT_TRUE(enter_signed(small.path(), late));
  EXPECT_TRUE(read_on(small, today()).empty());
  ASSERT_TRUE(compacts(small, today()));
  EXPECT_TRUE(small.open()->catalog().files.empty());
  EXPECT_TRUE(whole(small));
}

TEST(Living, APatientOfWhomEveryFactIsTooOldDiesThoughTheirPackageLives) {
  const SmallVault small = *SmallVault::make({.buckets = 2});
  const records::PatientId dora{3, 77};
  const records::PatientId eve{4, 78};
  const records::PatientId silent{5, 79};
  ASSERT_TRUE(small.import({{"P1",
                             "2024",
                             {{.id = ann, .birth_year = 1980},
                              {.id = dora, .birth_year = 1983},
                              {.id = eve, .birth_year = 1984},
                              {.id = silent, .birth_year = 1985}},
                             {{.patient = ann, .day = number("2024-01-05")},
                              {.patient = dora, .day = number("2024-01-05")},
                              {.patient = dora, .day = number("2025-12-31"), .code = "E10"}}},
                            // All of this package is too old; its patient's row is in the other.
                            {"P1", "2023", {}, {{.patient = eve, .day = number("2023-05-01")}}}}));
  std::string brief = broad_permit(Calendar::dates, "T-2");
  brief = with(brief, "rules ", "supersedes = \"2026-DR-014\"\nrules ");
  brief = with(brief, "years = 100\nfrom  = \"collection\"", "years = 2\nfrom  = \"fact\"");
  ASSERT_TRUE(enter_signed(small.path(), brief));
  // Of the last patient there never was a fact.
  const Day day = on("2026-03-01");
  const std::multiset<std::string> left = {"3 1983", "3 2025-12-31 E10", "5 1985"};
  EXPECT_EQ(read_on(small, day), left);
  EXPECT_EQ(status_of(*Vault::open(small.path(), day))->patients, 2u);
  ASSERT_TRUE(compacts(small, day));
  EXPECT_EQ(read_on(small, day), left);
  EXPECT_TRUE(whole(small));
  const Vault after = *small.open();
  std::uint64_t patients = 0;
  for (const BucketFile& file : after.catalog().files) {
    patients += file.content == Content::patients ? file.rows : 0;
  }
  EXPECT_EQ(patients, 2u);
}

TEST(Living, APermitForStudiesAloneKeepsWhatWasCollectedBefore) {
  const SmallVault small = two_patients();
  std::string studies = broad_permit(Calendar::dates, "T-2");
  studies = with(studies, "rules ", "supersedes = \"2026-DR-014\"\nrules ");
  studies = with(studies, R"(uses      = ["collection", "studies"])", R"(uses = ["studies"])");
  ASSERT_TRUE(enter_signed(small.path(), studies));
  EXPECT_EQ(read_on(small, today()), everything);
  EXPECT_FALSE(small.import({{"P1", "2025", {{.id = ann}}, {}}}));
}

TEST(Living, AnObjectionTakesAPatientAtOnceAndForGood) {
  const SmallVault small = two_patients();
  EXPECT_EQ(*note_objections(small.path(), {ben, ben}), 1);
  EXPECT_EQ(*note_objections(small.path(), {ben}), 0);
  const std::multiset<std::string> left = {"1 1980", "1 2024-01-05 J45", "1 2019-01-05 I10"};
  EXPECT_EQ(read_on(small, today()), left);
  EXPECT_EQ(status_of(*small.open())->patients, 1);
  ASSERT_TRUE(compacts(small, today()));
  EXPECT_EQ(read_on(small, today()), left);
  EXPECT_TRUE(files_holding(small.path(), "R03").empty());
  EXPECT_TRUE(whole(small));
  // A late package of the patient brings nothing.
  const auto late = small.import(
      {{"P1", "2025", {{.id = ben}}, {{.patient = ben, .day = number("2025-01-01")}}}});
  ASSERT_TRUE(late);
  EXPECT_EQ(late->patients + late->events, 0);
  EXPECT_EQ(late->cut.objected, 2);
  EXPECT_EQ(read_on(small, today()), left);
}

TEST(Living, AWithdrawnObjectionBringsNothingBackAndHoldsNothingMore) {
  const SmallVault small = two_patients();
  ASSERT_TRUE(note_objections(small.path(), {ben}));
  ASSERT_EQ(withdraw_objections(small.path(), {ann, ben})->withdrawn, 1u);
  const std::multiset<std::string> left = {"1 1980", "1 2024-01-05 J45", "1 2019-01-05 I10"};
  EXPECT_EQ(read_on(small, today()), left);
  EXPECT_EQ(status_of(*small.open())->objections, 0u);
  const auto late = small.import(
      {{"P1", "2025", {{.id = ben}}, {{.patient = ben, .day = number("2025-01-01")}}}});
  ASSERT_TRUE(late);
  EXPECT_EQ(late->patients + late->events, 2);
  const std::size_t with_late = left.size() + 2;
  EXPECT_EQ(read_on(small, today()).size(), with_late);
  ASSERT_TRUE(compacts(small, today()));
  EXPECT_EQ(read_on(small, today()).size(), with_late);
  EXPECT_TRUE(files_holding(small.path(), "R03").empty());
  EXPECT_TRUE(whole(small));
  // Of a purged objection nothing is left, and the patient may object anew.
  EXPECT_EQ(*note_objections(small.path(), {ben}), 1u);
  EXPECT_EQ(read_on(small, today()), left);
}

TEST(Admission, G1_ThePermitCutsWhatItDoesNotCover) {
  const SmallVault small = *SmallVault::make({.buckets = 2});
  ASSERT_TRUE(enter_signed(small.path(),
                           status_of_permit(small, formalities::StatusAct::Action::withdraw)));
  const SmallPackage sent{"P1",
                          "2024",
                          {{.id = ann, .birth_year = 1980}},
                          {{.patient = ann, .day = number("2024-01-05")},
                           {.patient = ann, .day = number("2014-01-05")},
                           {.patient = ann, .day = number("2024-01-05"), .kind = "lab"}}};
  const auto without = small.import({sent});
  ASSERT_FALSE(without);
  EXPECT_EQ(without.error().fault, Fault::rule);

  std::string narrow = broad_permit(Calendar::dates, "T-2");
  narrow = with(narrow, "[1800-01-01, 2199-12-31]", "[2020-01-01, 2030-12-31]");
  narrow = with(narrow, R"("lab", )", "");
  narrow = with(narrow, R"("birth_year", )", "");
  ASSERT_TRUE(enter_signed(small.path(), narrow));
  const auto cut = small.import({sent});
  ASSERT_TRUE(cut) << cut.error().sentence();
  EXPECT_EQ(cut->events, 1);
  EXPECT_EQ(cut->cut.not_covered(), 2);
  EXPECT_EQ(cut->cut.fields, 1);
  EXPECT_EQ(cut->cut.reasons(), "1 by its kind, 1 by its day");
  const std::multiset<std::string> left = {"1 -32768", "1 2024-01-05 J45"};
  EXPECT_EQ(read_on(small, today()), left);
}

TEST(Admission, G1_AFactWhoseRetentionIsOverDoesNotEnter) {
  const SmallVault small = *SmallVault::make({.buckets = 2});
  ASSERT_TRUE(enter_signed(small.path(),
                           status_of_permit(small, formalities::StatusAct::Action::withdraw)));
  std::string brief = broad_permit(Calendar::dates, "T-2");
  brief = with(brief, "years = 100\nfrom  = \"collection\"", "years = 2\nfrom  = \"fact\"");
  ASSERT_TRUE(enter_signed(small.path(), brief));
  const auto cut =
      small.import({{"P1",
                     "2024",
                     {{.id = ann}},
                     {{.patient = ann, .day = formalities::years_before(today(), 3).number},
                      {.patient = ann, .day = formalities::years_before(today(), 1).number}}}});
  ASSERT_TRUE(cut) << cut.error().sentence();
  EXPECT_EQ(cut->events, 1);
  EXPECT_EQ(cut->cut.expired, 1);
}

// A vault whose permit keeps facts for two years from their day.
SmallVault brief_vault() {
  SmallVault small = *SmallVault::make({.buckets = 2});
  EXPECT_TRUE(enter_signed(small.path(),
                           status_of_permit(small, formalities::StatusAct::Action::withdraw)));
  std::string brief = broad_permit(Calendar::dates, "T-2");
  brief = with(brief, "years = 100\nfrom  = \"collection\"", "years = 2\nfrom  = \"fact\"");
  EXPECT_TRUE(enter_signed(small.path(), brief));
  return small;
}

TEST(Admission, APatientOfWhomEveryFactIsTooOldDoesNotEnter) {
  const SmallVault small = brief_vault();
  const int old = formalities::years_before(today(), 3).number;
  const auto cut = small.import({{"P1",
                                  "2024",
                                  {{.id = ann, .birth_year = 1980}, {.id = ben, .place = "75"}},
                                  {{.patient = ann, .day = old},
                                   {.patient = ann, .day = today().number - 9},
                                   {.patient = ben, .day = old}}}});
  ASSERT_TRUE(cut) << cut.error().sentence();
  EXPECT_EQ(cut->patients, 1u);
  EXPECT_EQ(read_on(small, today()).size(), 2u);
  EXPECT_TRUE(files_holding(small.path(), "fr-department").empty());  // nor does their place
  EXPECT_TRUE(whole(small));
}

// With a kind that the permit does not name, which would have been cut in any case.
TEST(Admission, AFactThatIsTooOldAndNotCoveredKeepsItsPatientOutToo) {
  const SmallVault small = brief_vault();
  std::string narrow = broad_permit(Calendar::dates, "T-3");
  narrow = with(narrow, "rules ", "supersedes = \"T-2\"\nrules ");
  narrow = with(narrow, R"("lab", )", "");
  narrow = with(narrow, "years = 100\nfrom  = \"collection\"", "years = 2\nfrom  = \"fact\"");
  ASSERT_TRUE(enter_signed(small.path(), narrow));
  const auto cut = small.import(
      {{"P1",
        "2024",
        {{.id = ann}},
        {{.patient = ann, .day = formalities::years_before(today(), 3).number, .kind = "lab"}}}});
  ASSERT_TRUE(cut) << cut.error().sentence();
  EXPECT_EQ(cut->patients, 0u);
}

TEST(Admission, APatientWithoutAnyFactEntersAsTheSourceListsThem) {
  const SmallVault small = brief_vault();
  const auto taken = small.import({{"P1", "2024", {{.id = ann}}, {}}});
  ASSERT_TRUE(taken) << taken.error().sentence();
  EXPECT_EQ(taken->patients, 1u);
}

TEST(Admission, APermitThatRefusesLetsNothingIn) {
  const SmallVault small = *SmallVault::make({.buckets = 2});
  ASSERT_TRUE(enter_signed(small.path(),
                           status_of_permit(small, formalities::StatusAct::Action::withdraw)));
  std::string strict = broad_permit(Calendar::dates, "T-2");
  strict = with(strict, R"(otherwise  = "cut")", R"(otherwise  = "refuse")");
  strict = with(strict, R"(practices  = "all")", R"(practices  = ["P1"])");
  ASSERT_TRUE(enter_signed(small.path(), strict));
  const auto refused = small.import({{"P2", "2024", {{.id = ann}}, {{.patient = ann, .day = 1}}}});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().fault, Fault::rule);
  EXPECT_THAT(refused.error().found, HasSubstr("2 by its practice"));
  EXPECT_TRUE(small.open()->catalog().packages.empty());
  EXPECT_TRUE(small.import({{"P1", "2024", {{.id = ann}}, {{.patient = ann, .day = 1}}}}));
}

// One row of a random world.
struct Sown {
  records::PatientId patient;
  std::int32_t day = 0;
  std::size_t kind = 0;
  std::size_t provenance = 0;
  std::size_t package = 0;
};

void judge_world(std::uint64_t seed) {
  Random random(seed);
  const Day now = on("2026-06-01");
  const SmallVault small = *SmallVault::make({.buckets = 2});
  std::vector<Sown> sown;
  std::vector<SmallPackage> packages = {{"P1", "a", {}, {}}, {"P2", "a", {}, {}}};
  const auto rows = 1 + random.below(59);
  for (std::uint32_t i = 0; i < rows; ++i) {
    Sown one{.patient = {1 + random.below(8), 7},
             .day = now.number - static_cast<std::int32_t>(random.below(4000)),
             .kind = random.below(static_cast<std::uint32_t>(vocabulary::kinds().size())),
             .provenance = random.below(3),
             .package = random.below(2)};
    packages[one.package].events.push_back(
        {.patient = one.patient,
         .day = one.day,
         .kind = vocabulary::kinds()[one.kind],
         .code = "C" + std::to_string(one.kind),
         .provenance = static_cast<records::Provenance>(one.provenance)});
    sown.push_back(one);
  }
  for (std::uint64_t patient = 1; patient < 9; ++patient) {
    packages[patient % 2].patients.push_back({.id = {patient, 7}, .birth_year = 1980});
  }
  ASSERT_TRUE(small.import(packages).has_value());

  // Who objects, and a permit in the place of the first, drawn at random.
  std::vector<records::PatientId> objects;
  for (std::uint64_t patient = 1; patient < 9; ++patient) {
    if (random.below(3) == 0) {
      objects.push_back({patient, 7});
    }
  }
  ASSERT_TRUE(note_objections(small.path(), objects).has_value());
  const bool superseded = random.below(2) == 0;
  const std::size_t kind = random.below(static_cast<std::uint32_t>(vocabulary::kinds().size()));
  const int years = 1 + static_cast<int>(random.below(9));
  const bool imported = random.below(2) == 0;
  if (superseded) {
    std::string text = broad_permit(Calendar::dates, "T-2");
    const std::size_t all = text.find("kinds ");
    text.replace(all, text.find('\n', all) - all,
                 "kinds = [\"" + vocabulary::kinds()[kind] + "\"]");
    text = with(text, "rules ", "supersedes = \"2026-DR-014\"\nrules ");
    text = with(text, "years = 100\nfrom  = \"collection\"",
                "years = " + std::to_string(years) + "\nfrom  = \"fact\"");
    if (!imported) {
      text = with(text, ", \"imported\"", "");
    }
    ASSERT_TRUE(enter_signed(small.path(), text).has_value());
  }

  std::multiset<std::string> lives;
  for (const Sown& one : sown) {
    const bool objected = std::ranges::find(objects, one.patient) != objects.end();
    const bool covered = !superseded || (one.kind == kind &&
                                         one.day >= formalities::years_before(now, years).number &&
                                         (imported || one.provenance != 2));
    if (covered && !objected) {
      lives.insert(std::to_string(one.patient.high) + " " +
                   to_string(Day{one.day}, Calendar::dates) + " C" + std::to_string(one.kind));
    }
  }
  // A patient who has a row: one of whom a fact lives, or of whom none is too old, in a package
  // that lives: not all of it is too old.
  for (std::uint64_t patient = 1; patient < 9; ++patient) {
    const auto too_old = [&](const Sown& one) {
      return superseded && one.day < formalities::years_before(now, years).number;
    };
    const bool objected =
        std::ranges::find(objects, records::PatientId{patient, 7}) != objects.end();
    bool outlived = false;
    bool package_has = false;
    bool package_lives = false;
    for (const Sown& one : sown) {
      outlived = outlived || (one.patient.high == patient && too_old(one));
      package_has = package_has || one.package == patient % 2;
      package_lives = package_lives || (one.package == patient % 2 && !too_old(one));
    }
    const bool heard = std::ranges::any_of(lives, [&](const std::string& row) {
      return row.starts_with(std::to_string(patient) + " ");
    });
    if (heard || (!objected && !outlived && (package_lives || !package_has))) {
      const bool row_lives = package_lives || !package_has;
      lives.insert(std::to_string(patient) + (row_lives ? " 1980" : " -32768"));
    }
  }
  ASSERT_TRUE(read_on(small, now) == lives);
  ASSERT_TRUE(compacts(small, now));
  ASSERT_TRUE(read_on(small, now) == lives);
  ASSERT_TRUE(whole(small));
}

TEST(Living, G1_EachRowIsJudgedByTheWordsOfTheActs) {
  for (std::uint64_t seed = 0; seed < (under_sanitizer ? 10 : 20); ++seed) {
    SCOPED_TRACE(seed);
    judge_world(seed);
  }
}

}  // namespace
}  // namespace parcours::vault
