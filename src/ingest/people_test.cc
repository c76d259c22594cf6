#include "ingest/people.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <array>
#include <set>
#include <tuple>

#include "ingest/testing/made_registry.h"

namespace parcours::ingest {
namespace {

using testing::ElementsAre;

class PeopleTest : public testing::Test {
 protected:
  void add(const Person& person) {
    ASSERT_TRUE(people.add(person, {.section = section, .file = made.file, .line = ++line}));
  }
  std::string fates() {
    people.tally().flush();
    for (const SectionCount& count : ledger.sections()) {
      return fmt::format("{} patients, {} refused, {} left out", count.patients, count.refused,
                         count.left_out);
    }
    return "nothing";
  }

  MadeRegistry made;
  Choices choices;
  Ledger ledger;
  People people{made.reading, choices, ledger};
  SectionId section = ledger.section("Patient");
  std::uint64_t line = 0;
};

TEST_F(PeopleTest, TheRegistryMeetsEachNumberWithItsPseudonym) {
  std::vector<std::pair<std::string, records::PatientId>> met;
  made.registry.met = [&](std::string_view number, const records::PatientId& patient) {
    met.emplace_back(number, patient);
  };
  add({.reference = "a", .number = " 17 "});
  EXPECT_THAT(met, ElementsAre(std::pair(std::string("17"), people.find("a")->patient.id)));
}

TEST_F(PeopleTest, APersonIsARowUnderAPseudonym) {
  add({.reference = "Patient/17",
       .number = " 17 ",
       .practice = "north",
       .born = "1980-05-04",
       .sex = records::Sex::female,
       .place_system = "fr-department",
       .place = "69"});
  const rows::PatientRow* row = people.find("Patient/17");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->patient.id, pseudonym(pseudonym_hash(made.key), "17"));
  EXPECT_EQ(made.practices.at(row->patient.practice).code, "north");
  EXPECT_EQ(row->package, row->patient.practice + 100);
  EXPECT_EQ(row->patient.birth_year, 1980);
  EXPECT_EQ(row->patient.sex, records::Sex::female);
  EXPECT_EQ(made.code(row->patient.place), "fr-department:69");
  EXPECT_EQ(people.find("Patient/18"), nullptr);
  EXPECT_EQ(people.find(""), nullptr);
}

TEST_F(PeopleTest, ADateThatStandsForNoDateOfBirthIsNone) {
  add({.reference = "a", .number = "1", .born = "1900-01-01"});
  add({.reference = "b", .number = "2", .born = "99991231"});
  add({.reference = "c", .number = "3", .born = "1900-01-02"});
  add({.reference = "d", .number = "4", .born = "1900"});
  EXPECT_EQ(people.find("a"), nullptr);
  EXPECT_EQ(people.find("b"), nullptr);
  EXPECT_EQ(people.find("c")->patient.birth_year, 1900);
  EXPECT_EQ(people.find("d")->patient.birth_year, 1900);
  EXPECT_EQ(fates(), "2 patients, 2 refused, 0 left out");
}

TEST_F(PeopleTest, WhatIsNotSaidStaysUnknown) {
  add({.reference = "p", .number = "1"});
  const rows::PatientRow* row = people.find("p");
  ASSERT_NE(row, nullptr);
  EXPECT_EQ(row->patient.birth_year, records::no_birth_year);
  EXPECT_EQ(row->patient.sex, records::Sex::unknown);
  EXPECT_EQ(row->patient.place, vocabulary::no_code);
  EXPECT_EQ(made.practices.at(row->patient.practice).code, "source");
}

TEST_F(PeopleTest, TheChoicesNameThePracticeOfAll) {
  choices.practice = "house";
  add({.reference = "p", .number = "1", .practice = "north"});
  EXPECT_EQ(made.practices.at(people.find("p")->patient.practice).code, "house");
}

TEST_F(PeopleTest, G1SaidAgainIsLeftOutAndTheNewReferenceIsTheirs) {
  add({.reference = "a", .number = "1", .born = "1980"});
  add({.reference = "a", .number = "1", .born = "1980-05"});
  add({.reference = "b", .number = "1", .born = "1980-05-04"});
  EXPECT_EQ(people.find("a"), people.find("b"));
  EXPECT_EQ(people.rows().size(), 1u);
  EXPECT_EQ(fates(), "1 patients, 0 refused, 2 left out");
}

TEST_F(PeopleTest, G1SomethingElseIsRefusedAndItsReferenceIsNobodys) {
  add({.reference = "a", .number = "1", .born = "1980"});
  add({.reference = "b", .number = "1", .born = "1981"});
  EXPECT_EQ(people.find("a")->patient.birth_year, 1980);
  EXPECT_EQ(people.find("b"), nullptr);
  EXPECT_EQ(fates(), "1 patients, 1 refused, 0 left out");
  EXPECT_THAT(made.reasons(),
              ElementsAre("values that differ from an earlier record of the same patient 1"));
}

TEST_F(PeopleTest, G2AReferenceOfTwoPatientsIsNobodys) {
  add({.reference = "a", .number = "1"});
  add({.reference = "a", .number = "2"});
  EXPECT_EQ(people.rows().size(), 1u);
  EXPECT_EQ(people.find("a"), nullptr);
  add({.reference = "b", .number = "2"});
  EXPECT_NE(people.find("b"), nullptr);
  EXPECT_EQ(fates(), "2 patients, 1 refused, 0 left out");
}

TEST_F(PeopleTest, G2OneWhoIsSaidToBeSomebodyElseIsNobody) {
  add({.reference = "a", .number = "1", .born = "1950-01-01", .sex = records::Sex::female});
  add({.reference = "a", .number = "1", .born = "1970-01-01", .sex = records::Sex::male});
  EXPECT_EQ(people.find("a"), nullptr);
}

TEST_F(PeopleTest, G1BornOnAnotherDayIsAnother) {
  add({.reference = "a", .number = "1", .born = "1980-05-04"});
  add({.reference = "b", .number = "1", .born = "1980-06-07"});
  EXPECT_EQ(people.find("b"), nullptr);
  EXPECT_EQ(fates(), "1 patients, 1 refused, 0 left out");
}

TEST_F(PeopleTest, APatientOfTwoPracticesIsARowInEach) {
  add({.reference = "a", .number = "1", .practice = "north", .born = "1980"});
  add({.reference = "b", .number = "1", .practice = "south", .born = "1981"});
  EXPECT_EQ(people.rows().size(), 2u);
  EXPECT_EQ(people.find("a")->patient.id, people.find("b")->patient.id);
}

TEST_F(PeopleTest, WhatCannotBeTakenIsRefusedWithItsReason) {
  add({.reference = "a", .number = "  "});
  add({.reference = "", .number = "1"});
  add({.reference = "c", .number = "3", .born = "04/05/1980"});
  add({.reference = "d", .number = "4", .born = "1849"});
  add({.reference = "e", .number = "5", .place_system = "fr-department", .place = "Lyon"});
  add({.reference = "f", .number = "6", .place_system = "icd10", .place = "J45"});
  add({.reference = "g", .number = "7", .place_system = "", .place = "69"});
  EXPECT_THAT(made.reasons(), ElementsAre("a place that is none of its code system 3",
                                          "a patient without a number 2",
                                          "not a day of birth from 1850 to 2199 2"));
  EXPECT_TRUE(people.rows().empty());
  EXPECT_EQ(made.practices.size(), 0u) << "a practice that nobody has enters no vault";
}

TEST_F(PeopleTest, APlaceMayBeOfASystemOfTheSourcesOwn) {
  choices.own_systems.push_back(
      {.name = "sector", .addresses = {}, .oids = {}, .form = "", .kinds = {}});
  add({.reference = "a", .number = "1", .place_system = "sector", .place = "north-east"});
  ASSERT_NE(people.find("a"), nullptr);
  EXPECT_EQ(made.code(people.find("a")->patient.place), "sector:north-east");
  add({.reference = "b",
       .number = "2",
       .place_system = "sector",
       .place = std::string(longest_code + 1, 'x')});
  EXPECT_EQ(people.find("b"), nullptr);
}

TEST_F(PeopleTest, APlaceThatLooksLikeAPersonIsRefused) {
  choices.own_systems.push_back(
      {.name = "sector", .addresses = {}, .oids = {}, .form = "", .kinds = {}});
  people.note_name("QUEMENEUR Solène");
  add({.reference = "a", .number = "1", .place_system = "sector", .place = "12 rue de la Paix"});
  add({.reference = "b", .number = "2", .place_system = "sector", .place = "Quéméneur"});
  EXPECT_THAT(made.reasons(), ElementsAre("a place that looks like the name of a person 1",
                                          "a place that looks like an address 1"));
  EXPECT_EQ(made.codes.size(), 0u);
}

// G1 on random persons of few numbers, references, years and practices, against the rule itself.
RC_GTEST_PROP(People, G1APatientHasOneRowInAPackage, ()) {
  MadeRegistry made;
  const Choices choices;
  Ledger ledger;
  People people(made.reading, choices, ledger);
  const SectionId section = ledger.section("Patient");
  const auto persons = *rc::gen::container<std::vector<std::array<int, 4>>>(
      rc::gen::container<std::array<int, 4>>(rc::gen::inRange(0, 3)));
  std::uint64_t line = 0;
  for (const auto& [reference, number, practice, year] : persons) {
    const std::string ref = std::to_string(reference);
    const std::string id = std::to_string(number);
    const std::string from = std::to_string(practice);
    const std::string born = std::to_string(1980 + year);
    RC_ASSERT(people
                  .add({.reference = ref, .number = id, .practice = from, .born = born},
                       {section, made.file, ++line})
                  .has_value());
  }
  std::set<std::pair<records::PatientId, rows::PackageId>> seen;
  for (const rows::PatientRow& row : people.rows()) {
    RC_ASSERT(seen.emplace(row.patient.id, row.package).second);
  }
  // Whoever said a number, a practice and a year first under a reference of their own holds.
  for (std::size_t i = 0; i < persons.size(); ++i) {
    const rows::PatientRow* row = people.find(std::to_string(persons[i][0]));
    if (row == nullptr) {
      continue;
    }
    const records::PatientId expected =
        records::pseudonym(records::pseudonym_hash(made.key), std::to_string(persons[i][1]));
    const bool first_of_reference = std::ranges::find(persons, persons[i][0], [](const auto& p) {
                                      return p[0];
                                    }) == persons.begin() + static_cast<std::ptrdiff_t>(i);
    const bool first_of_patient = std::ranges::find_if(persons, [&](const auto& p) {
                                    return p[1] == persons[i][1] && p[2] == persons[i][2];
                                  }) == persons.begin() + static_cast<std::ptrdiff_t>(i);
    RC_ASSERT(!first_of_reference || !first_of_patient || row->patient.id == expected);
  }
  people.tally().flush();
  std::uint64_t items = 0;
  for (const SectionCount& count : ledger.sections()) {
    RC_ASSERT(count.patients == people.rows().size());
    items += count.items;
  }
  RC_ASSERT(items == persons.size());
}

}  // namespace
}  // namespace parcours::ingest
