// parcours vault import --from: standard forms, told by their content.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "command.h"
#include "story.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

class ImportFrom : public testing::Test {
 protected:
  ImportFrom() {
    EXPECT_EQ(run_parcours(create_vault(vault, {"--key", key, "--buckets", "4"})).exit, 0);
  }

  Ran import(const std::vector<std::string>& what,
             const std::vector<std::string>& more = {}) const {
    std::vector<std::string> words = {"vault", "import",   vault,  "--key",
                                      key,     "--period", "2024", "--from"};
    words.insert(words.end(), what.begin(), what.end());
    words.insert(words.end(), more.begin(), more.end());
    return run_parcours(words);
  }
  Json status() const {
    return Json::parse(run_parcours({"vault", "status", vault, "--json"}).out);
  }
  fs::path put(const std::string& name, const std::string& text) const {
    fs::create_directories((folder / name).parent_path());
    write(folder / name, text);
    return folder / name;
  }

  Folder folder;
  const std::string vault = folder / "v.vault";
  const std::string key = folder / "k.key";
};

constexpr const char* person =
    "person_id,gender_concept_id,year_of_birth\n1,8507,1980\n2,8532,1990\n";
constexpr const char* visits =
    "person_id,visit_concept_id,visit_start_date\n1,9202,2023-01-01\n2,9202,2023-01-02\n"
    "2,9202,2023-13-02\n";

constexpr const char* patient_resource = R"({"resourceType":"Patient","id":"p1","gender":"female",)"
                                         R"("birthDate":"1980-05-06"})";
constexpr const char* condition_resource =
    R"({"resourceType":"Condition","id":"c1","subject":{"reference":"Patient/p1"},)"
    R"("onsetDateTime":"2023-04-05","code":{"coding":[{"system":"http://hl7.org/fhir/sid/icd-10",)"
    R"("code":"J45.0"}]}})";

TEST_F(ImportFrom, AFolderOfOmopTablesIsToldByTheirNames) {
  put("cdm/PERSON.csv", person);
  put("cdm/VISIT_OCCURRENCE.csv", visits);
  put("cdm/README.txt", "about");
  const Ran ran = import({folder / "cdm"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("taken for OMOP CDM, because 2 of 3 files are called after"));
  EXPECT_THAT(ran.out, HasSubstr("not read: 1 other file"));
  EXPECT_THAT(ran.out, HasSubstr("1    not a day of the years 1800 to 2199, first at"));
  EXPECT_EQ(status()["patients"], 2);
  EXPECT_EQ(status()["events"], 2);
}

TEST_F(ImportFrom, JsonSaysWhatBecameOfEveryItem) {
  put("cdm/PERSON.csv", person);
  put("cdm/VISIT_OCCURRENCE.csv", visits);
  const Json answer = Json::parse(import({folder / "cdm"}, {"--json", "--check"}).out);
  EXPECT_EQ(answer["source"]["form"], "OMOP CDM");
  std::uint64_t items = 0;
  for (const Json& section : answer["sections"]) {
    const auto count = [&](const char* what) { return section[what].get<std::uint64_t>(); };
    EXPECT_EQ(count("items"),
              count("patients") + count("events") + count("refused") + count("left_out"));
    items += count("items");
  }
  EXPECT_EQ(items, 5u);
  EXPECT_EQ(answer["rows"], 5);
  EXPECT_EQ(status()["patients"], 0);
}

TEST_F(ImportFrom, FhirIsToldByItsContent) {
  put("export/patients.ndjson", std::string(patient_resource) + "\n");
  put("export/facts.json", std::string(condition_resource) + "\n");
  const Ran ran = import({folder / "export"});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("taken for FHIR R4, because all 2 files hold FHIR resources"));
  EXPECT_EQ(status()["patients"], 1);
  EXPECT_EQ(status()["events"], 1);
}

// A log keeps what a command says, and a file may be called after its patient.
TEST_F(ImportFrom, NoNameOfAFileThatWasFoundIsSaid) {
  const std::string cut_off = std::string(condition_resource).substr(0, 60);
  put("export/DUPONT_Jean_1956.json", std::string(patient_resource) + "\n" + cut_off + "\n");
  put("export/martin/DUPONT_Marie.ndjson", "{\"resourceType\":\"Dupont\"}\n");
  const std::string list = folder / "bad.csv";
  for (const std::vector<std::string>& more : {std::vector<std::string>{"--check"},
                                               {"--check", "--json"},
                                               {"--quarantine", list},
                                               {"--max-bad-rows", "0"}}) {
    const Ran ran = import({folder / "export"}, more);
    EXPECT_THAT(ran.out + ran.err, Not(HasSubstr("DUPONT")));
    EXPECT_THAT(ran.out + ran.err, Not(HasSubstr("martin")));
    EXPECT_THAT(ran.out + ran.err, HasSubstr("export/#1:2"));
  }
  EXPECT_THAT(text_of(list), Not(HasSubstr("DUPONT")));
  EXPECT_THAT(text_of(list), HasSubstr("export/#2,1,"));
  // The file cannot be read at all.
  put("export/DUPONT_Jean_1956.json", "\xFF\xFE{");
  const Ran damaged = import({folder / "export"});
  EXPECT_EQ(damaged.exit, 2);
  EXPECT_THAT(damaged.err, HasSubstr("export/#1: this is text in UTF-16"));
  // A name that was typed is the user's own.
  EXPECT_THAT(import({folder / "export/DUPONT_Jean_1956.json"}).err, HasSubstr("DUPONT_Jean"));
}

TEST_F(ImportFrom, TwoFormsAtOnceAreRefused) {
  put("export/patients.ndjson", std::string(patient_resource) + "\n");
  put("export/person.csv", person);
  const Ran ran = import({folder / "export"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("several forms: 1 FHIR R4 file, 1 OMOP CDM file"));
}

TEST_F(ImportFrom, CsvIsSentToAMapping) {
  const Ran ran = import({put("export/lines.csv", "id,day\n1,2\n")});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("CSV needs a mapping"));
}

TEST_F(ImportFrom, ADatabaseIsImportedByItself) {
  const Ran ran = import({put("cdm/PERSON.csv", person), "postgresql://u:SECRET@host/cdm"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("a database is named beside something else"));
  EXPECT_THAT(ran.err, Not(HasSubstr("SECRET")));
}

TEST_F(ImportFrom, NothingAtAllIsSaidSo) {
  fs::create_directories(folder / "empty");
  EXPECT_THAT(import({folder / "empty"}).err, HasSubstr("there is no file"));
  EXPECT_EQ(import({folder / "nowhere"}).exit, 2);
}

TEST_F(ImportFrom, AFileThatIsDamagedEndsTheImport) {
  put("export/patients.ndjson", std::string(patient_resource) + "\n");
  put("export/more.ndjson.gz", "\x1f\x8b\x08");
  const Ran cut = import({folder / "export"});
  EXPECT_EQ(cut.exit, 2);
  EXPECT_THAT(cut.err, HasSubstr("the gzip file is cut short"));
  put("export/more.ndjson.gz", "\xFF\xFE{");
  EXPECT_THAT(import({folder / "export"}).err, HasSubstr("UTF-16"));
  EXPECT_EQ(status()["patients"], 0);
}

TEST_F(ImportFrom, APeriodIsNeeded) {
  put("cdm/PERSON.csv", person);
  put("cdm/VISIT_OCCURRENCE.csv", visits);
  const Ran ran = run_parcours({"vault", "import", vault, "--key", key, "--from", folder / "cdm"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("the send has no period"));
}

TEST_F(ImportFrom, ChoicesComeFromAFile) {
  put("cdm/PERSON.csv", person);
  put("cdm/VISIT_OCCURRENCE.csv", visits);
  put("choices.toml", "period = \"2023\"\npractice = \"here\"\nmax_bad_rows = 0\n");
  const Ran refused = import({folder / "cdm"}, {"--mapping", folder / "choices.toml"});
  EXPECT_NE(refused.exit, 0);
  EXPECT_EQ(status()["patients"], 0);
  const Ran wrong = import({folder / "cdm"}, {"--mapping", put("bad.toml", "practise = \"x\"\n")});
  EXPECT_EQ(wrong.exit, 2);
  EXPECT_THAT(wrong.err, HasSubstr("bad.toml:1: unknown key 'practise'"));
}

TEST_F(ImportFrom, AVaultOfDaysTakesNoDates) {
  const std::string days = folder / "days.vault";
  ASSERT_EQ(run_parcours(create_vault(days, {"--key", key, "--calendar", "days"})).exit, 0);
  put("cdm/PERSON.csv", person);
  put("cdm/VISIT_OCCURRENCE.csv", visits);
  const Ran ran = run_parcours(
      {"vault", "import", days, "--key", key, "--period", "2024", "--from", folder / "cdm"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("calendar"));
}

}  // namespace
}  // namespace parcours
