#include "ingest/choices.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"

namespace parcours::ingest {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

Choices good(std::string_view text) {
  Result<Choices> choices = parse_choices(text, "c.toml");
  EXPECT_TRUE(choices) << choices.error().sentence();
  return choices ? *std::move(choices) : Choices();
}

std::vector<std::string> order_of(const Choices& choices, std::string_view kind) {
  return choices.systems[*find_kind(kind)];
}

TEST(Choices, AreAllMadeWhereNothingIsSaid) {
  for (const Choices& choices : {Choices(), good("")}) {
    EXPECT_EQ(choices.period, "");
    EXPECT_EQ(choices.practice, "");
    EXPECT_FALSE(choices.max_bad_rows);
    EXPECT_TRUE(choices.not_identifiers.empty());
    EXPECT_TRUE(choices.patient_identifier.empty());
    EXPECT_EQ(choices.omop_codes, OmopCodes::source);
    EXPECT_THAT(choices.diagnosis_day, ElementsAre(DiagnosisDay::onset, DiagnosisDay::recorded));
    EXPECT_THAT(order_of(choices, "lab"), ElementsAre("loinc", "snomed"));
  }
}

TEST(Choices, SuggestSystemsOfEveryKindThatDescribeIt) {
  const Choices choices;
  for (KindId kind = 0; kind < kinds().size(); ++kind) {
    EXPECT_FALSE(choices.systems[kind].empty()) << kinds()[kind];
    for (const std::string& name : choices.systems[kind]) {
      const CodeSystem* system = find_code_system(name);
      ASSERT_NE(system, nullptr) << name;
      EXPECT_NE(std::ranges::find(system->kinds, kind), system->kinds.end())
          << name << " " << kinds()[kind];
    }
  }
}

TEST(Choices, ReadEveryKey) {
  const Choices choices = good(R"toml(
period = 2026
practice = "house"
max_bad_rows = 7
not_identifiers = ["own-lab"]
patient_identifier = "urn:oid:1.2.250.1.213.1.4.8"
omop_codes = "standard"
diagnosis_day = "recorded"
[systems]
diagnosis = ["snomed", "icd10"]
vital = "loinc"
[[code_system]]
name = "own-lab"
address = ["https://vendor.example/lab", "https://vendor.example/biology"]
oid = "1.2.3.4"
kinds = ["lab", "vital"]
[[code_system]]
name = "sector"
address = "https://vendor.example/sector"
kinds = "place"
)toml");
  EXPECT_EQ(choices.path, "c.toml");
  EXPECT_EQ(choices.period, "2026");
  EXPECT_EQ(choices.practice, "house");
  EXPECT_EQ(choices.max_bad_rows, 7u);
  EXPECT_THAT(choices.not_identifiers, ElementsAre("own-lab"));
  EXPECT_EQ(choices.patient_identifier, "urn:oid:1.2.250.1.213.1.4.8");
  EXPECT_EQ(choices.omop_codes, OmopCodes::standard);
  EXPECT_THAT(choices.diagnosis_day, ElementsAre(DiagnosisDay::recorded));
  EXPECT_THAT(order_of(choices, "diagnosis"), ElementsAre("snomed", "icd10"));
  EXPECT_THAT(order_of(choices, "vital"), ElementsAre("loinc"));
  EXPECT_THAT(order_of(choices, "lab"), ElementsAre("own-lab", "loinc", "snomed"));
  ASSERT_EQ(choices.own_systems.size(), 2u);
  EXPECT_TRUE(choices.own_systems[1].kinds.empty());
}

TEST(Choices, FindASystemOfTheSourcesOwnBeforeAKnownOne) {
  const Choices choices = good(R"toml(
[[code_system]]
name = "own"
address = "http://loinc.org"
oid = "1.2.3"
kinds = "lab"
)toml");
  for (const char* text :
       {"own", "http://loinc.org", "HTTP://loinc.org/", "1.2.3", "urn:oid:1.2.3"}) {
    const CodeSystem* system = choices.system_called(text);
    ASSERT_NE(system, nullptr) << text;
    EXPECT_EQ(system->name, "own") << text;
  }
  EXPECT_EQ(choices.system_called("loinc")->name, "loinc");
  EXPECT_EQ(choices.system_called(""), nullptr);
  EXPECT_EQ(choices.system_called("urn:oid:"), nullptr);
}

struct ChoicesMistake {
  const char* text;
  const char* sentence;

  friend void PrintTo(const ChoicesMistake& mistake, std::ostream* out) { *out << mistake.text; }
};

class ChoicesMistakes : public testing::TestWithParam<ChoicesMistake> {};

TEST_P(ChoicesMistakes, AreFoundWithTheirLineAndWhatWouldBeRight) {
  const Result<Choices> choices = parse_choices(GetParam().text, "c.toml");
  ASSERT_FALSE(choices) << GetParam().text;
  EXPECT_EQ(choices.error().fault, Fault::input);
  EXPECT_THAT(choices.error().sentence(), HasSubstr(GetParam().sentence)) << GetParam().text;
}

constexpr const char* own = "[[code_system]]\nname = \"own\"\nkinds = \"lab\"\n";

INSTANTIATE_TEST_SUITE_P(
    OfEachKey, ChoicesMistakes,
    testing::Values(
        ChoicesMistake{"perod = \"2026\"", "c.toml:1: unknown key 'perod'"},
        ChoicesMistake{"\nperiod = \"of Mrs Dupont\"", "c.toml:2: this is not a label of a period"},
        ChoicesMistake{"practice = 3", "c.toml:1"}, ChoicesMistake{"practice = \"\"", "c.toml:1"},
        ChoicesMistake{"max_bad_rows = -1", "c.toml:1"},
        ChoicesMistake{"max_bad_rows = \"many\"", "c.toml:1"},
        ChoicesMistake{"not_identifiers = 3", "c.toml:1"},
        ChoicesMistake{"not_identifiers = [\"labb\"]", "c.toml:1: unknown code system 'labb'"},
        ChoicesMistake{"patient_identifier = [\"a\"]", "c.toml:1"},
        ChoicesMistake{"omop_codes = \"sources\"", "did you mean 'source'?"},
        ChoicesMistake{"diagnosis_day = \"onste\"", "c.toml:1: unknown diagnosis_day 'onste'"},
        ChoicesMistake{"diagnosis_day = []", "c.toml:1: 'diagnosis_day' names no day"},
        ChoicesMistake{"diagnosis_day = [\"onset\", \"onset\"]",
                       "c.toml:1: 'onset' is named twice"},
        ChoicesMistake{"systems = \"icd10\"", "c.toml:1"},
        ChoicesMistake{"[systems]\ndiagnoses = \"icd10\"", "c.toml:2: unknown key 'diagnoses'"},
        ChoicesMistake{"[systems]\ndiagnosis = \"icd11\"",
                       "c.toml:2: unknown code system 'icd11'; did you mean"},
        ChoicesMistake{"[systems]\ndiagnosis = [\"icd10\", \"atc\"]",
                       "c.toml:2: code system 'atc' has no codes of kind 'diagnosis'"},
        ChoicesMistake{"[systems]\ndiagnosis = [\"icd10\", \"icd10\"]",
                       "c.toml:2: 'icd10' is named twice"},
        ChoicesMistake{"[[code_system]]\nkinds = \"lab\"",
                       "c.toml:1: [[code_system]] has no 'name'"},
        ChoicesMistake{"[[code_system]]\nname = \"own\"",
                       "c.toml:1: [[code_system]] has no 'kinds'"},
        ChoicesMistake{"[[code_system]]\nname = \"o w n\"\nkinds = \"lab\"", "c.toml:2"},
        ChoicesMistake{"[[code_system]]\nname = \"loinc\"\nkinds = \"lab\"",
                       "c.toml:2: there is a code system 'loinc' already"},
        ChoicesMistake{"[[code_system]]\nname = \"own\"\nkinds = \"labs\"",
                       "c.toml:3: unknown kind 'labs'; did you mean 'lab'?"},
        ChoicesMistake{"[[code_system]]\nname = \"own\"\nkinds = []",
                       "c.toml:3: 'kinds' names no kind"},
        ChoicesMistake{"[[code_system]]\nname = \"own\"\nkinds = [\"lab\", \"place\"]",
                       "c.toml:3: a code system is of places or of events"},
        ChoicesMistake{"[[code_system]]\nname = \"own\"\nkinds = [\"lab\", \"lab\"]",
                       "c.toml:3: 'lab' is named twice"},
        ChoicesMistake{"[[code_system]]\nname = \"own\"\nkinds = \"lab\"\naddres = \"x\"",
                       "c.toml:4: unknown key 'addres'"},
        ChoicesMistake{
            "[[code_system]]\nname = \"own\"\nkinds = \"lab\"\naddress = \"http://x.example\"\n"
            "[[code_system]]\nname = \"two\"\nkinds = \"lab\"\naddress = \"http://x.example/\"",
            "c.toml:8: code system 'own' has this address already"},
        ChoicesMistake{"period = ", "c.toml:1"}));

TEST(Choices, ASystemOfTheSourcesOwnIsNoneTwice) {
  const Result<Choices> choices = parse_choices(std::string(own) + own, "c.toml");
  ASSERT_FALSE(choices);
  EXPECT_THAT(choices.error().sentence(),
              HasSubstr("c.toml:5: there is a code system 'own' already"));
}

TEST(Choices, AreReadFromAFile) {
  const ScratchFolder folder =
      *ScratchFolder::make(std::filesystem::temp_directory_path(), "choices-");
  ASSERT_TRUE(write_file(folder.path() / "c.toml", "period = \"2026\"\n"));
  EXPECT_EQ(read_choices(folder.path() / "c.toml")->period, "2026");
  EXPECT_FALSE(read_choices(folder.path() / "none.toml"));
}

}  // namespace
}  // namespace parcours::ingest
