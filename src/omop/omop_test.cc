#include "omop/omop.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>

#include "base/files.h"
#include "duck/testing/database_file.h"
#include "ingest/testing/outcome.h"
#include "omop/testing/small_database.h"

namespace parcours::omop {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

std::int32_t number_of(const char* day) {
  return parse_iso_day(day)->number;
}

class Omop : public testing::Test {
 protected:
  Omop() : folder_(*ScratchFolder::make(std::filesystem::temp_directory_path(), "omop-")) {}

  std::filesystem::path write(const std::string& name, const std::string& text) {
    const std::filesystem::path path = folder_.path() / name;
    EXPECT_TRUE(write_file(path, text));
    return path;
  }

  std::vector<NamedFile> write_csv() {
    std::vector<NamedFile> files;
    for (const auto& [table, text] : small_database()) {
      files.push_back(write(table + ".csv", text));
    }
    return files;
  }

  ingest::Outcome read(Result<std::unique_ptr<Tables>> tables,
                       const ingest::Choices& choices = {}) {
    if (!tables) {
      return {.error = tables.error().sentence()};
    }
    Result<std::unique_ptr<ingest::Intake>> made = make_intake(*std::move(tables), choices);
    if (!made) {
      return {.error = made.error().sentence()};
    }
    intake_ = *std::move(made);
    ingest::Outcome outcome =
        ingest::outcome_of(*intake_, {.patients = {"1", "2", "3"}, .threads = 2});
    outcome.shorten(folder_.path());
    return outcome;
  }

  ScratchFolder folder_;
  std::unique_ptr<ingest::Intake> intake_;
};

std::string event(const std::string& who, const char* day, const std::string& what) {
  return fmt::format("{} {} {}", who, number_of(day), what);
}

void expect_small_database(const ingest::Outcome& outcome) {
  EXPECT_EQ(outcome.error, "");
  EXPECT_THAT(outcome.patients,
              ElementsAre("1 10 1980 male MA", "2 11 1990 female 69", "3 source 1970 unknown -"));
  EXPECT_THAT(outcome.events,
              ElementsAre(event("1 10", "2023-01-02", "diagnosis icd10cm:J45.909 -"),
                          event("1 10", "2023-02-01", "lab loinc:2345-7 1"),
                          event("1 10", "2023-02-01", "vital loinc:29463-7 70"),
                          event("1 10", "2023-02-03", "vital omop:3025315 -"),
                          event("1 10", "2023-02-04", "lab loinc:2345-7 -"),
                          event("2 11", "2023-01-03", "diagnosis snomed:195967001 -"),
                          event("2 11", "2023-03-01", "vaccination cvx:140 -"),
                          event("3 source", "2023-01-08", "diagnosis omop:106 -"),
                          event("3 source", "2023-03-04", "device omop:45768171 -"),
                          event("3 source", "2024-01-01", "history snomed:419620001 -")));
}

TEST_F(Omop, CodesAreThoseOfTheSourceAndElseStandard) {
  const ingest::Outcome outcome = read(open_files(write_csv()));
  expect_small_database(outcome);
  EXPECT_THAT(
      outcome.bad_rows,
      ElementsAre(
          "condition_occurrence.csv:5: a patient whom the source does not have, or who was refused",
          "condition_occurrence.csv:6: no code",
          "condition_occurrence.csv:7: a day of which only the month or the year is known",
          "measurement.csv:4: a value that is no number"));
}

TEST_F(Omop, EveryRowIsAccountedFor) {
  read(open_files(write_csv()));
  std::map<std::string, ingest::SectionCount> sections;
  for (const ingest::SectionCount& section : intake_->sections()) {
    EXPECT_EQ(section.items,
              section.patients + section.events + section.refused + section.left_out);
    sections[section.section] = section;
  }
  EXPECT_EQ(sections["person"].patients, 3u);
  EXPECT_EQ(sections["condition_occurrence"].items, 7u);
  EXPECT_EQ(sections["condition_occurrence"].events, 3u);
  EXPECT_EQ(sections["condition_occurrence"].refused, 3u);
  EXPECT_EQ(sections["condition_occurrence"].left_out, 1u);
  EXPECT_EQ(sections["drug_exposure"].left_out, 1u);
  EXPECT_EQ(sections["death"].events, 1u);
  EXPECT_EQ(sections["device_exposure"].events, 1u);
}

TEST_F(Omop, StandardConceptsComeFirstWhereTheChoicesSaySo) {
  ingest::Choices choices;
  choices.omop_codes = ingest::OmopCodes::standard;
  EXPECT_THAT(read(open_files(write_csv()), choices).events,
              testing::Contains(event("1 10", "2023-01-02", "diagnosis snomed:195967001 -")));
}

TEST_F(Omop, SourceValuesAreCodesOnlyWhereTheChoicesSaySoAndOnlyIfTheyHaveTheForm) {
  ingest::Choices choices;
  choices.omop_source_values[*vocabulary::find_kind("diagnosis")] = "icd10cm";
  const ingest::Outcome outcome = read(open_files(write_csv()), choices);
  EXPECT_THAT(outcome.events,
              testing::Contains(event("1 10", "2023-01-02", "diagnosis icd10cm:J45.909 -")));
  EXPECT_THAT(outcome.bad_rows, testing::Contains("condition_occurrence.csv:8: a code that does "
                                                  "not have the form of its code system"));
}

TEST_F(Omop, WithoutAVocabularyConceptsStandUnderTheirIds) {
  std::vector<NamedFile> files = write_csv();
  std::erase_if(files, [](const auto& file) { return file.path.filename() == "concept.csv"; });
  EXPECT_THAT(read(open_files(files)).events,
              testing::IsSupersetOf({event("1 10", "2023-01-02", "diagnosis omop:101 -"),
                                     event("2 11", "2023-01-03", "diagnosis omop:100 -")}));
}

TEST_F(Omop, ParquetGivesTheSameRows) {
  std::vector<NamedFile> files;
  for (const auto& [table, csv] : small_database()) {
    files.emplace_back(folder_.path() / (table + ".parquet"));
    duck::write_csv_as_parquet(files.back().path, csv);
  }
  expect_small_database(read(open_files(files)));
}

TEST_F(Omop, ADuckDbFileGivesTheSameRows) {
  const std::filesystem::path file = folder_.path() / "cdm.duckdb";
  duck::write_database(file, small_database());
  expect_small_database(read(open_duckdb(file)));
}

// tests/postgres, which starts a server of its own.
int postgres(const std::string& arguments) {
  return WEXITSTATUS(
      std::system(("'" PARCOURS_SOURCE_DIR "/tests/postgres' " + arguments).c_str()));
}

class Server {
 public:
  // A folder with a short name: it holds a socket, whose path may have 107 bytes at most.
  Server() : folder_(*ScratchFolder::make(std::filesystem::temp_directory_path(), "pg-")) {
    std::filesystem::permissions(folder_.path(), std::filesystem::perms(0755));
    status_ = postgres("start " + at());
  }
  ~Server() {
    if (status_ == 0) {
      postgres("stop " + at());
    }
  }
  Server(const Server&) = delete;
  Server& operator=(const Server&) = delete;

  int status() const { return status_; }
  std::string at() const { return (folder_.path() / "db").string(); }
  std::string address() const { return "postgresql://parcours@/postgres?host=" + at(); }
  bool run(const std::filesystem::path& sql) const {
    return postgres("sql " + at() + " <" + sql.string()) == 0;
  }

 private:
  ScratchFolder folder_;
  int status_ = 0;
};

// The tables as a database has them: numbers and days with their types.
std::string as_sql(const std::map<std::string, std::string>& tables) {
  std::string sql;
  for (const auto& [table, csv] : tables) {
    const std::string header = csv.substr(0, csv.find('\n'));
    std::string columns;
    for (std::size_t at = 0; at <= header.size();) {
      const std::size_t end = std::min(header.find(',', at), header.size());
      const std::string name = header.substr(at, end - at);
      const bool number = name.ends_with("_id") && name != "vocabulary_id";
      columns +=
          fmt::format("{}{} {}", columns.empty() ? "" : ", ", name, number ? "bigint" : "text");
      at = end + 1;
    }
    sql += fmt::format("CREATE TABLE {} ({});\nCOPY {} FROM STDIN CSV HEADER;\n{}\\.\n", table,
                       columns, table, csv);
  }
  return sql;
}

TEST_F(Omop, APostgresDatabaseGivesTheSameRows) {
  const Server server;
  if (server.status() == 77) {
    GTEST_SKIP() << "PostgreSQL 15 is not installed";
  }
  ASSERT_EQ(server.status(), 0);
  ASSERT_TRUE(server.run(write("tables.sql", as_sql(small_database()))));
  expect_small_database(read(open_postgres(server.address())));
}

TEST_F(Omop, AFileWithoutColumnNamesHasThoseOfItsTable) {
  const auto person = write("PERSON.csv",
                            "1\t8507\t1980\t1\t1\t\t0\t0\t\t\t\tx1\tM\t0\tw\t0\tn\t0\n"
                            "2\t8532\t1981\t1\t1\t\t0\t0\t\t\t\tx2\tF\t0\tw\t0\tn\t0\n"
                            "3\t8532\t1982\t1\t1\t\t0\t0\t\t\t\tx3\tF\t0\tw\t0\tn\t0\n");
  const auto visits = write("VISIT_OCCURRENCE.csv",
                            "visit_occurrence_id,person_id,visit_concept_id,visit_start_date\n"
                            "1,1,9202,2023-01-01\n");
  const ingest::Outcome outcome = read(open_files({person, visits}));
  EXPECT_EQ(outcome.error, "");
  EXPECT_THAT(outcome.patients, ElementsAre("1 source 1980 male -", "2 source 1981 female -",
                                            "3 source 1982 female -"));
  EXPECT_THAT(outcome.events,
              ElementsAre(event("1 source", "2023-01-01", "consultation omop:9202 -")));
}

// Versions 5.3 and 5.4 have as many columns in this table, in another order.
TEST_F(Omop, TheRowsTellWhichVersionATableWithoutColumnNamesIsOf) {
  const auto person = write("person.csv", "person_id,gender_concept_id\n1,8507\n");
  const auto read_conditions = [&](const std::string& from_type_on) {
    const auto conditions = write("CONDITION_OCCURRENCE.csv",
                                  "1\t1\t100\t2023-01-02\t\t\t\t" + from_type_on +
                                      "\n2\t1\t100\t2023-01-03\t\t\t\t" + from_type_on + "\n");
    return read(open_files({person, conditions}));
  };
  // A preliminary diagnosis is none: its state stands in column 9, or in the last one.
  for (const char* text : {"32020\t32899\tresolved\t7\t8\t9\tJ45\t101\tfinal",
                           "32020\tresolved\t7\t8\t9\tJ45\t101\tfinal\t32899"}) {
    const ingest::Outcome outcome = read_conditions(text);
    EXPECT_EQ(outcome.error, "");
    EXPECT_THAT(outcome.events, IsEmpty()) << text;
  }
  EXPECT_THAT(read_conditions("32020\tresolved\t7\t8\t9\tJ45\t101\tfinal\t0").events,
              ElementsAre(event("1 source", "2023-01-02", "diagnosis omop:101 -"),
                          event("1 source", "2023-01-03", "diagnosis omop:101 -")));
}

TEST_F(Omop, WholeNumbersThatAProgramWroteWithAPointAreTheSame) {
  const auto person =
      write("person.csv", "person_id,gender_concept_id,year_of_birth\n1.0,8507.0,1980.0\n");
  const auto drugs = write("drug_exposure.csv",
                           "person_id,drug_concept_id,drug_exposure_start_date,"
                           "drug_type_concept_id\n1,19019073.0,2023-01-01,32838.0\n"
                           "1.0,19019073.0,2023-01-02,38000180.0\n");
  const ingest::Outcome outcome = read(open_files({person, drugs}));
  EXPECT_THAT(outcome.patients, ElementsAre("1 source 1980 male -"));
  EXPECT_THAT(outcome.events,
              ElementsAre(event("1 source", "2023-01-01", "prescription omop:19019073 -")));
}

TEST_F(Omop, WhatIsMissingIsNamed) {
  const auto visits = write("visit_occurrence.csv", "visit_occurrence_id,person_id\n1,1\n");
  EXPECT_THAT(read(open_files({visits})).error, HasSubstr("there is no table 'person'"));
  const auto person = write("person.csv", "person_id,gender_concept_id\n1,8507\n");
  EXPECT_THAT(read(open_files({person})).error, HasSubstr("there is no table with events"));
  EXPECT_THAT(read(open_files({person, visits})).error,
              HasSubstr("the table visit_occurrence has no column 'visit_start_date'"));
}

TEST_F(Omop, EventsUnderANumberOfTwoPatientsAreNobodys) {
  const auto person = write("person.csv",
                            "person_id,gender_concept_id,year_of_birth\n"
                            "1,8507,1980\n1,8507,1980\n1,8532,1980\n");
  const auto visits = write("visit_occurrence.csv",
                            "person_id,visit_concept_id,visit_start_date\n1,9202,2023-01-01\n");
  const ingest::Outcome outcome = read(open_files({person, visits}));
  EXPECT_THAT(outcome.patients, ElementsAre("1 source 1980 male -"));
  EXPECT_THAT(outcome.bad_rows,
              ElementsAre("person.csv:4: values that differ from an earlier record of the same "
                          "patient",
                          "visit_occurrence.csv:2: a patient whom the source does not have, or who "
                          "was refused"));
  EXPECT_THAT(outcome.events, IsEmpty());
}

TEST_F(Omop, ADatabaseThatIsNotThereIsSaidToBeNone) {
  const ingest::Outcome outcome =
      read(open_postgres("postgresql://nobody:SECRET@127.0.0.1:1/none?connect_timeout=2"));
  EXPECT_THAT(outcome.error, HasSubstr("no connection to the PostgreSQL database"));
  EXPECT_THAT(outcome.error, testing::Not(HasSubstr("SECRET")));
}

// OMOP of 1,130 made-up patients (Synthea).
TEST_F(Omop, ARealDatabaseIsReadToTheLastRow) {
  const std::filesystem::path data = PARCOURS_SOURCE_DIR "/../shared/data/omop_synthea1k";
  if (!std::filesystem::exists(data)) {
    GTEST_SKIP() << "../shared/data/omop_synthea1k is not here";
  }
  std::vector<NamedFile> files;
  for (const auto& entry : std::filesystem::directory_iterator(data)) {
    files.push_back(entry.path());
  }
  const ingest::Outcome outcome = read(open_files(files));
  EXPECT_EQ(outcome.error, "");
  EXPECT_EQ(outcome.patients.size(), 1130u);
  const std::map<std::string, std::uint64_t> rows = {
      {"condition_era", 7897},         {"condition_occurrence", 7900}, {"drug_era", 6652},
      {"drug_exposure", 29518},        {"observation", 8518},          {"person", 1130},
      {"procedure_occurrence", 17333}, {"visit_occurrence", 32153}};
  std::uint64_t events = 0;
  std::map<std::string, std::uint64_t> items;
  for (const ingest::SectionCount& section : intake_->sections()) {
    items[section.section] = section.items;
    events += section.events;
    EXPECT_EQ(section.items,
              section.patients + section.events + section.refused + section.left_out);
  }
  EXPECT_EQ(items, rows);
  EXPECT_EQ(outcome.events.size(), events);
  EXPECT_THAT(outcome.bad_rows.size(), 2u);
}

}  // namespace
}  // namespace parcours::omop
