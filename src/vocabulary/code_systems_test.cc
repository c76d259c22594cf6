#include "vocabulary/code_systems.h"

#include <gtest/gtest.h>

namespace parcours::vocabulary {
namespace {

TEST(CodeSystems, AreFoundByAddressIdentifierAndName) {
  for (const char* text : {"http://loinc.org", "http://LOINC.org/", "2.16.840.1.113883.6.1",
                           "urn:oid:2.16.840.1.113883.6.1", "loinc"}) {
    const CodeSystem* system = code_system_called(text);
    ASSERT_NE(system, nullptr) << text;
    EXPECT_EQ(system->name, "loinc");
  }
  for (const char* text : {"", "http://vendor.example/codes", "1.2.3", "LOINC"}) {
    EXPECT_EQ(code_system_called(text), nullptr) << text;
  }
}

TEST(CodeSystems, NamesAddressesAndIdentifiersAreOfOneSystemEach) {
  for (const CodeSystem& system : code_systems()) {
    EXPECT_EQ(find_code_system(system.name), &system);
    for (const std::string& address : system.addresses) {
      EXPECT_EQ(code_system_called(address), &system) << address;
    }
    for (const std::string& oid : system.oids) {
      EXPECT_EQ(code_system_called(oid), &system) << oid;
    }
  }
}

// French documents call one system by several identifiers: the health agency's and the insurer's.
TEST(CodeSystems, OfFrenchDocumentsAreFound) {
  const std::vector<std::pair<const char*, const char*>> known = {
      {"1.2.250.1.213.2.5", "ccam"},    {"1.2.250.1.215.300.1", "ccam"},
      {"1.2.250.1.213.2.3.2", "cip13"}, {"1.2.250.1.213.2.3.3", "cip13"},
      {"1.2.250.1.213.2.3.1", "cis"},   {"1.2.250.1.213.2.9", "drc"},
      {"1.2.250.1.213.2.49", "orpha"},  {"1.2.250.1.213.2.7", "nabm"}};
  for (const auto& [oid, name] : known) {
    ASSERT_NE(code_system_called(oid), nullptr) << oid;
    EXPECT_EQ(code_system_called(oid)->name, name);
  }
}

TEST(CodeSystems, SomeFormsExcludeIdentifiers) {
  EXPECT_TRUE(form_excludes_identifiers(*find_code_system("loinc")));
  EXPECT_TRUE(form_excludes_identifiers(*find_code_system("icd10")));
  EXPECT_FALSE(form_excludes_identifiers(*find_code_system("rxnorm")));
  EXPECT_FALSE(form_excludes_identifiers(*find_code_system("omop")));
}

TEST(CodeSystems, OnlyAFormThatIsNoWordKeepsPersonsOut) {
  for (const CodeSystem& system : code_systems()) {
    EXPECT_TRUE(keeps_persons_out(system)) << system.name;
  }
  EXPECT_FALSE(
      keeps_persons_out({.name = "own", .addresses = {}, .oids = {}, .form = "", .kinds = {}}));
}

struct FormCase {
  const char* system;
  const char* code;
  bool fits;
};

class CodeForms : public testing::TestWithParam<FormCase> {};

TEST_P(CodeForms, KeepOtherTextsOut) {
  const CodeSystem* system = find_code_system(GetParam().system);
  ASSERT_NE(system, nullptr);
  EXPECT_EQ(has_form(*system, GetParam().code), GetParam().fits) << GetParam().code;
}

INSTANTIATE_TEST_SUITE_P(
    OfEachSystem, CodeForms,
    testing::Values(FormCase{"icd10", "J45", true}, FormCase{"icd10", "J45.0", true},
                    FormCase{"icd10", "J450", true}, FormCase{"icd10", "J45.", false},
                    FormCase{"icd10", "Dupont", false}, FormCase{"icd10", "J45.00000", false},
                    FormCase{"icd10cm", "C4A.9", true}, FormCase{"icd9", "250.01", true},
                    FormCase{"icd9", "V57", true}, FormCase{"icd9", "8", true},
                    FormCase{"icd9", "E885.9", true}, FormCase{"icd9", "0612345678", false},
                    FormCase{"icpc2", "R96", true}, FormCase{"icpc2", "R9", false},
                    FormCase{"snomed", "44054006", true}, FormCase{"snomed", "44054007", false},
                    FormCase{"snomed", "185086009", true}, FormCase{"atc", "R03BA02", true},
                    FormCase{"atc", "R03", true}, FormCase{"atc", "R0", false},
                    FormCase{"atc", "MARTIN", false}, FormCase{"rxnorm", "834061", true},
                    FormCase{"rxnorm", "aspirin", false}, FormCase{"cvx", "140", true},
                    FormCase{"ndc", "0069-2587-10", true}, FormCase{"ndc", "0069", false},
                    FormCase{"ndc", "00069258710", true}, FormCase{"ndc", "0612345678", false},
                    FormCase{"ndc", "07700900123", false}, FormCase{"ndc", "06123-456-78", false},
                    FormCase{"ndc", "50090-0123-1", true}, FormCase{"ndc", "1234-5678-90", false},
                    FormCase{"ndc", "555-123-4567", false}, FormCase{"omop", "0", true},
                    FormCase{"omop", "2147483647", true}, FormCase{"omop", "2147483648", false},
                    FormCase{"omop", "0612345678", false}, FormCase{"omop", "", false},
                    FormCase{"cip13", "3400930000120", true},
                    FormCase{"cip13", "3400930000121", false}, FormCase{"cis", "60001234", true},
                    FormCase{"drc", "114", true}, FormCase{"orpha", "658", true},
                    FormCase{"nabm", "5201", true}, FormCase{"nabm", "52", false},
                    FormCase{"loinc", "2345-7", true}, FormCase{"loinc", "2345-8", false},
                    FormCase{"loinc", "glucose", false}, FormCase{"ccam", "DEQP003", true},
                    FormCase{"ccam", "DEQP", false}, FormCase{"cpt", "99213", true},
                    FormCase{"hcpcs", "G0008", true}, FormCase{"act-code", "AMB", true},
                    FormCase{"act-code", "Jean Dupont", false},
                    FormCase{"act-code", "MARTIN", false}, FormCase{"rxnorm", "19790327", false},
                    FormCase{"cis", "19790327", false}, FormCase{"fr-department", "2A", true},
                    FormCase{"fr-department", "974", true},
                    FormCase{"fr-department", "75001", false}));

}  // namespace
}  // namespace parcours::vocabulary
