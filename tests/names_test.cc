// Slips in a mapping: what of the sources' words gets into a vault, and how it gets out again.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "command.h"
#include "story.h"

namespace parcours {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;
using Json = nlohmann::json;

constexpr int patients = 60;

std::string name_of(int patient) {
  return "DUPONT-" + std::to_string(100 + patient);
}

// 60 patients of three practices, three events each.
class Names : public testing::Test {
 protected:
  Names() {
    std::string people = "id,doctor,town\n";
    std::string events = "id,doctor,day,code,note\n";
    for (int i = 0; i < patients; ++i) {
      const std::string doctor = "Dr MARTIN-" + std::to_string(i % 3);
      people += name_of(i) + "," + doctor + "," + std::to_string(10 + i % 5) + "\n";
      for (int e = 0; e < 3; ++e) {
        events += name_of(i) + "," + doctor + ",2024-01-0" + std::to_string(e + 1) + ",J4" +
                  std::to_string((i + e) % 7) + ",seen " + name_of(i) + "\n";
      }
    }
    write(folder / "people.csv", people);
    write(folder / "events.csv", events);
    EXPECT_EQ(run_parcours(create_vault(vault, {"--key", key, "--buckets", "4"})).exit, 0);
  }

  Ran import(const std::string& practice, const std::string& code, const std::string& place,
             const std::vector<std::string>& more = {}, const std::string& top = "") const {
    write(folder / "mapping.toml",
          "calendar = \"dates\"\nperiod = \"2024\"\npractice = \"" + practice + "\"\n" + top +
              "\n[patients]\nfile = \"people.csv\"\npatient = \"id\"\nplace = { column = \"" +
              place + "\", system = \"town\" }\n[[events]]\nfile = \"events.csv\"\n" +
              "patient = \"id\"\nday = \"day\"\nkind = { constant = \"diagnosis\" }\ncode = \"" +
              code + "\"\nsystem = \"" + system + "\"\n");
    std::vector<std::string> words = {
        "vault", "import", vault, "--key", key, "--mapping", folder / "mapping.toml"};
    words.insert(words.end(), more.begin(), more.end());
    return run_parcours(words);
  }
  Ran forget(const std::vector<std::string>& what) const {
    std::vector<std::string> words = {"vault", "forget", vault};
    words.insert(words.end(), what.begin(), what.end());
    return run_parcours(words);
  }

  // Whether any byte of the vault's folder tells the text.
  bool holds(const std::string& text) const {
    for (const auto& entry : fs::recursive_directory_iterator(vault)) {
      std::ifstream file(entry.path(), std::ios::binary);
      const std::string bytes =
          entry.is_regular_file() ? std::string(std::istreambuf_iterator<char>(file), {}) : "";
      if (bytes.find(text) != std::string::npos) {
        return true;
      }
    }
    return false;
  }
  Json status() const {
    return Json::parse(run_parcours({"vault", "status", vault, "--json"}).out, nullptr, false);
  }

  Folder folder;
  std::string vault = folder / "vault";
  std::string key = folder / "key";
  std::string system = "icd10";  // of the codes
};

TEST_F(Names, AnImportSaysWhatItStoresAndStoresNoPracticesCode) {
  const Ran ran = import("doctor", "code", "town");
  ASSERT_EQ(ran.exit, 0) << ran.err;
  EXPECT_THAT(ran.out, HasSubstr("would store 3 practices, 7 codes in 1 system and 5 places"));
  EXPECT_LT(ran.out.find("would store"), ran.out.find("imported into"));
  EXPECT_FALSE(holds("MARTIN"));
  EXPECT_FALSE(holds("DUPONT"));
  EXPECT_EQ(status()["practices"], 3);

  const Json again = Json::parse(import("doctor", "code", "town", {"--json"}).out, nullptr, false);
  EXPECT_EQ(again["names"]["practices"], (Json{{"met", 3}, {"new", 0}, {"of_one_patient", 0}}));
  EXPECT_EQ(again["names"]["systems"][0]["system"], "icd10");
  EXPECT_EQ(again["names"]["systems"][0]["met"], 7);
}

TEST_F(Names, InAKnownSystemASlipHasNotItsForm) {
  for (const char* column : {"id", "note"}) {
    const Ran ran = import("doctor", column, "town");
    EXPECT_EQ(ran.exit, 2);
    EXPECT_THAT(ran.err, HasSubstr("a code that does not have the form of its code system"));
    EXPECT_THAT(ran.out + ran.err, Not(HasSubstr("DUPONT-1")));
    EXPECT_FALSE(holds("DUPONT"));
  }
}

TEST_F(Names, ASlipIsRefusedByRuleAndLeavesNothing) {
  system = "own";
  for (const auto& [practice, code, place, told] :
       {std::tuple("id", "code", "town", "60 of the 60 practices"),
        std::tuple("doctor", "id", "town", "60 of the 60 diagnosis codes of system 'own'"),
        std::tuple("doctor", "note", "town", "60 of the 60 diagnosis codes"),
        std::tuple("doctor", "code", "id", "60 of the 60 places of system 'town'")}) {
    for (const std::vector<std::string>& more :
         {std::vector<std::string>{}, {"--check"}, {"--json"}}) {
      const Ran ran = import(practice, code, place, more);
      EXPECT_EQ(ran.exit, 1) << told;
      EXPECT_THAT(ran.err, HasSubstr(told));
      EXPECT_THAT(ran.out + ran.err, Not(HasSubstr("DUPONT-1")));
      EXPECT_FALSE(holds("DUPONT"));
    }
  }
  EXPECT_EQ(status()["patients"], 0);
}

TEST_F(Names, CodesThatAreNoIdentifiersMaySayThatTheyAreNone) {
  system = "own";
  EXPECT_EQ(import("doctor", "note", "town", {}, "not_identifiers = [\"own\"]").exit, 0);
  EXPECT_TRUE(holds("DUPONT"));
  const Ran forgotten = forget({"--codes", "own"});
  EXPECT_EQ(forgotten.exit, 0) << forgotten.err;
  EXPECT_FALSE(holds("DUPONT"));
  EXPECT_EQ(status()["events"], 0);
  EXPECT_EQ(status()["patients"], patients);
}

TEST_F(Names, APracticeIsForgottenByItsSourcesCodeWithTheKey) {
  ASSERT_EQ(import("doctor", "code", "town").exit, 0);
  EXPECT_EQ(forget({"--practice", "Dr MARTIN-1"}).exit, 2);
  EXPECT_EQ(forget({"--practice", "Dr MARTIN-1", "--key", folder / "none"}).exit, 2);
  const Ran ran = forget({"--practice", "Dr MARTIN-1", "--key", key});
  EXPECT_EQ(ran.exit, 0) << ran.err;
  EXPECT_EQ(status()["practices"], 2);
  EXPECT_EQ(status()["patients"], patients / 3 * 2);
  EXPECT_EQ(forget({"--package", "Dr MARTIN-2/2024", "--key", key}).exit, 0);
  EXPECT_EQ(status()["practices"], 1);
  EXPECT_EQ(forget({"--period", "2024"}).exit, 0);
  EXPECT_EQ(status()["patients"], 0);
  EXPECT_EQ(status()["codes"], 0);
}

// Names that the user brings count as the built-in ones do.
TEST_F(Names, StatusCountsTheCodesThatHaveAName) {
  system = "own";
  ASSERT_EQ(import("doctor", "code", "town").exit, 0);
  write(folder / "own.csv", "code,label\nJ40,one\nJ41,two\n");
  write(folder / "names.toml",
        "[[names]]\nsystem = \"own\"\nfile = \"own.csv\"\ncode = \"code\"\nlabel = "
        "\"label\"\nlanguage = \"en\"\n");
  const auto named = [&](const std::vector<std::string>& more) {
    std::vector<std::string> words = {"vault", "status", vault, "--json", "--codes"};
    words.insert(words.end(), more.begin(), more.end());
    const Json kinds = Json::parse(run_parcours(words).out, nullptr, false)["codes_by_kind"];
    return kinds["diagnosis"]["named"]["codes"].get<int>();
  };
  EXPECT_EQ(named({}), 0);
  EXPECT_EQ(named({"--names", folder / "names.toml"}), 2);
  const Ran alone = run_parcours({"vault", "status", vault, "--names", folder / "names.toml"});
  EXPECT_EQ(alone.exit, 2);
  EXPECT_THAT(alone.err, HasSubstr("--codes"));
}

TEST_F(Names, ForgetIsToldOneThing) {
  EXPECT_EQ(forget({}).exit, 2);
  EXPECT_EQ(forget({"--period", "2024", "--codes", "icd10"}).exit, 2);
  EXPECT_EQ(forget({"--package", "2024"}).exit, 2);
}

TEST_F(Names, APeriodIsALabelAndNoText) {
  const Ran ran = import("doctor", "code", "town", {"--period", "what Mrs DUPONT-100 sent"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, Not(HasSubstr("DUPONT")));
}

// Names of systems may hold colons, as those of FHIR do, and ICD codes are kept in upper case.
TEST_F(Names, CodesAreForgottenByTheNameThatTheMappingGivesThem) {
  const std::string url = "http://hl7.org/fhir/sid/icd-10";
  ASSERT_EQ(import("doctor", "code", "town").exit, 0);
  const std::string mapping = text_of(folder / "mapping.toml");
  write(folder / "mapping.toml", with(mapping, "\"icd10\"", "\"" + url + "\""));
  ASSERT_EQ(run_parcours({"vault", "import", vault, "--key", key, "--mapping",
                          folder / "mapping.toml", "--period", "2025"})
                .exit,
            0);
  EXPECT_EQ(forget({"--codes", "icd10:j41"}).exit, 0);
  EXPECT_EQ(forget({"--codes", url + ":J42"}).exit, 0);
  EXPECT_EQ(forget({"--codes", url}).exit, 0);
  EXPECT_FALSE(holds("hl7.org"));
  EXPECT_TRUE(holds("icd10"));
  EXPECT_EQ(forget({"--codes", url}).exit, 2);
  EXPECT_EQ(run_parcours({"vault", "check", vault}).exit, 0);
}

// As after a crash behind the commit of the one before.
TEST_F(Names, AskedAgainItRemovesWhatACrashLeft) {
  ASSERT_EQ(import("doctor", "code", "town").exit, 0);
  ASSERT_EQ(forget({"--codes", "icd10"}).exit, 0);
  write(vault + "/events/bucket=00/000001-00.parquet", "DUPONT-SECRET");
  const Ran again = forget({"--codes", "icd10"});
  EXPECT_EQ(again.exit, 2);
  EXPECT_THAT(again.err, HasSubstr("is now deleted"));
  EXPECT_FALSE(holds("DUPONT-SECRET"));
}

TEST_F(Names, WithoutTheKeyAPracticesCodeIsNotSaidToBeGone) {
  ASSERT_EQ(import("doctor", "code", "town").exit, 0);
  const Ran ran = forget({"--practice", "Dr MARTIN-1"});
  EXPECT_EQ(ran.exit, 2);
  EXPECT_THAT(ran.err, HasSubstr("add --key FILE"));
  EXPECT_THAT(ran.err, Not(HasSubstr("gone")));
}

TEST_F(Names, AnAmountBelowZeroIsRefused) {
  EXPECT_EQ(import("doctor", "code", "town", {"--max-bad-rows", "-1"}).exit, 2);
  EXPECT_EQ(run_parcours({"vault", "status", vault, "--memory", ""}).exit, 2);
}

}  // namespace
}  // namespace parcours
