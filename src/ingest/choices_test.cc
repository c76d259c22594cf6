#include "ingest/choices.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <ostream>

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
  return choices.systems[*vocabulary::find_kind(kind)];
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
    EXPECT_THAT(order_of(choices, "lab"), ElementsAre("loinc", "nabm", "snomed"));
  }
}

TEST(Choices, SuggestSystemsOfEveryKindThatDescribeIt) {
  const Choices choices;
  for (vocabulary::KindId kind = 0; kind < vocabulary::kinds().size(); ++kind) {
    EXPECT_FALSE(choices.systems[kind].empty()) << vocabulary::kinds()[kind];
    for (const std::string& name : choices.systems[kind]) {
      const vocabulary::CodeSystem* system = vocabulary::find_code_system(name);
      ASSERT_NE(system, nullptr) << name;
      EXPECT_NE(std::ranges::find(system->kinds, kind), system->kinds.end())
          << name << " " << vocabulary::kinds()[kind];
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
  EXPECT_THAT(order_of(choices, "lab"), ElementsAre("own-lab", "loinc", "nabm", "snomed"));
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
    const vocabulary::CodeSystem* system = choices.system_called(text);
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
        ChoicesMistake{"[[map]]\nto = \"atc\"\nfile = \"f\"\nfrom_column = 1\nto_column = 2",
                       "c.toml:1: [[map]] has no 'from'"},
        ChoicesMistake{"[[map]]\nfrom = \"ciss\"\nto = \"atc\"\nfile = \"f\"\nfrom_column = 1\n"
                       "to_column = 2",
                       "c.toml:2: unknown code system 'ciss'; did you mean 'cis'?"},
        ChoicesMistake{"[[map]]\nfrom = \"atc\"\nto = \"atc\"\nfile = \"f\"\nfrom_column = 1\n"
                       "to_column = 2",
                       "c.toml:3: a map leads to another code system"},
        ChoicesMistake{"[[map]]\nfrom = \"cis\"\nto = \"atc\"\nfile = \"f\"\nfrom_column = 0\n"
                       "to_column = 2",
                       "c.toml:5"},
        ChoicesMistake{"[[map]]\nfrom = \"cis\"\nto = \"atc\"\nfile = \"f\"\nfrom_column = \"a\"\n"
                       "to_column = 2",
                       "c.toml:1: from_column and to_column are both names or both numbers"},
        ChoicesMistake{"period = ", "c.toml:1"}));

TEST(Choices, ASystemOfTheSourcesOwnIsNoneTwice) {
  const Result<Choices> choices = parse_choices(std::string(own) + own, "c.toml");
  ASSERT_FALSE(choices);
  EXPECT_THAT(choices.error().sentence(),
              HasSubstr("c.toml:5: there is a code system 'own' already"));
}

constexpr const char* map_of_cis =
    "[[map]]\nfrom = \"cis\"\nto = \"atc\"\nfile = \"cis.txt\"\nfrom_column = 1\nto_column = 2\n";

TEST(Choices, ReadTheFilesOfTheirMaps) {
  const ScratchFolder folder =
      *ScratchFolder::make(std::filesystem::temp_directory_path(), "choices-");
  ASSERT_TRUE(write_file(folder.path() / "c.toml", map_of_cis));
  ASSERT_TRUE(write_file(folder.path() / "cis.txt",
                         "60005856\tA02BA03\tcomprim\xE9\n60005857\tA02BA03\tcomprim\xC3\xA9\n"
                         "60005858\tA02BA03\n60005858\tA02BA02\nno code\tA02BA02\n60005859\n"));
  const Result<Choices> choices = read_choices(folder.path() / "c.toml");
  ASSERT_TRUE(choices) << choices.error().sentence();
  const CodeMap& map = choices->maps.at(0);
  EXPECT_EQ(*map.find("60005856"), "A02BA03") << "the first line is no header";
  EXPECT_EQ(*map.find("60005857"), "A02BA03");
  for (const char* code : {"60005858", "60005859", "no code", ""}) {
    EXPECT_EQ(map.find(code), nullptr) << code;
  }
  ASSERT_TRUE(write_file(folder.path() / "cis.txt", "CIS;ATC\n60005856;A02BA03\n"));
  ASSERT_TRUE(write_file(folder.path() / "c.toml",
                         "[[map]]\nfrom = \"cis\"\nto = \"atc\"\nfile = \"cis.txt\"\n"
                         "from_column = \"CIS\"\nto_column = \"ATC\"\n"));
  EXPECT_EQ(*read_choices(folder.path() / "c.toml")->maps.at(0).find("60005856"), "A02BA03");
  for (const char* bad : {"CIS;AT\n60005856;A02BA03\n", "CIS;ATC\nA02BA03;60005856\n", ""}) {
    ASSERT_TRUE(write_file(folder.path() / "cis.txt", bad));
    EXPECT_FALSE(read_choices(folder.path() / "c.toml")) << bad;
  }
  ASSERT_TRUE(std::filesystem::remove(folder.path() / "cis.txt"));
  EXPECT_FALSE(read_choices(folder.path() / "c.toml"));
}

TEST(Choices, ReadTheRealMapOfTheMedicinesOfFrance) {
  const std::filesystem::path france =
      std::filesystem::path(PARCOURS_SOURCE_DIR) / "../shared/data/france";
  if (!std::filesystem::exists(france)) {
    GTEST_SKIP() << "no ../shared/data/france here";
  }
  CodeMap map = good(map_of_cis).maps.at(0);
  map.file = france / "cis_atc.txt";
  const Status read =
      read_codes(map, *vocabulary::find_code_system("cis"), *vocabulary::find_code_system("atc"));
  ASSERT_TRUE(read) << read.error().sentence();
  EXPECT_GT(map.codes.size(), 8000u);
  EXPECT_EQ(*map.find("68053454"), "A02BA01");
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
