// One person in FHIR and in CDA has one pseudonym, however each writes the national number.
#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "cda/testing/documents.h"
#include "fhir/testing/fhir_trial.h"

namespace parcours {
namespace {

// By which of the numbers the pseudonym was made: the first word of the only patient.
std::string number_of(const ingest::Outcome& outcome) {
  EXPECT_EQ(outcome.patients.size(), 1u);
  return outcome.patients.empty() ? ""
                                  : outcome.patients[0].substr(0, outcome.patients[0].find(' '));
}

struct Written {
  const char* root;
  const char* text;
};

class OnePerson : public testing::TestWithParam<Written> {};

TEST_P(OnePerson, HasOnePseudonymInFhirAndInDocuments) {
  const auto& [root, text] = GetParam();
  const std::vector<std::string> numbers = {"2550814168025", "180032A001001", text};
  fhir::FhirTrial trial;
  const std::string in_fhir = number_of(
      trial.knowing(numbers)
          .file("f.ndjson",
                fmt::format(
                    R"({{"resourceType":"Patient","id":"7","identifier":[{{"system":"urn:oid:{}",)"
                    R"("value":"{}"}}]}})"
                    "\n",
                    root, text))
          .run());
  const cda::MadeDocument document{
      .number = fmt::format(R"(<id root="{}" extension="{}"/>)", root, text)};
  const std::string in_cda =
      number_of(cda::read_files({{"a.xml", document.text()}}, {}, {.patients = numbers}).outcome);
  EXPECT_EQ(in_fhir, in_cda);
  EXPECT_NE(in_fhir, "?");
}

INSTANTIATE_TEST_SUITE_P(OfEachRoot, OnePerson,
                         testing::Values(Written{"1.2.250.1.213.1.4.8", "255081416802538"},
                                         Written{"1.2.250.1.213.1.4.8", "2550814168025"},
                                         Written{"1.2.250.1.213.1.4.9", "2 55 08 14 168 025 38"},
                                         Written{"1.2.250.1.213.1.4.8", "180032a00100193"},
                                         Written{"1.2.250.1.213.1.4.10", "255081416802500"},
                                         Written{"1.2.250.1.213.1.4.11", "180032A001001"}));

}  // namespace
}  // namespace parcours
