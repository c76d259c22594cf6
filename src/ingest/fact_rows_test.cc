#include "ingest/fact_rows.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <utility>

#include "ingest/entering_code.h"
#include "ingest/testing/made_registry.h"

namespace parcours::ingest {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

vocabulary::KindId kind_of(std::string_view name) {
  return *vocabulary::find_kind(name);
}

class FactRowsTest : public testing::Test {
 protected:
  FactRowsTest() {
    EXPECT_TRUE(people.add({.reference = "p", .number = "1", .practice = "north"},
                           {patients, made.file, 1}));
  }

  // What becomes of a fact: "icd10:J45.0", or the reason.
  std::string put(Fact fact) {
    if (!rows) {
      rows.emplace(people, made.reading);
    }
    rows->clear();
    const std::uint64_t refused = made.quarantine.rows();
    EXPECT_TRUE(rows->put(fact, {section, made.file, ++line}));
    if (!rows->events().empty()) {
      const rows::EventRow& event = rows->events().back();
      EXPECT_EQ(made.codes.at(event.code).kind, fact.kind);
      return made.code(event.code);
    }
    return made.quarantine.rows() > refused ? last_reason() : "left out";
  }
  std::string put(std::string_view kind, const std::vector<Coding>& codings) {
    return put({.kind = kind_of(kind), .patient = "p", .day = "2024-02-29", .codings = codings});
  }
  std::string last_reason() {
    for (const ReasonCount& count : made.quarantine.by_reason()) {
      std::uint64_t& before = known[count.reason];
      if (std::exchange(before, count.rows) != count.rows) {
        return count.reason;
      }
    }
    return "nothing";
  }

  MadeRegistry made;
  Choices choices;
  Ledger ledger;
  People people{made.reading, choices, ledger};
  SectionId patients = ledger.section("Patient");
  SectionId section = ledger.section("Observation");
  std::optional<FactRows> rows;
  std::map<std::string, std::uint64_t> known;
  std::uint64_t line = 1;
};

constexpr const char* no_form = "a code that does not have the form of its code system";
constexpr const char* no_system = "no code of a code system that is read for this kind";

TEST_F(FactRowsTest, AFactIsAnEventOfItsPatient) {
  const std::vector<Coding> codings = {{"http://hl7.org/fhir/sid/icd-10", "J45.0"}};
  EXPECT_EQ(put({.kind = kind_of("diagnosis"),
                 .patient = "p",
                 .day = "2024-02-29T10:30:00Z",
                 .codings = codings}),
            "icd10:J45.0");
  const rows::EventRow& event = rows->events().front();
  const rows::PatientRow& who = *people.find("p");
  EXPECT_EQ(event.patient, who.patient.id);
  EXPECT_EQ(event.practice, who.patient.practice);
  EXPECT_EQ(event.package, who.package);
  EXPECT_EQ(event.day, *parse_iso_day("2024-02-29"));
  EXPECT_EQ(event.kind, kind_of("diagnosis"));
  EXPECT_FALSE(records::has_value(event.value));
}

TEST_F(FactRowsTest, OfNobodyNothingEnters) {
  const std::vector<Coding> codings = {{"icd10", "J45.0"}};
  for (const char* reference : {"q", "", "p "}) {
    EXPECT_EQ(put({.kind = kind_of("diagnosis"),
                   .patient = reference,
                   .day = "2024-02-29",
                   .codings = codings}),
              "a patient whom the source does not have, or who was refused")
        << reference;
  }
  EXPECT_EQ(put("diagnosis", codings), "icd10:J45.0") << "after somebody else, found again";
}

TEST_F(FactRowsTest, G1OnlyCodesOfASystemThatIsListedForTheKind) {
  EXPECT_EQ(put("diagnosis", {{"atc", "R03BA02"}}), no_system);
  EXPECT_EQ(put("diagnosis", {{"http://vendor.example/codes", "J45.0"}}), no_system);
  EXPECT_EQ(put("diagnosis", {{"", "J45.0"}}), no_system);
  EXPECT_EQ(put("diagnosis", {{"icd10", "  "}}), no_system);
  EXPECT_EQ(put("diagnosis", {}), "no code");
  EXPECT_EQ(put("prescription", {{"atc", "R03BA02"}}), "atc:R03BA02");
  choices.systems[kind_of("diagnosis")] = {"snomed"};
  rows.reset();
  EXPECT_EQ(put("diagnosis", {{"icd10", "J45.0"}}), no_system);
}

TEST_F(FactRowsTest, G1OnlyCodesOfTheSystemsForm) {
  EXPECT_EQ(put("diagnosis", {{"icd10", "Dupont"}}), no_form);
  EXPECT_EQ(put("diagnosis", {{"icd10", "J45.0 Dupont"}}), no_form);
  EXPECT_EQ(put("diagnosis", {{"icd10", "Dupont"}}), no_form) << "the second time as well";
  EXPECT_EQ(put("lab", {{"http://loinc.org", "2345-8"}}), no_form);
}

TEST_F(FactRowsTest, G1ACodeThatIsNoneDoesNotHideOneThatIs) {
  EXPECT_EQ(put("diagnosis", {{"icd10", "asthma, see letter"}, {"icd10", "J45.0"}}), "icd10:J45.0");
  EXPECT_EQ(put("diagnosis", {{"icd10", "?"}, {"snomed", "195967001"}}), "snomed:195967001");
}

TEST_F(FactRowsTest, G1OneCodeIsOneHoweverItIsWritten) {
  for (const char* code : {"J45.0", "J450", "j45.0", " j450 "}) {
    EXPECT_EQ(put("diagnosis", {{"icd10", code}}), "icd10:J45.0") << code;
  }
  EXPECT_EQ(put("procedure", {{"ccam", "deqp003"}}), "ccam:DEQP003");
  EXPECT_EQ(put("prescription", {{"atc", "r03ba02"}}), "atc:R03BA02");
  EXPECT_EQ(put("diagnosis", {{"icd9", "25001"}}), "icd9:250.01");
  EXPECT_EQ(put("diagnosis", {{"icd9", "E8859"}}), "icd9:E885.9");
  EXPECT_EQ(put("diagnosis", {{"icd9", "V57"}}), "icd9:V57");
  EXPECT_EQ(put("procedure", {{"icd9", "4513"}}), "icd9:45.13");
  EXPECT_EQ(made.codes.size(), 7u);
}

TEST_F(FactRowsTest, G1ASystemOfTheSourcesOwnHasNoFormButALength) {
  choices.own_systems.push_back({.name = "own",
                                 .addresses = {"http://vendor.example/lab"},
                                 .oids = {},
                                 .form = "",
                                 .kinds = {kind_of("lab")}});
  choices.systems[kind_of("lab")] = {"own"};
  EXPECT_EQ(put("lab", {{"http://vendor.example/lab", "Glyc"}}), "own:Glyc");
  const std::string longest(longest_code, 'x');
  EXPECT_EQ(put("lab", {{"own", longest}}), "own:" + longest);
  EXPECT_EQ(put("lab", {{"own", longest + "x"}}), no_form);
}

// The order of the choices decides, whatever the order of the document.
RC_GTEST_PROP(FactRows, G1TheOrderOfTheSystemsDecides, ()) {
  const std::vector<Coding> all = {{"icd10", "J45.0"},    {"icd10", "J45"},
                                   {"icd10", "no code"},  {"snomed", "195967001"},
                                   {"icpc2", "R96"},      {"atc", "R03BA02"},
                                   {"icd10cm", "J45.20"}, {"http://other.example", "1"},
                                   {"icd9", "493.00"},    {"snomed", "195967002"}};
  MadeRegistry made;
  Choices choices;
  const vocabulary::KindId diagnosis = kind_of("diagnosis");
  std::vector<std::string> order = {"icd10", "icd10cm", "icd9", "icpc2", "snomed"};
  const auto seed = *rc::gen::arbitrary<std::uint32_t>();
  std::mt19937 random(seed);
  std::ranges::shuffle(order, random);
  choices.systems[diagnosis] = order;
  Ledger ledger;
  People people(made.reading, choices, ledger);
  const SectionId section = ledger.section("s");
  RC_ASSERT(people.add({.reference = "p", .number = "1"}, {section, made.file, 1}).has_value());
  FactRows rows(people, made.reading);
  std::vector<Coding> codings;
  for (const Coding& coding : all) {
    if (*rc::gen::arbitrary<bool>()) {
      codings.push_back(coding);
    }
  }
  std::set<std::string> results;
  for (int i = 0; i < 4; ++i) {
    std::ranges::shuffle(codings, random);
    rows.clear();
    RC_ASSERT(rows.put({.kind = diagnosis, .patient = "p", .day = "2024-01-01", .codings = codings},
                       {section, made.file, static_cast<std::uint64_t>(i) + 2})
                  .has_value());
    results.insert(rows.events().empty() ? "" : made.code(rows.events().front().code));
  }
  RC_ASSERT(results.size() == 1u);
  // The slow way: of the first system in the order that has a good code, its longest.
  std::string expected;
  for (const std::string& system : order) {
    for (const Coding& coding : codings) {
      const bool good = coding.system == system &&
                        vocabulary::has_form(*vocabulary::find_code_system(system), coding.code);
      if (good && expected.size() < system.size() + 1 + coding.code.size() &&
          (expected.empty() || expected.starts_with(system + ":"))) {
        expected = system + ":" + std::string(coding.code);
      }
    }
  }
  RC_ASSERT(*results.begin() == expected);
}

TEST_F(FactRowsTest, G2ADayThatIsNotKnownToTheDayIsRefused) {
  const std::vector<Coding> codings = {{"icd10", "J45.0"}};
  const auto on = [&](std::string_view day) {
    return put({.kind = kind_of("diagnosis"), .patient = "p", .day = day, .codings = codings});
  };
  EXPECT_EQ(on(""), "no day");
  for (const char* day : {"2024", "2024-02", "202402"}) {
    EXPECT_EQ(on(day), "a day of which only the month or the year is known") << day;
  }
  for (const char* day : {"2024-02-30", "1799-12-31", "2200-01-01", "yesterday", "29/02/2024"}) {
    EXPECT_EQ(on(day), "not a day of the years 1800 to 2199") << day;
  }
}

TEST_F(FactRowsTest, G2ADateThatStandsForNoDayIsRefused) {
  const std::vector<Coding> codings = {{"icd10", "J45.0"}};
  for (const char* day : {"1900-01-01", "19000101", "1900-01-01T00:00:00Z", "9999-12-31",
                          "99991231", "0001-01-01", "0000-00-00"}) {
    EXPECT_EQ(put({.kind = kind_of("diagnosis"), .patient = "p", .day = day, .codings = codings}),
              "a date that stands for no day")
        << day;
  }
}

TEST_F(FactRowsTest, G3WhatWasOnlyConsultedIsLeftOut) {
  const std::vector<Coding> codings = {{"icd10", "J45.0"}};
  Fact fact{.kind = kind_of("diagnosis"), .patient = "p", .day = "2024-02-29", .codings = codings};
  for (const records::Provenance good :
       {records::Provenance::entered, records::Provenance::received,
        records::Provenance::imported}) {
    fact.provenance = good;
    EXPECT_EQ(put(fact), "icd10:J45.0");
  }
  fact.provenance = records::Provenance::consulted;
  EXPECT_EQ(put(fact), "left out");
  fact.patient = "nobody";
  fact.day = "";
  EXPECT_EQ(put(fact), "left out") << "it is not even looked at";
  rows->flush();
  ASSERT_EQ(ledger.left_out().size(), 1u);
  EXPECT_EQ(ledger.left_out()[0].rows, 2u);
}

TEST_F(FactRowsTest, G4ACodeThatLooksLikeAPersonIsRefused) {
  people.note_name("Quéméneur");
  choices.own_systems.push_back(
      {.name = "own", .addresses = {}, .oids = {}, .form = "", .kinds = {kind_of("lab")}});
  choices.systems[kind_of("lab")] = {"own", "loinc"};
  for (int twice = 0; twice < 2; ++twice) {
    EXPECT_EQ(put("lab", {{"own", "06 12 34 56 78"}}), "a code that looks like a phone number");
    EXPECT_EQ(put("lab", {{"own", "quemeneur"}}), "a code that looks like the name of a person");
    EXPECT_EQ(put("lab", {{"own", "GLYC"}}), "own:GLYC");
  }
  EXPECT_EQ(put("lab", {{"own", "labo Quéméneur"}, {"loinc", "2345-7"}}), "loinc:2345-7");
  EXPECT_EQ(put("consultation", {{"act-code", "QUEMENEUR"}}),
            "a code that does not have the form of its code system");
  choices.not_identifiers = {"own"};
  rows.reset();
  EXPECT_EQ(put("lab", {{"own", "quemeneur"}}), "own:quemeneur");
}

TEST_F(FactRowsTest, ACodeBecomesThatOfASystemThatTheOrderPrefers) {
  choices.maps.push_back({.from = "cis",
                          .to = "atc",
                          .file = {},
                          .from_column = {},
                          .to_column = {},
                          .line = 0,
                          .codes = {{"60005856", "A02BA03"}, {"60005857", ""}}});
  EXPECT_EQ(put("prescription", {{"cis", "60005856"}}), "atc:A02BA03");
  EXPECT_EQ(put("prescription", {{"cip7", "3000000"}, {"cis", "60005856"}}), "atc:A02BA03");
  EXPECT_EQ(put("prescription", {{"cis", "69999999"}}), "cis:69999999") << "stays";
  EXPECT_EQ(put("prescription", {{"cis", "60005857"}}), "cis:60005857") << "has two";
  rows->flush();
  EXPECT_EQ(ledger.unmapped(), 2u);
  choices.systems[kind_of("prescription")] = {"cis", "atc"};
  rows.reset();
  EXPECT_EQ(put("prescription", {{"cis", "60005856"}}), "cis:60005856") << "the order has it first";
  choices.systems[kind_of("prescription")] = {"atc"};
  rows.reset();
  EXPECT_EQ(put("prescription", {{"cis", "60005856"}}), "atc:A02BA03");
  EXPECT_EQ(put("prescription", {{"cis", "69999999"}}), no_system);
}

TEST_F(FactRowsTest, G5AValueEntersInTheUnitOfItsCode) {
  const auto of = [&](std::string_view system, std::string_view code, double value,
                      std::string_view unit) -> std::string {
    const std::vector<Coding> codings = {{system, code}};
    const std::string result = put({.kind = kind_of("lab"),
                                    .patient = "p",
                                    .day = "2024-02-29",
                                    .codings = codings,
                                    .value = value,
                                    .unit = unit});
    return rows->events().empty() ? result : fmt::format("{:.4g}", rows->events().back().value);
  };
  choices.own_systems.push_back(
      {.name = "own", .addresses = {}, .oids = {}, .form = "", .kinds = {kind_of("lab")}});
  choices.systems[kind_of("lab")] = {"loinc", "own"};
  EXPECT_EQ(of("loinc", "2345-7", 100, "mg/dL"), "1");
  EXPECT_EQ(of("loinc", "14749-6", 5.5507, " mmol/L "), "1");
  EXPECT_EQ(of("loinc", "59261-8", 48, "mmol/mol"), "6.543");
  EXPECT_EQ(of("loinc", "2345-7", 100, "kg"), "a unit that the code cannot have");
  EXPECT_EQ(of("loinc", "2345-7", 100, ""), "a value without the unit that its code needs");
  EXPECT_EQ(of("loinc", "2345-7", 100, "Dupont"), "a unit that is not known");
  EXPECT_EQ(of("loinc", "2345-7", records::no_value, "Dupont"), "nan")
      << "a unit of no value says nothing";
  EXPECT_EQ(of("loinc", "72514-3", 7, "{score}"), "7");
  EXPECT_EQ(of("own", "GLYC", 7, ""), "7");
  EXPECT_EQ(of("own", "GLYC", 100, "mg/dL"), "1");
  EXPECT_EQ(of("own", "GLYC", 1, "06 12 34 56 78"), "a unit that is not known");
  EXPECT_EQ(of("own", "GLYC", std::numeric_limits<double>::infinity(), ""),
            "a value that is no finite number");
}

TEST_F(FactRowsTest, G6AValueThatNothingMeasuredHasIsRefused) {
  choices.own_systems.push_back(
      {.name = "own", .addresses = {}, .oids = {}, .form = "", .kinds = {kind_of("lab")}});
  choices.systems[kind_of("lab")] = {"loinc", "own"};
  const auto of = [&](std::string_view system, std::string_view code, double value,
                      std::string_view unit) -> std::string {
    const std::vector<Coding> codings = {{system, code}};
    const std::string result = put({.kind = kind_of("lab"),
                                    .patient = "p",
                                    .day = "2024-02-29",
                                    .codings = codings,
                                    .value = value,
                                    .unit = unit});
    return rows->events().empty() ? result : fmt::format("{:.4g}", rows->events().back().value);
  };
  const std::string no_measure(implausible_reason);
  EXPECT_EQ(of("own", "GLYC", 612345678, ""), no_measure) << "a phone number";
  EXPECT_EQ(of("own", "GLYC", 19800214, ""), no_measure) << "a day of birth";
  EXPECT_EQ(of("loinc", "2345-7", 612345678, "mg/dL"), no_measure);
  EXPECT_EQ(of("loinc", "29463-7", 1e9, "kg"), no_measure);
  EXPECT_EQ(of("own", "GLYC", 612345678, "g/L"), no_measure);
  EXPECT_EQ(of("own", "PLATELETS", 250'000, ""), "2.5e+05");
  EXPECT_EQ(of("loinc", "2345-7", 100, "Mg/dL"), "1") << "no megagram is meant";
  EXPECT_EQ(of("loinc", "2345-7", 100, "MG/DL"), "1");
}

TEST_F(FactRowsTest, EveryFactIsCountedOnce) {
  put("diagnosis", {{"icd10", "J45.0"}});
  put("diagnosis", {{"icd10", "Dupont"}});
  put({.kind = kind_of("lab"),
       .provenance = records::Provenance::consulted,
       .patient = {},
       .day = {},
       .codings = {},
       .unit = {}});
  rows->leave_out(section, ledger.leaving("cancelled"), 3);
  ASSERT_TRUE(rows->refuse({section, made.file, 99}, made.quarantine.reason("unreadable")));
  rows->flush();
  for (const SectionCount& count : ledger.sections()) {
    if (count.section == "Observation") {
      EXPECT_EQ(count.items, 7u);
      EXPECT_EQ(count.events, 1u);
      EXPECT_EQ(count.refused, 2u);
      EXPECT_EQ(count.left_out, 4u);
    }
  }
}

TEST_F(FactRowsTest, NoReasonQuotesWhatWasRead) {
  put("diagnosis", {{"icd10", "Dupont"}});
  put({.kind = kind_of("diagnosis"),
       .patient = "Dupont",
       .day = "Dupont",
       .codings = {},
       .unit = {}});
  put({.kind = kind_of("diagnosis"), .patient = "p", .day = "Dupont", .codings = {}, .unit = {}});
  for (const ReasonCount& count : made.quarantine.by_reason()) {
    EXPECT_EQ(count.reason.find("Dupont"), std::string::npos) << count.reason;
  }
}

}  // namespace
}  // namespace parcours::ingest
