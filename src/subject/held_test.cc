#include "subject/held.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <map>

#include "base/random.h"
#include "formalities/act_text.h"
#include "subject/answer.h"
#include "vault/compact.h"
#include "vault/formal.h"
#include "vault/testing/permits.h"
#include "vault/testing/worlds.h"

namespace parcours::subject {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::UnorderedElementsAre;

constexpr std::int32_t some_day = 19'000;  // 2022-01-08

vault::SmallVault two_people() {
  vault::SmallVault small = *vault::SmallVault::make({.buckets = 4});
  const auto imported = small.import(
      {{"P1",
        "2024",
        {{.id = vault::ann, .birth_year = 1980, .sex = records::Sex::female, .place = "75"},
         {.id = vault::ben}},
        {{.patient = vault::ann, .day = some_day, .code = "J45"},
         {.patient = vault::ann,
          .day = some_day + 3,
          .kind = "lab",
          .code = "4548-4",
          .value = 6.5},
         {.patient = vault::ben, .day = some_day, .code = "E11"}}},
       {"P2", "2024", {}, {{.patient = vault::ann, .day = some_day + 9, .code = "I10"}}}});
  EXPECT_TRUE(imported.has_value()) << imported.error().sentence();
  return small;
}

Held held(const vault::SmallVault& small, const records::PatientId& patient,
          const HeldOptions& options = {}) {
  const vault::Vault vault = *small.open();
  const std::vector<records::PatientId> patients{patient};
  auto found = held_of(vault, patients, nullptr, options);
  EXPECT_TRUE(found.has_value()) << found.error().sentence();
  return std::move(found).value_or(Held());
}

std::vector<std::string> codes(const Held& held) {
  constexpr std::array<const char*, 4> uses = {"used", "objected", "over", "replaced"};
  std::vector<std::string> found;
  for (const HeldFact& fact : held.facts) {
    found.push_back(fmt::format("{} {}", fact.code.code, uses[static_cast<std::size_t>(fact.use)]));
  }
  return found;
}

TEST(Held, G1HasEveryRowOfThePatientAndOfNobodyElse) {
  const vault::SmallVault small = two_people();
  const Held of_ann = held(small, vault::ann);
  EXPECT_THAT(codes(of_ann), ElementsAre("J45 used", "I10 used", "4548-4 used"));
  ASSERT_EQ(of_ann.persons.size(), 1u);
  EXPECT_EQ(of_ann.persons[0].patient.birth_year, 1980);
  EXPECT_EQ(of_ann.persons[0].place.code, "75");
  EXPECT_THAT(codes(held(small, vault::ben)), ElementsAre("E11 used"));
  EXPECT_TRUE(held(small, {77, 77}).nothing());
}

TEST(Held, APracticeLearnsWhatItSentAlone) {
  const vault::SmallVault small = two_people();
  EXPECT_THAT(codes(held(small, vault::ann, {.practice = small.practice("P2")})),
              ElementsAre("I10 used"));
  EXPECT_THAT(codes(held(small, vault::ben, {.practice = small.practice("P2")})), IsEmpty());
}

TEST(Held, APracticeLearnsNothingOfAStranger) {
  const vault::SmallVault small = two_people();
  ASSERT_TRUE(vault::note_objections(small.path(), {vault::ben}));
  const Held found = held(small, vault::ben, {.practice = small.practice("P2")});
  EXPECT_TRUE(found.nothing());
  EXPECT_EQ(found.objected_at, "");
  EXPECT_NE(held(small, vault::ben, {.practice = small.practice("P1")}).objected_at, "");
}

TEST(Held, G1HasWhatWasReplacedAndWhatIsObjectedTo) {
  const vault::SmallVault small = two_people();
  ASSERT_TRUE(small.import(
      {{"P1", "2024", {}, {{.patient = vault::ann, .day = some_day, .code = "J46"}}}}));
  EXPECT_THAT(codes(held(small, vault::ann)),
              UnorderedElementsAre("J45 replaced", "4548-4 replaced", "J46 used", "I10 used"));
  ASSERT_TRUE(vault::note_objections(small.path(), {vault::ann}));
  const Held objected = held(small, vault::ann);
  EXPECT_THAT(codes(objected), UnorderedElementsAre("J45 objected", "4548-4 objected",
                                                    "J46 objected", "I10 objected"));
  EXPECT_FALSE(objected.objected_at.empty());
  Progress silent(Progress::Manner::none);
  Stop never;
  ASSERT_TRUE(vault::compact(small.path(), silent, never));
  EXPECT_TRUE(held(small, vault::ann).nothing());
}

TEST(Held, WhatItsPermitNoLongerAllowsIsOver) {
  const vault::SmallVault small = two_people();
  const formalities::Formalities formalities = *vault::formalities_of(small.path());
  ASSERT_TRUE(vault::enter_signed(
      small.path(),
      text_of(formalities::StatusAct{formalities::StatusAct::Action::suspend, vault::test_permit,
                                     "a doubt", formalities.vault()})));
  EXPECT_THAT(codes(held(small, vault::ann)), ElementsAre("J45 over", "I10 over", "4548-4 over"));
}

TEST(Held, APatientOfWhomEveryFactIsTooOldIsOverAsWell) {
  const auto number = [](const char* day) { return parse_iso_day(day)->number; };
  const vault::SmallVault small = *vault::SmallVault::make({.buckets = 2});
  ASSERT_TRUE(small.import({{"P1",
                             "2024",
                             {{.id = vault::ann}, {.id = vault::ben}},
                             {{.patient = vault::ann, .day = number("2020-01-05")},
                              {.patient = vault::ben, .day = number("2020-01-05")},
                              {.patient = vault::ben, .day = number("2025-12-31")}}}}));
  std::string brief = vault::broad_permit(Calendar::dates, "T-2");
  brief.insert(brief.find("rules "), "supersedes = \"2026-DR-014\"\n");
  brief.replace(brief.find("years = 100"), std::string::npos, "years = 2\nfrom  = \"fact\"\n");
  ASSERT_TRUE(vault::enter_signed(small.path(), brief));
  const Day day{number("2026-03-01")};
  EXPECT_EQ(held(small, vault::ann, {.day = day}).persons.at(0).use, RowUse::over);
  EXPECT_EQ(held(small, vault::ben, {.day = day}).persons.at(0).use, RowUse::used);
}

// A reader is the measure: what it returns of the patient is what is said to be used.
TEST(Held, G2IsUsedWhatAReaderReturns) {
  for (std::uint64_t seed = 0; seed < 8; ++seed) {
    Random random(seed);
    vault::SmallVault small = *vault::SmallVault::make({.buckets = 2});
    for (int round = 0; round < 3; ++round) {
      std::vector<vault::SmallPackage> packages;
      for (const char* practice : {"P1", "P2"}) {
        vault::SmallPackage package{practice, std::to_string(2020 + random.below(2)), {}, {}};
        for (std::uint64_t i = random.below(12); i > 0; --i) {
          package.events.push_back({.patient = {random.below(4), 5},
                                    .day = static_cast<std::int32_t>(some_day + random.below(9)),
                                    .code = fmt::format("J{}", 40 + random.below(5))});
        }
        packages.push_back(package);
      }
      ASSERT_TRUE(small.import(packages));
    }
    ASSERT_TRUE(vault::note_objections(small.path(), {{random.below(4), 5}}));
    const vault::Vault vault = *small.open();
    std::map<records::PatientId, std::vector<std::string>> read;
    auto reader = *vault.reader({.day = true});
    for (int bucket = 0; bucket < vault.buckets(); ++bucket) {
      const vault::Bucket& found = **reader.read(bucket);
      for (std::size_t i = 0; i < found.patients(); ++i) {
        const records::Record record = found.record(i);
        for (std::size_t event = 0; event < record.size(); ++event) {
          read[record.patient.id].push_back(fmt::format(
              "{} {}", vault.codes().at(record.codes[event]).code, record.days[event].number));
        }
      }
    }
    for (std::uint64_t high = 0; high < 4; ++high) {
      std::vector<std::string> used;
      for (const HeldFact& fact : held(small, {high, 5}).facts) {
        if (fact.use == RowUse::used) {
          used.push_back(fmt::format("{} {}", fact.code.code, fact.day.number));
        }
      }
      std::vector<std::string>& expected = read[{high, 5}];
      std::ranges::sort(used);
      std::ranges::sort(expected);
      EXPECT_EQ(used, expected) << "seed " << seed;
    }
  }
}

TEST(Answer, SaysEachFactInBothLanguages) {
  const Held of_ann = held(two_people(), vault::ann);
  const std::string english = answer_text(of_ann, vocabulary::Vocabulary::built_in(), false);
  EXPECT_THAT(english, HasSubstr("Year of birth 1980, sex female, place of residence 75 (Paris)"));
  EXPECT_THAT(english, HasSubstr("2022-01-08  J45 (icd10) Asthma"));
  EXPECT_THAT(english, HasSubstr("= 6.5"));
  EXPECT_THAT(english, HasSubstr("In all: 3."));
  EXPECT_THAT(english, HasSubstr("Permit 2026-DR-014"));
  const std::string french = answer_text(of_ann, vocabulary::Vocabulary::built_in(), true);
  EXPECT_THAT(french, HasSubstr("Année de naissance 1980, sexe féminin"));
  EXPECT_THAT(french, HasSubstr("En tout : 3."));
  EXPECT_EQ(std::ranges::count(french, '\n'), std::ranges::count(english, '\n'));
}

TEST(Answer, SaysThatOtherPracticesMayHaveSentMore) {
  const vault::SmallVault small = two_people();
  const auto text = [&](const HeldOptions& options) {
    return answer_text(held(small, vault::ann, options), vocabulary::Vocabulary::built_in(), false);
  };
  EXPECT_THAT(text({.practice = small.practice("P2")}), HasSubstr("ask each of them"));
  EXPECT_THAT(text({}), Not(HasSubstr("ask each of them")));
}

TEST(Answer, SaysThatNothingIsHeld) {
  const std::string text =
      answer_text(held(two_people(), {9, 9}), vocabulary::Vocabulary::built_in(), false);
  EXPECT_THAT(text, HasSubstr("The vault holds no record of you."));
  EXPECT_THAT(text, HasSubstr("You can object"));
  EXPECT_THAT(text, Not(HasSubstr("J45")));
}

}  // namespace
}  // namespace parcours::subject
