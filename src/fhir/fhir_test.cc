#include "fhir/fhir.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fhir/testing/fhir_trial.h"

namespace parcours::fhir {
namespace {

using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr const char* patient_1 =
    R"({"resourceType":"Patient","id":"1","birthDate":"1980-02-03","gender":"female"})"
    "\n";
constexpr const char* patient_2 =
    R"({"resourceType":"Patient","id":"2","birthDate":"1990","gender":"male"})"
    "\n";

// A Condition with more members; asthma on 2024-01-02 (day 19724) without them.
std::string condition(const std::string& more) {
  return R"({"resourceType":"Condition","code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10","code":"J45.0"}]})" +
         std::string(more.find("subject") == std::string::npos
                         ? R"(,"subject":{"reference":"Patient/1"})"
                         : "") +
         std::string(more.find("onset") == std::string::npos &&
                             more.find("recorded") == std::string::npos
                         ? R"(,"onsetDateTime":"2024-01-02T23:30:00-05:00")"
                         : "") +
         (more.empty() ? "" : "," + more) + "}\n";
}

constexpr const char* asthma = "1 source 19724 diagnosis icd10:J45.0 -";

FhirOutcome read_lines(const std::string& lines, const std::string& choices = "") {
  return FhirTrial().file("f.ndjson", lines).choices(choices).run();
}

TEST(Fhir, ConditionsOfPatientsAreDiagnosesOnTheDayAsWritten) {
  const FhirOutcome outcome = read_lines(patient_1 + condition(""));
  EXPECT_EQ(outcome.error, "");
  EXPECT_THAT(outcome.patients, ElementsAre("1 source 1980 female -"));
  EXPECT_THAT(outcome.events, ElementsAre(asthma));
  EXPECT_THAT(outcome.bad_rows, IsEmpty());
  EXPECT_THAT(outcome.sections,
              ElementsAre("Condition 1 = 0 + 1 + 0 + 0", "Patient 1 = 1 + 0 + 0 + 0"));
}

TEST(Fhir, EachTypeOfResourceIsItsKindOfEvent) {
  const FhirOutcome outcome = read_lines(
      std::string(patient_1) +
      R"({"resourceType":"Encounter","status":"finished","class":{"system":"http://terminology.hl7.org/CodeSystem/v3-ActCode","code":"AMB"},"subject":{"reference":"Patient/1"},"period":{"start":"2024-01-02"}}
{"resourceType":"MedicationRequest","status":"stopped","intent":"order","medicationCodeableConcept":{"coding":[{"system":"http://www.whocc.no/atc","code":"R03AC02"}]},"subject":{"reference":"Patient/1"},"authoredOn":"2024-01-02"}
{"resourceType":"Immunization","status":"completed","vaccineCode":{"coding":[{"system":"http://hl7.org/fhir/sid/cvx","code":"140"}]},"patient":{"reference":"Patient/1"},"occurrenceDateTime":"2024-01-02"}
{"resourceType":"AllergyIntolerance","code":{"coding":[{"system":"http://www.nlm.nih.gov/research/umls/rxnorm","code":"1191"}]},"patient":{"reference":"Patient/1"},"recordedDate":"2024-01-02"}
{"resourceType":"Procedure","status":"completed","code":{"coding":[{"system":"http://snomed.info/sct","code":"430193006"}]},"subject":{"reference":"Patient/1"},"performedPeriod":{"start":"2024-01-02","end":"2024-01-05"}}
{"resourceType":"Observation","status":"final","category":[{"coding":[{"code":"laboratory"}]}],"code":{"coding":[{"system":"http://loinc.org","code":"2339-0"}]},"subject":{"reference":"Patient/1"},"effectiveDateTime":"2024-01-02","valueQuantity":{"value":5.5,"unit":"mmol/L"}}
)");
  EXPECT_THAT(outcome.events, ElementsAre("1 source 19724 allergy rxnorm:1191 -",
                                          "1 source 19724 consultation act-code:AMB -",
                                          "1 source 19724 lab loinc:2339-0 0.99088",
                                          "1 source 19724 prescription atc:R03AC02 -",
                                          "1 source 19724 procedure snomed:430193006 -",
                                          "1 source 19724 vaccination cvx:140 -"));
  EXPECT_THAT(outcome.bad_rows, IsEmpty());
}

std::string observation(const std::string& more, const std::string& category = "vital-signs") {
  return R"({"resourceType":"Observation","status":"final","category":[{"coding":[{"code":")" +
         category +
         R"("}]}],"code":{"coding":[{"system":"http://loinc.org","code":"85354-9"}]},"subject":{"reference":"Patient/1"},"effectiveDateTime":"2024-01-02",)" +
         more + "}\n";
}

TEST(Fhir, ABloodPressureIsTwoItems) {
  const FhirOutcome outcome = read_lines(
      patient_1 +
      observation(
          R"("component":[{"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":120,"code":"mm[Hg]","system":"http://unitsofmeasure.org"}},{"code":{"coding":[{"system":"http://loinc.org","code":"8462-4"}]},"dataAbsentReason":{"text":"x"}}])"));
  EXPECT_THAT(outcome.events, ElementsAre("1 source 19724 vital loinc:8480-6 120"));
  EXPECT_THAT(outcome.sections, Contains("Observation 2 = 0 + 1 + 0 + 1"));
  EXPECT_THAT(outcome.left_out, ElementsAre("1 a value that is absent for a reason"));
}

TEST(Fhir, AValueWithAComparatorIsAnEventWithoutAValue) {
  EXPECT_THAT(
      read_lines(patient_1 + observation(R"("valueQuantity":{"value":5,"comparator":"<"})")).events,
      ElementsAre("1 source 19724 vital loinc:85354-9 -"));
}

TEST(Fhir, AValueInWordsIsAnEventWithoutAValue) {
  EXPECT_THAT(read_lines(patient_1 + observation(R"("valueString":"as before")")).events,
              ElementsAre("1 source 19724 vital loinc:85354-9 -"));
}

TEST(Fhir, AValueThatIsNotANumberIsRefused) {
  const FhirOutcome outcome =
      read_lines(patient_1 + observation(R"("valueQuantity":{"value":"5"})"));
  EXPECT_THAT(outcome.events, IsEmpty());
  EXPECT_THAT(outcome.bad_rows, ElementsAre("f.ndjson:2: a value that is not a number"));
}

TEST(Fhir, AnObservationWithoutAValueIsNoEvent) {
  const FhirOutcome outcome = read_lines(patient_1 + observation(R"("note":[])"));
  EXPECT_THAT(outcome.events, IsEmpty());
  EXPECT_THAT(outcome.left_out, ElementsAre("1 an observation without a value of its own"));
}

TEST(Fhir, AnObservationOfAnotherCategoryIsLeftOut) {
  const FhirOutcome outcome = read_lines(patient_1 + observation(R"("valueInteger":5)", "survey"));
  EXPECT_THAT(outcome.events, IsEmpty());
  EXPECT_THAT(outcome.left_out,
              ElementsAre("1 an observation that is neither a laboratory's nor a vital sign"));
}

// f2o-063: a resource whose modifier elements alter its meaning is never taken as it seems.
TEST(Fhir, AModifierExtensionRefusesTheResourceWhereverItStands) {
  const std::string modifier = R"("modifierExtension":[{"url":"x"}])";
  for (const std::string& more : {modifier, R"("evidence":[{)" + modifier + "}]",
                                  std::string(R"("modifier\u0045xtension":[])"),
                                  R"("contained":[{"resourceType":"Basic",)" + modifier + "}]"}) {
    const FhirOutcome outcome = read_lines(patient_1 + condition(more));
    EXPECT_THAT(outcome.events, IsEmpty()) << more;
    EXPECT_THAT(
        outcome.bad_rows,
        ElementsAre("f.ndjson:2: a modifier extension, which may change what the resource means"));
  }
}

TEST(Fhir, AModifierExtensionInAnEntryRefusesItsResource) {
  const FhirOutcome outcome = FhirTrial()
                                  .file("b.json",
                                        R"({"resourceType":"Bundle","type":"collection","entry":[
{"modifierExtension":[],"resource":)" + std::string(patient_1) +
                                            "}]}")
                                  .run();
  EXPECT_THAT(outcome.patients, IsEmpty());
  EXPECT_THAT(outcome.sections, ElementsAre("Patient 1 = 0 + 0 + 1 + 0"));
}

TEST(Fhir, TheWordOfAModifierExtensionInATextIsHarmless) {
  EXPECT_THAT(
      read_lines(patient_1 + condition(R"("note":[{"text":"\"modifierExtension\""}])")).events,
      ElementsAre(asthma));
}

TEST(Fhir, ImplicitRulesRefuseTheResource) {
  EXPECT_THAT(
      read_lines(patient_1 + condition(R"("implicitRules":"http://a.example/rules")")).events,
      IsEmpty());
}

std::string verified(const std::string& code) {
  return condition(R"("verificationStatus":{"coding":[{"code":")" + code + R"("}]})");
}

// f2o-060
TEST(Fhir, ADiagnosisThatIsNotConfirmedIsNone) {
  const FhirOutcome outcome = read_lines(
      patient_1 + verified("refuted") + verified("differential") + verified("provisional") +
      verified("unconfirmed") + verified("entered-in-error") + verified("confirmed"));
  EXPECT_THAT(outcome.events, ElementsAre(asthma));
  EXPECT_THAT(outcome.left_out, ElementsAre("3 not confirmed", "1 entered in error", "1 refuted"));
}

TEST(Fhir, AVerificationStatusThatR4DoesNotHaveIsRefused) {
  EXPECT_THAT(read_lines(patient_1 + verified("maybe")).sections,
              Contains("Condition 1 = 0 + 0 + 1 + 0"));
}

// f2o-060: only what was realized is an event.
TEST(Fhir, EveryStatusOfR4IsKnownAndOnlyWhatHappenedIsRead) {
  struct Case {
    std::string type;
    std::vector<std::string> happened;
    std::vector<std::string> not_happened;
  };
  const std::vector<Case> cases = {
      {"Encounter",
       {"arrived", "triaged", "in-progress", "onleave", "finished"},
       {"planned", "cancelled", "entered-in-error", "unknown"}},
      {"MedicationRequest",
       {"active", "on-hold", "completed", "stopped"},
       {"cancelled", "entered-in-error", "draft", "unknown"}},
      {"Immunization", {"completed"}, {"entered-in-error", "not-done"}},
      {"Procedure",
       {"in-progress", "completed"},
       {"preparation", "not-done", "on-hold", "stopped", "entered-in-error", "unknown"}}};
  for (const Case& one : cases) {
    const auto lines = [&](const std::vector<std::string>& statuses) {
      std::string text = patient_1;
      for (const std::string& status : statuses) {
        const std::string code =
            R"({"coding":[{"system":"http://snomed.info/sct","code":"430193006"}]})";
        text += R"({"resourceType":")" + one.type + R"(","status":")" + status +
                R"(","intent":"order","code":)" + code + R"(,"vaccineCode":)" + code +
                R"(,"medicationCodeableConcept":)" + code + R"(,"type":[)" + code +
                R"(],"subject":{"reference":"Patient/1"},"patient":{"reference":"Patient/1"},)"
                R"("period":{"start":"2024-01-02"},"authoredOn":"2024-01-02",)"
                R"("occurrenceDateTime":"2024-01-02","performedDateTime":"2024-01-02"})"
                "\n";
      }
      return text;
    };
    const std::size_t yes = one.happened.size();
    const std::size_t no = one.not_happened.size();
    EXPECT_THAT(read_lines(lines(one.happened)).sections,
                Contains(fmt::format("{} {} = 0 + {} + 0 + 0", one.type, yes, yes)));
    EXPECT_THAT(read_lines(lines(one.not_happened)).sections,
                Contains(fmt::format("{} {} = 0 + 0 + 0 + {}", one.type, no, no)));
    EXPECT_THAT(read_lines(lines({"done", ""})).sections,
                Contains(fmt::format("{} 2 = 0 + 0 + 2 + 0", one.type)));
  }
}

std::string prescription(const std::string& more) {
  return R"({"resourceType":"MedicationRequest","status":"active","subject":{"reference":"Patient/1"},"authoredOn":"2024-01-02",)" +
         more + "}\n";
}
constexpr const char* coded =
    R"("medicationCodeableConcept":{"coding":[{"system":"http://www.whocc.no/atc","code":"R03AC02"}]})";

// f2o-060
TEST(Fhir, OnlyAnOrderOfThisPracticeIsAPrescription) {
  const FhirOutcome outcome =
      read_lines(patient_1 + prescription(std::string(R"("intent":"order",)") + coded) +
                 prescription(std::string(R"("intent":"plan",)") + coded) +
                 prescription(std::string(R"("intent":"filler-order",)") + coded) +
                 prescription(std::string(R"("intent":"order","doNotPerform":true,)") + coded) +
                 prescription(std::string(R"("intent":"order","reportedBoolean":true,)") + coded));
  EXPECT_THAT(outcome.events, ElementsAre("1 source 19724 prescription atc:R03AC02 -"));
  EXPECT_THAT(outcome.left_out,
              ElementsAre("2 a proposal, a plan or a copy of an order, which is no prescription",
                          "1 a prescription that is only reported", "1 an order not to do it"));
}

TEST(Fhir, WhatIsTakenGivenOrHandedOutIsNoPrescription) {
  std::string text = patient_1;
  for (const char* type :
       {"MedicationStatement", "MedicationAdministration", "MedicationDispense"}) {
    text += R"({"resourceType":")" + std::string(type) + R"(","status":"completed",)" + coded +
            R"(,"subject":{"reference":"Patient/1"},"effectiveDateTime":"2024-01-02"})" + "\n";
  }
  const FhirOutcome outcome = read_lines(text);
  EXPECT_THAT(outcome.events, IsEmpty());
  EXPECT_EQ(outcome.left_out.size(), 3);
}

TEST(Fhir, ADrugIsFoundWhereItIsReferencedOrContained) {
  const std::string code =
      R"("code":{"coding":[{"system":"http://www.whocc.no/atc","code":"R03AC02"}]})";
  const FhirOutcome outcome = read_lines(
      prescription(R"("intent":"order","medicationReference":{"reference":"Medication/m"})") +
      prescription(
          R"("intent":"order","medicationReference":{"reference":"#m"},"contained":[{"resourceType":"Medication","id":"m",)" +
          code + "}]") +
      prescription(R"("intent":"order","medicationReference":{"reference":"Medication/none"})") +
      patient_1 + R"({"resourceType":"Medication","id":"m",)" + code + "}\n");
  EXPECT_THAT(outcome.events, ElementsAre("1 source 19724 prescription atc:R03AC02 -",
                                          "1 source 19724 prescription atc:R03AC02 -"));
  EXPECT_THAT(outcome.bad_rows,
              ElementsAre("f.ndjson:3: a drug that the source does not have, or that has no code"));
  EXPECT_THAT(outcome.sections, Contains("Medication 1 = 0 + 0 + 0 + 1"));
}

// f2o-070, f2o-071: nothing is imputed.
TEST(Fhir, ADayThatIsNotWholeIsNeverFilledIn) {
  const FhirOutcome outcome =
      read_lines(patient_1 + condition(R"("onsetDateTime":"2024-01")") +
                 condition(R"("onsetDateTime":"2024","recordedDate":"2024-01-02")") +
                 condition(R"("onsetAge":{"value":5})"));
  EXPECT_THAT(outcome.events, IsEmpty());
  EXPECT_THAT(outcome.bad_rows,
              ElementsAre("f.ndjson:2: a day of which only the month or the year is known",
                          "f.ndjson:3: a day of which only the month or the year is known",
                          "f.ndjson:4: no day"));
}

TEST(Fhir, TheChoicesSayWhichDayADiagnosisHas) {
  const std::string lines =
      patient_1 + condition(R"("onsetDateTime":"2024-01-02","recordedDate":"2024-01-05")");
  EXPECT_THAT(read_lines(lines).events, ElementsAre(asthma));
  EXPECT_THAT(read_lines(lines, R"(diagnosis_day = ["recorded", "onset"])").events,
              ElementsAre("1 source 19727 diagnosis icd10:J45.0 -"));
}

// f2o-034
TEST(Fhir, OfSeveralCodingsTheDeclaredOrderOfSystemsDecides) {
  EXPECT_THAT(
      read_lines(
          std::string(patient_1) +
          R"({"resourceType":"Condition","subject":{"reference":"Patient/1"},"onsetDateTime":"2024-01-02","code":{"coding":[{"system":"http://snomed.info/sct","code":"195967001"},{"system":"http://hl7.org/fhir/sid/icd-10","code":"J45.0"}]}})")
          .events,
      ElementsAre(asthma));
}

TEST(Fhir, EveryFormOfReferenceIsFollowed) {
  const auto to = [](const std::string& reference) {
    return condition(R"("subject":{"reference":")" + reference + R"("})");
  };
  const FhirOutcome outcome = read_lines(
      patient_1 + to("Patient/1") + to("https://a.example/fhir/Patient/1") +
      to("Patient/1/_history/2") + to("https://a.example/fhir/Patient/1/_history/2") +
      to("https://b.example/fhir/Patient/1") + to("#p") + to("Patient?identifier=1") +
      to("Patient/9") + to("Group/1") + condition(R"("subject":{"identifier":{"value":"1"}})") +
      condition(R"("subject":{"display":"x"})"));
  EXPECT_THAT(outcome.events, ElementsAre(asthma, asthma, asthma, asthma));
  EXPECT_THAT(outcome.bad_rows,
              ElementsAre("f.ndjson:6: a patient whom the source does not have, or who was refused",
                          "f.ndjson:7: a patient inside the resource itself",
                          "f.ndjson:8: a patient named by a search",
                          "f.ndjson:9: a patient whom the source does not have, or who was refused",
                          "f.ndjson:11: a patient named by an identifier alone, not by a reference",
                          "f.ndjson:12: no patient, or a reference that is none"));
  EXPECT_THAT(outcome.left_out, ElementsAre("1 about something else than a patient"));
}

std::string bundle(const std::string& type, const std::vector<std::string>& entries) {
  return fmt::format(
      "{{\n \"resourceType\": \"Bundle\",\n \"type\": \"{}\",\n \"entry\": [{}]\n}}\n", type,
      fmt::join(entries, ",\n"));
}

std::string entry(const std::string& url, const std::string& resource) {
  return R"({"fullUrl":")" + url + R"(","resource":)" + resource + "}";
}

// f2o-013
TEST(Fhir, ABundlesOwnAddressesAreFollowed) {
  for (const char* type : {"collection", "transaction", "searchset", "batch", "document"}) {
    const FhirOutcome outcome =
        FhirTrial()
            .file("b.json",
                  bundle(
                      type,
                      {entry("urn:uuid:5", condition(R"("subject":{"reference":"urn:uuid:6"})")),
                       entry("urn:uuid:6", patient_1),
                       entry("https://a.example/Patient/2", patient_2),
                       entry("", condition(
                                     R"("subject":{"reference":"https://a.example/Patient/2"})"))}))
            .run();
    EXPECT_EQ(outcome.error, "");
    EXPECT_THAT(outcome.events, ElementsAre(asthma, "2 source 19724 diagnosis icd10:J45.0 -"));
  }
}

// f2o-013
TEST(Fhir, ABundleOfVersionsIsRefused) {
  EXPECT_EQ(FhirTrial().file("b.json", bundle("history", {entry("", patient_1)})).run().error,
            "b.json: a Bundle of type history: it has several versions of the same resource; a "
            "Bundle of type batch, collection, document, searchset or transaction is read");
  EXPECT_THAT(FhirTrial().file("b.json", bundle("Jane Doe", {})).run().error,
              HasSubstr("a Bundle of a type that is not read"));
}

TEST(Fhir, NoEntryOfABundleIsPassedOver) {
  for (const char* entries : {R"("entry":[1])", R"("entry":["x"])", R"("entry":[[{}]])",
                              R"("entry":[{},null])", R"("entr\u0079":[{}])"}) {
    EXPECT_THAT(FhirTrial()
                    .file("b.json", std::string(R"({"resourceType":"Bundle","type":"batch",)") +
                                        entries + "}")
                    .run()
                    .error,
                HasSubstr("an entry that is no object, or an escape in a name"))
        << entries;
  }
}

TEST(Fhir, AnAddressOfTwoPatientsIsNobodys) {
  const FhirOutcome outcome =
      FhirTrial()
          .file("b.json", bundle("collection",
                                 {entry("urn:uuid:6", patient_1), entry("urn:uuid:6", patient_2),
                                  entry("", condition(R"("subject":{"reference":"urn:uuid:6"})"))}))
          .run();
  EXPECT_EQ(outcome.patients.size(), 2);
  EXPECT_THAT(outcome.events, IsEmpty());
}

TEST(Fhir, TwoPatientsWithOneIdAreOneAndTheOtherIsRefused) {
  const FhirOutcome outcome =
      read_lines(std::string(patient_1) + R"({"resourceType":"Patient","id":"1","gender":"male"})" +
                 "\n" + patient_1 + condition(""));
  EXPECT_THAT(outcome.patients, ElementsAre("1 source 1980 female -"));
  EXPECT_THAT(outcome.events, IsEmpty());  // whose is it?
  EXPECT_THAT(outcome.sections,
              ElementsAre("Condition 1 = 0 + 0 + 1 + 0", "Patient 3 = 1 + 0 + 2 + 0"));
}

TEST(Fhir, WhatABundleDeletesIsNotRead) {
  const std::string deletes =
      R"({"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"DELETE","url":"Patient/2"}},{"request":{"method":"DELETE","url":"Condition/c"}}]})"
      "\n";
  const FhirOutcome outcome =
      FhirTrial()
          .file("a.ndjson", std::string(patient_1) + patient_2 + condition(R"("id":"c")") +
                                condition(R"("subject":{"reference":"Patient/2"})"))
          .file("deleted.ndjson", deletes + deletes)
          .run();
  EXPECT_THAT(outcome.patients, ElementsAre("1 source 1980 female -"));
  EXPECT_THAT(outcome.events, IsEmpty());
  EXPECT_THAT(outcome.sections,
              ElementsAre("Bundle 4 = 0 + 0 + 0 + 4", "Condition 2 = 0 + 0 + 1 + 1",
                          "Patient 2 = 1 + 0 + 0 + 1"));
}

std::string deletes(const std::string& method, const std::string& url) {
  return R"({"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":")" +
         method + R"(","url":")" + url + "\"}}]}\n";
}

TEST(Fhir, ADeletionHoldsWhereverItStandsAndHoweverItIsWritten) {
  const std::string record = condition(R"("id":"c")") + condition("");
  for (const char* url : {"Condition/c", "/Condition/c", "https://a.example/fhir/Condition/c",
                          "Condition/c/_history/3", "Condition/c/"}) {
    for (const char* method : {"DELETE", "delete"}) {
      const std::string bundle = deletes(method, url);
      EXPECT_THAT(read_lines(patient_1 + record + bundle).events, ElementsAre(asthma)) << url;
      EXPECT_THAT(read_lines(patient_1 + bundle + record).events, ElementsAre(asthma)) << url;
      EXPECT_THAT(
          FhirTrial().file("a.ndjson", patient_1 + record).file("b.json", bundle).run().events,
          ElementsAre(asthma))
          << url;
    }
  }
  EXPECT_THAT(read_lines(patient_1 + record + deletes("DELETE", "Patient/1")).patients, IsEmpty());
  EXPECT_EQ(read_lines(patient_1 + record + deletes("DELETE", "Condition?code=x")).events.size(),
            2);
}

std::string version_of_c(const std::string& meta, const std::string& more) {
  return condition(R"("id":"c","meta":{)" + meta + "}," + more);
}

TEST(Fhir, OfARecordThatIsSaidSeveralTimesTheLatestVersionCounts) {
  const std::string second = R"("onsetDateTime":"2024-01-05")";
  const std::string first = R"("onsetDateTime":"2024-01-02")";
  const char* at_second = "1 source 19727 diagnosis icd10:J45.0 -";
  const auto both_ways = [](const std::string& a, const std::string& b, const char* event) {
    EXPECT_THAT(read_lines(patient_1 + a + b).events, ElementsAre(event)) << a << b;
    EXPECT_THAT(read_lines(patient_1 + b + a).events, ElementsAre(event)) << a << b;
    EXPECT_THAT(FhirTrial()
                    .file("b.json", bundle("collection", {entry("", a), entry("", patient_1)}))
                    .file("a.ndjson", b)
                    .run()
                    .events,
                ElementsAre(event));
    const FhirOutcome outcome = read_lines(patient_1 + a + b);
    EXPECT_THAT(outcome.sections, Contains("Condition 2 = 0 + 1 + 0 + 1"));
    EXPECT_THAT(outcome.left_out,
                ElementsAre("1 a record that the source says again, or a version of it that is not "
                            "the latest"));
  };
  both_ways(version_of_c(R"("versionId":"9")", first), version_of_c(R"("versionId":"10")", second),
            at_second);
  both_ways(version_of_c(R"("lastUpdated":"2024-02-01T10:00:00.5+02:00")", first),
            version_of_c(R"("lastUpdated":"2024-02-01T09:00:00Z")", second), at_second);
  both_ways(version_of_c("", first), version_of_c(R"("versionId":"1")", second), at_second);
  // Nothing tells them apart: the first counts.
  EXPECT_THAT(read_lines(patient_1 + version_of_c("", first) + version_of_c("", second)).events,
              ElementsAre(asthma));
}

TEST(Fhir, ALaterVersionThatIsEnteredInErrorTakesTheRecordBack) {
  const std::string error =
      R"("verificationStatus":{"coding":[{"code":"entered-in-error"}]},"onsetDateTime":"2024-01-02")";
  const std::string good = R"("onsetDateTime":"2024-01-02")";
  const FhirOutcome outcome = read_lines(patient_1 + version_of_c(R"("versionId":"1")", good) +
                                         version_of_c(R"("versionId":"2")", error));
  EXPECT_THAT(outcome.events, IsEmpty());
  EXPECT_THAT(outcome.sections, Contains("Condition 2 = 0 + 0 + 0 + 2"));
  EXPECT_THAT(read_lines(patient_1 + version_of_c("", good) + version_of_c("", error)).events,
              IsEmpty());
  EXPECT_THAT(read_lines(patient_1 + version_of_c(R"("versionId":"3")", good) +
                         version_of_c(R"("versionId":"2")", error))
                  .events,
              ElementsAre(asthma));
}

TEST(Fhir, ARecordThatOneLineSaysTwiceIsOneEvent) {
  std::string twice = bundle(
      "collection", {entry("", condition(R"("id":"c")")), entry("", condition(R"("id":"c")"))});
  std::erase(twice, '\n');
  EXPECT_THAT(read_lines(patient_1 + twice + "\n").events, ElementsAre(asthma));
}

TEST(Fhir, RecordsOfTwoServersAreAnError) {
  const auto of = [](const std::string& server, const std::string& type, const std::string& text) {
    return bundle("collection", {entry(server + "/" + type, text)});
  };
  const auto error = [](const std::string& a, const std::string& b) {
    return FhirTrial().file("a.json", a).file("b.json", b).run().error;
  };
  const std::string first = of("http://a.example/fhir", "Patient/1", patient_1);
  EXPECT_EQ(error(first, of("http://b.example/fhir", "Patient/1", patient_1)),
            "b.json: records of two servers, which may give the same id to different patients; "
            "import the records of each server by themselves");
  EXPECT_THAT(error(first, of("http://b.example/fhir", "Condition/c", condition(R"("id":"c")"))),
              HasSubstr("two servers"));
  EXPECT_EQ(error(first, of("https://a.example/fhir", "Condition/c", condition(R"("id":"c")"))),
            "");
  EXPECT_EQ(error(first, of("http://b.example/fhir", "Organization/c",
                            R"({"resourceType":"Organization","id":"c"})")),
            "");
}

TEST(Fhir, AnOrderNotToDoItIsNoneHoweverItsTruthIsWritten) {
  for (const char* truth : {"true", R"("true")", R"("TRUE")", "1", "null", "{}"}) {
    const FhirOutcome outcome =
        read_lines(patient_1 + prescription(std::string(R"("intent":"order","doNotPerform":)") +
                                            truth + "," + coded));
    EXPECT_THAT(outcome.events, IsEmpty()) << truth;
    EXPECT_THAT(outcome.left_out, ElementsAre("1 an order not to do it")) << truth;
  }
  for (const char* truth : {"false", R"("false")"}) {
    EXPECT_EQ(
        read_lines(patient_1 + prescription(std::string(R"("intent":"order","doNotPerform":)") +
                                            truth + "," + coded))
            .events.size(),
        1)
        << truth;
  }
}

// Versions before R4 say so in another element.
TEST(Fhir, WhatAnEarlierVersionOfFhirSaysWasNotDoneIsNoEvent) {
  const std::string shot =
      R"({"resourceType":"Immunization","status":"completed","vaccineCode":{"coding":[{"system":"http://hl7.org/fhir/sid/cvx","code":"140"}]},"patient":{"reference":"Patient/1"},"occurrenceDateTime":"2024-01-02",)";
  const std::string cut =
      R"({"resourceType":"Procedure","status":"completed","code":{"coding":[{"system":"http://snomed.info/sct","code":"430193006"}]},"subject":{"reference":"Patient/1"},"performedDateTime":"2024-01-02",)";
  for (const std::string& start : {shot, cut}) {
    for (const char* name : {"notDone", "notGiven", "wasNotGiven", "notPerformed", "wasNotTaken"}) {
      const std::string member = start + "\"" + name + "\":";
      const FhirOutcome outcome =
          read_lines(patient_1 + member + "true}\n" + member + "\"true\"}\n");
      EXPECT_THAT(outcome.events, IsEmpty()) << member;
      EXPECT_THAT(outcome.left_out, ElementsAre("2 planned, cancelled or not done"));
      EXPECT_EQ(read_lines(patient_1 + member + "false}\n").events.size(), 1);
    }
  }
}

TEST(Fhir, WhatSnomedSaysIsAbsentOrOnlySuspectedIsNoDiagnosis) {
  const auto by = [](const std::string& code) {
    return condition(
        R"("verificationStatus":{"coding":[{"system":"http://snomed.info/sct","code":")" + code +
        R"("}]})");
  };
  const FhirOutcome outcome = read_lines(patient_1 + by("2667000") + by("410516002") +
                                         by("410594000") + by("410592001") + by("415684004"));
  EXPECT_THAT(outcome.events, IsEmpty());
  EXPECT_THAT(outcome.left_out, ElementsAre("3 refuted", "2 not confirmed"));
  EXPECT_THAT(
      read_lines(
          patient_1 +
          condition(
              R"("verificationStatus":{"coding":[{"code":"confirmed"},{"code":"410516002"}]})"))
          .events,
      IsEmpty());
  EXPECT_THAT(read_lines(patient_1 + by("410605003")).events, ElementsAre(asthma));
}

TEST(Fhir, AnObservationOfSomebodyElseIsLeftOut) {
  const FhirOutcome outcome = read_lines(
      patient_1 + observation(R"("valueInteger":5,"focus":[{"reference":"RelatedPerson/1"}])"));
  EXPECT_THAT(outcome.events, IsEmpty());
  EXPECT_THAT(outcome.left_out,
              ElementsAre("1 about somebody or something else than the patient (focus)"));
}

TEST(Fhir, ADayWithoutHyphensIsNotFhirs) {
  const FhirOutcome outcome = read_lines(patient_1 + condition(R"("onsetDateTime":"20240102")") +
                                         condition(R"("onsetDateTime":"202401021030")") +
                                         condition(R"("onsetDateTime":"2024-01-02 10:30")"));
  EXPECT_THAT(outcome.events, IsEmpty());
  EXPECT_THAT(outcome.bad_rows, ElementsAre("f.ndjson:2: a day that is not written as FHIR does",
                                            "f.ndjson:3: a day that is not written as FHIR does",
                                            "f.ndjson:4: a day that is not written as FHIR does"));
  EXPECT_THAT(read_lines(R"({"resourceType":"Patient","id":"1","birthDate":"19800203"})").bad_rows,
              ElementsAre("f.ndjson:1: a day that is not written as FHIR does"));
}

TEST(Fhir, AQuantityIsOfTheUnitOfItsCodeNotOfItsLabel) {
  EXPECT_THAT(
      read_lines(
          patient_1 +
          observation(
              R"("component":[{"code":{"coding":[{"system":"http://loinc.org","code":"8480-6"}]},"valueQuantity":{"value":120,"unit":"kPa","code":"mm[Hg]","system":"http://unitsofmeasure.org"}}])"))
          .events,
      ElementsAre("1 source 19724 vital loinc:8480-6 120"));
}

TEST(Fhir, ContainedResourcesAreNoRecordsOfTheirOwn) {
  const FhirOutcome outcome = read_lines(
      patient_1 +
      condition(
          R"("contained":[{"resourceType":"Patient","id":"2"},{"resourceType":"Condition"}])"));
  EXPECT_EQ(outcome.patients.size(), 1);
  EXPECT_THAT(outcome.sections,
              ElementsAre("Condition 1 = 0 + 1 + 0 + 0", "Patient 1 = 1 + 0 + 0 + 0"));
}

TEST(Fhir, TheContentDecidesWhatAFileIsNotItsName) {
  const std::string lines = patient_1 + condition("");
  EXPECT_THAT(FhirTrial().file("f.json", lines).run().events, ElementsAre(asthma));
  EXPECT_THAT(
      FhirTrial()
          .file("f.ndjson", bundle("collection", {entry("", patient_1), entry("", condition(""))}))
          .run()
          .events,
      ElementsAre(asthma));
  EXPECT_THAT(FhirTrial()
                  .file("p.json", "{\n\"resourceType\": \"Patient\",\n\"id\": \"1\"}\n")
                  .file("c.ndjson", condition(""))
                  .run()
                  .events,
              ElementsAre(asthma));
}

TEST(Fhir, AMarkOfByteOrderAndCarriageReturnsArePassedOver) {
  std::string lines = "\xEF\xBB\xBF" + std::string(patient_1) + "\n" + condition("");
  for (std::size_t at = 0; (at = lines.find('\n', at)) != std::string::npos; at += 2) {
    lines.insert(at, "\r");
  }
  const FhirOutcome outcome = read_lines(lines);
  EXPECT_THAT(outcome.events, ElementsAre(asthma));
  EXPECT_THAT(outcome.bad_rows, IsEmpty());
}

TEST(Fhir, ALineCutOffIsRefused) {
  const FhirOutcome outcome = read_lines(patient_1 + condition("").substr(0, 60));
  EXPECT_THAT(outcome.bad_rows, ElementsAre("f.ndjson:2: not JSON"));
  EXPECT_THAT(outcome.sections,
              ElementsAre("Condition 1 = 0 + 0 + 1 + 0", "Patient 1 = 1 + 0 + 0 + 0"));
}

TEST(Fhir, ABundleCutOffIsAnError) {
  const std::string text = bundle("collection", {entry("", patient_1)});
  EXPECT_EQ(FhirTrial().file("b.json", text.substr(0, text.size() - 5)).run().error,
            "b.json: the file ends in the middle of a resource or Bundle; it was cut off: fetch it "
            "again");
}

TEST(Fhir, AFileThatIsNoFhirIsAnError) {
  EXPECT_THAT(FhirTrial().file("a.csv", "id,name\n1,x\n").run().error, HasSubstr("no FHIR"));
  EXPECT_EQ(FhirTrial().file("a.ndjson", "").run().error, "");
}

TEST(Fhir, WhatIsNoJsonIsRefusedAndCountedOnce) {
  const std::string deep = R"({"resourceType":"Condition","x":)" + std::string(10'000, '[') +
                           std::string(10'000, ']') + "}\n";
  const FhirOutcome outcome = read_lines(
      std::string(patient_1) + deep + "{\"resourceType\":\"Patient\",\"id\":\"\xFF\"}\n" +
      "{\"resourceType\":\"Patient\",\"id\":}\n" + "[]\n" + "{}\n" +
      "{\"resourceType\":\"Jane Doe\"}\n" + "{ \"id\":\"1\", }\n");
  EXPECT_THAT(outcome.bad_rows,
              ElementsAre("f.ndjson:2: JSON nested deeper than 256 levels",
                          "f.ndjson:3: text that is not UTF-8", "f.ndjson:4: not JSON",
                          "f.ndjson:5: JSON that is no resource", "f.ndjson:6: no resource type",
                          "f.ndjson:7: a resource type that FHIR R4 does not have",
                          "f.ndjson:8: not JSON"));
  EXPECT_THAT(
      outcome.sections,
      ElementsAre("(no resource) 3 = 0 + 0 + 3 + 0", "(no type of FHIR R4) 1 = 0 + 0 + 1 + 0",
                  "Condition 1 = 0 + 0 + 1 + 0", "Patient 3 = 1 + 0 + 2 + 0"));
}

TEST(Fhir, ALineThatIsTooLongIsRefusedAndTheNextOneIsRead) {
  const std::string note = R"("note":[{"text":")" + std::string(20'000'000, 'x') + R"("}])";
  const FhirOutcome outcome =
      read_lines(patient_1 + condition(note) + condition("") +
                 R"({"resourceType":"Binary","data":")" + std::string(9'000'000, 'x') + "\"}\n");
  EXPECT_THAT(outcome.events, ElementsAre(asthma));
  EXPECT_THAT(outcome.bad_rows, ElementsAre("f.ndjson:2: a resource that is longer than is read"));
  EXPECT_THAT(outcome.sections, Contains("Binary 1 = 0 + 0 + 0 + 1"));
}

TEST(Fhir, AnEntryThatIsTooLongIsRefused) {
  const FhirOutcome outcome =
      FhirTrial()
          .file("b.json",
                bundle("collection", {entry("", patient_1),
                                      entry("", condition(R"("note":[{"text":")" +
                                                          std::string(500, 'x') + R"("}])")),
                                      entry("", condition(""))}))
          .cut({.block_bytes = 64, .longest_piece = 400})
          .run();
  EXPECT_THAT(outcome.events, ElementsAre(asthma));
  EXPECT_THAT(outcome.bad_rows, ElementsAre("b.json:2: a resource that is longer than is read"));
}

// What a Patient with these identifiers is known by.
std::vector<std::string> known_by(const std::string& identifiers, const std::string& choices = "") {
  const FhirOutcome outcome =
      FhirTrial()
          .knowing({"7", "2550814168025", "2800275001001", "180032A001001", "x"})
          .file("f.ndjson",
                R"({"resourceType":"Patient","id":"7","identifier":[)" + identifiers + "]}\n")
          .choices(choices)
          .run();
  std::vector<std::string> words = outcome.bad_rows;
  for (const std::string& patient : outcome.patients) {
    words.push_back(patient.substr(0, patient.find(' ')));
  }
  return words;
}

std::string number_of(const std::string& system, const std::string& value) {
  return R"({"system":")" + system + R"(","value":")" + value + "\"}";
}

// As documents have it: with its key and without it, an INS is one patient's.
TEST(Fhir, ThePseudonymIsOfTheNationalNumberWhereThereIsOne) {
  const std::string nir = "urn:oid:1.2.250.1.213.1.4.8";
  const std::string nia = "urn:oid:1.2.250.1.213.1.4.9";
  EXPECT_THAT(known_by(""), ElementsAre("7"));
  EXPECT_THAT(known_by(number_of(nir, "255081416802538")), ElementsAre("2550814168025"));
  EXPECT_THAT(known_by(number_of(nir, "2550814168025")), ElementsAre("2550814168025"));
  EXPECT_THAT(known_by(number_of(nia, "2 55 08 14 168 025 38")), ElementsAre("2550814168025"));
  EXPECT_THAT(known_by(number_of(nir, "180032a00100193")), ElementsAre("180032A001001"));
  EXPECT_THAT(known_by(number_of(nia, "255081416802538") + "," + number_of(nir, "2800275001001")),
              ElementsAre("2800275001001"));
  // A number with a wrong key is none, as is an old one.
  EXPECT_THAT(known_by(number_of(nir, "255081416802537")), ElementsAre("7"));
  EXPECT_THAT(known_by(R"({"use":"old","system":"urn:oid:1.2.250.1.213.1.4.8",)"
                       R"("value":"2550814168025"})"),
              ElementsAre("7"));
  EXPECT_THAT(known_by(number_of(nir, "2550814168025") + "," + number_of(nir, "2800275001001")),
              ElementsAre("f.ndjson:1: several national numbers of one patient"));
}

TEST(Fhir, ThePseudonymIsOfTheNumberThatTheChoicesName) {
  const std::string both = number_of("urn:oid:1.2.250.1.213.1.4.8", "255081416802538") + "," +
                           number_of("https://vendor.example/patient", "x");
  EXPECT_THAT(known_by(both, R"(patient_identifier = "1.2.250.1.213.1.4.8")"),
              ElementsAre("2550814168025"));
  EXPECT_THAT(known_by(both, R"(patient_identifier = "https://vendor.example/patient")"),
              ElementsAre("x"));
  EXPECT_THAT(known_by(both, R"(patient_identifier = "id")"), ElementsAre("7"));
  EXPECT_THAT(known_by(both, R"(patient_identifier = "urn:oid:1.2.250.1.213.1.4.9")"),
              ElementsAre("f.ndjson:1: a patient without a number"));
}

TEST(Fhir, APatientWithTwoNumbersOfTheSystemIsRefused) {
  const std::string patient =
      R"({"resourceType":"Patient","id":"7","identifier":[{"system":"a","value":"1"},{"system":"a","value":"2"}]})";
  EXPECT_THAT(
      read_lines(patient, R"(patient_identifier = "a")").bad_rows,
      ElementsAre("f.ndjson:1: several numbers of the identifier system that tells patients"));
}

TEST(Fhir, APatientWhomAnotherRecordReplacesIsRefused) {
  EXPECT_THAT(
      read_lines(
          R"({"resourceType":"Patient","id":"1","link":[{"type":"replaced-by","other":{"reference":"Patient/2"}}]})")
          .bad_rows,
      ElementsAre("f.ndjson:1: a patient whose record another one replaces"));
}

TEST(Fhir, OfAnAddressOnlyTheDepartmentOrStateIsRead) {
  const auto place_of = [](const std::string& address) {
    return read_lines(R"({"resourceType":"Patient","id":"1","address":[)" + address + "]}")
        .patients;
  };
  EXPECT_THAT(place_of(R"({"country":"FR","postalCode":"69003"})"),
              ElementsAre("1 source - unknown 69"));
  EXPECT_THAT(place_of(R"({"country":"US","state":"KS"})"), ElementsAre("1 source - unknown KS"));
  EXPECT_THAT(place_of(R"({"country":"US","state":"Kansas"})"),
              ElementsAre("1 source - unknown -"));
  EXPECT_THAT(place_of(R"({"postalCode":"69003"})"), ElementsAre("1 source - unknown -"));
  EXPECT_THAT(
      place_of(
          R"({"use":"old","country":"FR","postalCode":"69003"},{"country":"FR","postalCode":"20600"})"),
      ElementsAre("1 source - unknown 2B"));
}

TEST(Fhir, ThePracticeIsTheManagingOrganizationElseTheGeneralPractitioner) {
  const auto practice_of = [](const std::string& more) {
    return read_lines(R"({"resourceType":"Patient","id":"1",)" + more + "}").patients;
  };
  const std::string doctor = R"("generalPractitioner":[{"reference":"Practitioner/d"}])";
  EXPECT_THAT(practice_of(doctor), ElementsAre("1 Practitioner/d - unknown -"));
  EXPECT_THAT(
      practice_of(doctor +
                  R"(,"managingOrganization":{"reference":"https://a.example/Organization/o"})"),
      ElementsAre("1 Organization/o - unknown -"));
  EXPECT_THAT(practice_of(R"("managingOrganization":{"identifier":{"value":"750000001"}})"),
              ElementsAre("1 750000001 - unknown -"));
}

// In FHIR as in CDA: the table is one (vocabulary/snomed_meanings.csv).
TEST(Fhir, EveryCodeThatSaysThatThereIsNoneIsLeftOut) {
  for (const char* code : {"160244002", "428197003", "716220001", "1003774007"}) {
    const FhirOutcome outcome = read_lines(
        std::string(patient_1) +
        R"({"resourceType":"AllergyIntolerance","code":{"coding":[{"system":"http://snomed.info/sct","code":")" +
        code + R"("}]},"patient":{"reference":"Patient/1"},"recordedDate":"2024-01-02"})");
    EXPECT_THAT(outcome.left_out, ElementsAre("1 a code that says that there is none")) << code;
  }
}

TEST(Fhir, ACodeThatSaysThatThereIsNoneIsNoAllergy) {
  const FhirOutcome outcome = read_lines(
      std::string(patient_1) +
      R"({"resourceType":"AllergyIntolerance","code":{"coding":[{"system":"http://snomed.info/sct","code":"716186003"}]},"patient":{"reference":"Patient/1"},"recordedDate":"2024-01-02"})");
  EXPECT_THAT(outcome.events, IsEmpty());
  EXPECT_THAT(outcome.left_out, ElementsAre("1 a code that says that there is none"));
}

TEST(Fhir, SmallBlocksAndSeveralThreadsReadTheSame) {
  std::string lines = patient_1;
  for (int i = 0; i < 200; ++i) {
    lines += condition(i % 3 == 0 ? R"("id":"long one, to be cut in the middle")" : "");
  }
  const FhirOutcome whole = read_lines(lines);
  for (const std::size_t bytes : {1U, 7U, 300U, 5000U}) {
    const FhirOutcome cut = FhirTrial().file("f.ndjson", lines).cut({.block_bytes = bytes}).run(2);
    EXPECT_EQ(cut.events, whole.events);
    EXPECT_EQ(cut.sections, whole.sections);
  }
}

TEST(Fhir, TooManyBadRowsEndTheReading) {
  EXPECT_THAT(FhirTrial().file("f.ndjson", patient_1 + verified("x")).most_bad_rows(0).run(2).error,
              HasSubstr("a verification status that FHIR R4 does not have"));
}

TEST(Fhir, ItIsToldByItsBeginning) {
  EXPECT_TRUE(looks_like_fhir(patient_1));
  EXPECT_TRUE(looks_like_fhir("\xEF\xBB\xBF {\n \"resourceType\": \"Bundle\""));
  EXPECT_FALSE(looks_like_fhir("id,\"resourceType\""));
  EXPECT_FALSE(looks_like_fhir("{\"a\":1}"));
}

}  // namespace
}  // namespace parcours::fhir
