#include "draft/draft.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "duck/duck.h"
#include "duck/parquet_text.h"
#include "ingest/check.h"
#include "mapping/mapped_files.h"

namespace parcours::draft {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::ElementsAre;
using testing::HasSubstr;

class Drafts : public testing::Test {
 public:
  Drafts() : folder_(*ScratchFolder::make(fs::temp_directory_path(), "draft-")) {}

  Drafts& file(const std::string& name, const std::string& text) {
    EXPECT_TRUE(write_file(folder_.path() / name, text));
    files_.push_back(folder_.path() / name);
    return *this;
  }

  Draft draft_of_files() {
    Stop stop;
    Progress progress(Progress::Manner::none);
    Result<Draft> made = draft(files_, 1, stop, progress);
    EXPECT_TRUE(made) << (made ? "" : made.error().sentence());
    return made ? *std::move(made) : Draft{};
  }

  // What an import by the draft would take, but for so many rows that are bad in any mapping.
  static ingest::CheckCounts trial(const Draft& made, const fs::path& folder,
                                   std::uint64_t bad_rows = 0) {
    Result<mapping::Mapping> mapping = mapping::parse_mapping(made.text, "draft.toml");
    EXPECT_TRUE(mapping) << mapping.error().sentence() << "\n" << made.text;
    Result<mapping::Plan> plan =
        mapping::make_plan(*std::move(mapping), folder, duck::parquet_text);
    EXPECT_TRUE(plan) << plan.error().sentence() << "\n" << made.text;
    mapping::MappedFiles files(*std::move(plan));
    ingest::Quarantine quarantine(1'000'000);
    const Stop stop;
    const auto counts = ingest::check(files, quarantine, stop, nullptr, 1);
    EXPECT_TRUE(counts);
    EXPECT_EQ(quarantine.rows(), bad_rows);
    return *counts;
  }

  ScratchFolder folder_;
  std::vector<fs::path> files_;
};

std::string day(int i) {
  return fmt::format("2024-{:02}-{:02}", 1 + i % 12, 1 + i % 28);
}

// 40 people, 200 visits, three results a visit: as a database gives its tables.
TEST_F(Drafts, ADatabasesTablesAreJoined) {
  std::string people = "patient_id,sexe,birth_year,dept,cabinet_id\n";
  for (int i = 0; i < 40; ++i) {
    people += fmt::format("P{:03},{},{},{},C{}\n", i, i % 2 == 0 ? "F" : "M", 1940 + i, 10 + i % 7,
                          i % 4);
  }
  std::string visits = "visit_id,patient_id,visit_date\n";
  std::string results = "result_id,visit_id,test_code,result_value\n";
  for (int i = 0; i < 200; ++i) {
    visits += fmt::format("V{:04},P{:03},{}\n", i, i % 40, day(i));
    for (const char* code : {"2345-7", "4548-4", "2160-0", "718-7", "2951-2", "2823-3"}) {
      results += fmt::format("{},V{:04},{},{}.5\n", i * 6 + code[0], i, code, 1 + i % 9);
    }
  }
  file("patients.csv", people).file("visits.csv", visits).file("lab_results.csv", results);
  const Draft made = draft_of_files();
  EXPECT_THAT(made.text, HasSubstr("[[join]]"));
  EXPECT_THAT(made.text, HasSubstr("patient    = \"visits.patient_id\""));
  EXPECT_THAT(made.text, HasSubstr("day        = \"visits.visit_date\""));
  EXPECT_THAT(made.text, HasSubstr("kind       = { constant = \"lab\" }"));
  EXPECT_THAT(made.text, HasSubstr("system     = \"loinc\""));
  EXPECT_THAT(made.text, HasSubstr("female = [\"F\"], male = [\"M\"]"));
  EXPECT_THAT(made.text,
              HasSubstr("place      = { column = \"dept\", system = \"fr-department\" }"));
  const ingest::CheckCounts counts = trial(made, folder_.path());
  EXPECT_EQ(counts.patients, 40u);
  EXPECT_EQ(counts.events, 1200u);
}

TEST_F(Drafts, ExcelsFormIsRead) {
  std::string text = "patient;date_acte;code_acte;valeur\n";
  for (int i = 0; i < 120; ++i) {
    text += fmt::format("{};{:02}/{:02}/2024;{};{},5\n", 1000 + i % 30, 1 + i % 28, 1 + i % 12,
                        i % 2 == 0 ? "GLY" : "HBA1C", 4 + i % 5);
  }
  file("biologie.csv", text);
  const Draft made = draft_of_files();
  EXPECT_THAT(made.text, HasSubstr("decimal    = \",\""));
  EXPECT_THAT(made.text, HasSubstr("format = \"%d/%m/%Y\""));
  EXPECT_THAT(made.text, HasSubstr("kind       = { constant = \"lab\" }"));
  EXPECT_EQ(trial(made, folder_.path()).events, 120u);
}

TEST_F(Drafts, ParquetIsReadToo) {
  duck::Database database = *duck::Database::open({});
  duck::Connection connection = *database.connect();
  const fs::path path = folder_.path() / "results.parquet";
  ASSERT_TRUE(duck::write_parquet(
      connection,
      "SELECT 1000 + i % 30 AS patient, DATE '2024-01-01' + CAST(i AS INTEGER) AS day, "
      "CASE i % 2 WHEN 0 THEN '2345-7' ELSE '4548-4' END AS loinc, 4.5 + i % 5 AS \"value\" "
      "FROM range(120) t(i)",
      path));
  files_.push_back(path);
  EXPECT_EQ(trial(draft_of_files(), folder_.path()).events, 120u);
}

TEST_F(Drafts, TheUserIsAskedHowRowsCameIntoTheSoftware) {
  std::string text = "patient,date,icd10,origine\n";
  for (int i = 0; i < 90; ++i) {
    text += fmt::format("{},{},J45.{},{}\n", 1000 + i % 30, day(i), i % 3,
                        i % 2 == 0 ? "saisie" : "vu");
  }
  file("diagnoses.csv", text);
  const Draft asked = draft_of_files();
  EXPECT_THAT(asked.text,
              HasSubstr("# provenance = { column = \"origine\", entered = [\"...\"], "));
  EXPECT_THAT(asked.doubts, Contains(HasSubstr("'origine' seems to say where a row comes from")));
  EXPECT_EQ(trial(asked, folder_.path()).events, 90u);
}

TEST_F(Drafts, WhatIsDoubtfulIsSaid) {
  std::string text = "id,day,event\n";
  for (int i = 0; i < 90; ++i) {
    text += fmt::format("{},{},{}\n", i % 30, i * 3, i % 2 == 0 ? "nafld" : "htn");
  }
  file("onsets.csv", text);
  const Draft made = draft_of_files();
  EXPECT_THAT(made.doubts, Contains(HasSubstr("nothing says of what kind")));
  EXPECT_THAT(made.doubts, Contains(HasSubstr("no column is named like the practice")));
  EXPECT_THAT(made.text, HasSubstr("calendar   = \"days\""));
  EXPECT_THAT(made.text, HasSubstr("# provenance = \"entered\"   # or"));
}

TEST_F(Drafts, NamesOfColumnsMayHoldAnySign) {
  std::string text = "patient,day,\"co\nde \"\"x\"\"\"\n";
  for (int i = 0; i < 90; ++i) {
    text += fmt::format("p{},{},J4{}.0\n", i % 30, day(i), i % 10);
  }
  file("diagnoses.csv", text);
  EXPECT_TRUE(mapping::parse_mapping(draft_of_files().text, "draft.toml"));
}

TEST_F(Drafts, SexesThatAreZeroAndOneAreAskedAbout) {
  std::string text = "patient,sex,birth_year\n";
  for (int i = 0; i < 60; ++i) {
    text += fmt::format("p{},{},{}\n", i, i % 2, 1940 + i);
  }
  file("patients.csv", text);
  const Draft made = draft_of_files();
  EXPECT_THAT(made.text, testing::Not(HasSubstr("sex ")));
  EXPECT_THAT(made.doubts, Contains(HasSubstr("seems to be the sex, but its words are not known")));
}

TEST_F(Drafts, AColumnOfUnitsIsAskedAbout) {
  std::string text = "patient,day,loinc,value,unit\n";
  for (int i = 0; i < 60; ++i) {
    text += fmt::format("p{},{},2345-7,{},{}\n", i % 20, day(i), 90 + i, i % 2 ? "mg/dL" : "g/L");
  }
  file("labs.csv", text);
  const Draft made = draft_of_files();
  EXPECT_THAT(made.doubts, Contains(HasSubstr("'unit' seems to be the unit")));
  EXPECT_THAT(made.text, HasSubstr("system     = \"loinc\""));
}

TEST_F(Drafts, AFileOfNeitherIsLeftOut) {
  std::string text = "patient,day,code\n";
  for (int i = 0; i < 60; ++i) {
    text += fmt::format("p{},{},J4{}\n", i % 20, day(i), i % 10);
  }
  file("diagnoses.csv", text).file("codes.csv", "code,label\nJ45,Asthma\nJ46,Status\n");
  EXPECT_THAT(draft_of_files().left_out, ElementsAre("codes.csv"));
}

TEST_F(Drafts, NafldIsReadToTheLastRow) {
  const fs::path data = PARCOURS_SOURCE_DIR "/../shared/data/nafld";
  if (!fs::exists(data)) {
    GTEST_SKIP() << "../shared/data/nafld is not here";
  }
  files_ = {data / "nafld1.csv", data / "nafld2.csv.gz", data / "nafld3.csv"};
  const std::uint64_t without_a_value = 18;
  const ingest::CheckCounts counts = trial(draft_of_files(), data, without_a_value);
  EXPECT_EQ(counts.patients, 17549u);
  EXPECT_EQ(counts.events + without_a_value, 400123u + 34345u);
}

}  // namespace
}  // namespace parcours::draft
