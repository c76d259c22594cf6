#include "paths/read_paths.h"

#include <gtest/gtest.h>

#include "base/files.h"
#include "exports/testing/roles.h"
#include "paths/vault_paths.h"
#include "vault/testing/worlds.h"

namespace parcours::paths {
namespace {

namespace fs = std::filesystem;

class ReadPaths : public testing::Test {
 protected:
  fs::path file(const std::string& name, const std::string& text) {
    EXPECT_TRUE(write_file(folder_.path() / name, text));
    return folder_.path() / name;
  }
  fs::path made_by_duck(const std::string& name, const std::string& query, const std::string& how) {
    const fs::path path = folder_.path() / name;
    duck::Database database = *duck::Database::open({});
    duck::Connection duck = *database.connect();
    EXPECT_TRUE(duck::write_table(duck, query, path, how));
    return path;
  }
  Result<PathsRead> read(const fs::path& path, const std::string& day_format = {}) {
    ASSIGN_OR_RETURN(exports::ExportFile opened, exports::ExportFile::open(path, 1));
    ASSIGN_OR_RETURN(const exports::Roles roles, exports::plain_roles(opened, day_format));
    Progress progress(Progress::Manner::none);
    const Stop stop;
    return read_paths(opened, roles, progress, stop);
  }
  std::string error(const fs::path& path) {
    const auto result = read(path);
    return result ? "" : result.error().found + "; " + result.error().right;
  }

  const ScratchFolder folder_ = *ScratchFolder::make(fs::temp_directory_path(), "parcours-test-");
};

const std::string small = "id,day,code\na,2023-03-06,J45\na,2023-03-06,J45\nb,2023-03-07,J45\n";

std::vector<std::int32_t> days(const PathsRead& read) {
  return read.paths.pair_days;
}

TEST_F(ReadPaths, AnEventThatComesTwiceIsOne) {
  const PathsRead read_back = *read(file("a.csv", small));
  EXPECT_EQ(read_back.events, 3);
  EXPECT_EQ(read_back.paths.patients(), 2);
  EXPECT_EQ(read_back.paths.record_pairs.size(), 2);
  EXPECT_EQ(days(read_back), (std::vector<std::int32_t>{19422, 19423}));
  EXPECT_EQ(read_back.calendar, Calendar::dates);
}

TEST_F(ReadPaths, EveryFormOfFileSaysTheSame) {
  const std::string query =
      "SELECT * FROM (VALUES ('a', DATE '2023-03-06', 'J45'), ('b', DATE '2023-03-07', 'J45')) "
      "t(id, day, code)";
  const std::string times =
      "SELECT id, day::TIMESTAMP + INTERVAL 9 HOUR AS day, code FROM (" + query + ")";
  for (const fs::path& path :
       {made_by_duck("a.csv.gz", query, "FORMAT csv, COMPRESSION gzip"),
        made_by_duck("a.parquet", query, "FORMAT parquet"),
        made_by_duck("b.csv", query, "FORMAT csv, DELIMITER ';'"),
        made_by_duck("b.tsv", query, "FORMAT csv, DELIMITER '\t'"),
        made_by_duck("c.csv", times, "FORMAT csv"),
        made_by_duck("c.parquet", times, "FORMAT parquet"),
        file("d.csv", "id,day,code\na,06/03/2023,J45\nb,07/03/2023,J45\n")}) {
    const auto result = read(path, path.filename() == "d.csv" ? "%d/%m/%Y" : "");
    ASSERT_TRUE(result) << path << ": " << result.error().sentence();
    EXPECT_EQ(days(*result), (std::vector<std::int32_t>{19422, 19423})) << path;
  }
}

TEST_F(ReadPaths, DaysMayBeWholeNumbers) {
  const PathsRead text = *read(file("a.csv", "id,day,code\na,-12,x\nb,400,x\n"));
  EXPECT_EQ(days(text), (std::vector<std::int32_t>{-12, 400}));
  EXPECT_EQ(text.calendar, Calendar::days);
  const PathsRead typed = *read(
      made_by_duck("a.parquet", "SELECT 1 AS id, 7::BIGINT AS day, 'x' AS code", "FORMAT parquet"));
  EXPECT_EQ(typed.calendar, Calendar::days);
}

TEST_F(ReadPaths, LinesWithoutPatientDayOrCodeAreLeftOutAndCounted) {
  const PathsRead read_back = *read(file("a.csv", "id,day,code\na,1,x\n,1,x\na,,x\na,2,\n"));
  EXPECT_EQ(read_back.events, 1);
  EXPECT_EQ(read_back.left_out.lines, 3);
}

TEST_F(ReadPaths, DatesThatStandForNoDayAreLeftOutAndCounted) {
  const std::string dates = "id,day,code\na,2023-03-06,x\na,9999-12-31,x\nb,1900-01-01,x\n";
  for (const std::string& text : {dates, dates + "b,0000-00-00,x\n"}) {  // as dates, and as text
    const PathsRead read_back = *read(file("a.csv", text));
    EXPECT_EQ(read_back.events, 1);
    EXPECT_EQ(read_back.left_out.stand_ins, read_back.left_out.lines);
    EXPECT_EQ(days(read_back), (std::vector<std::int32_t>{19422}));
  }
}

TEST_F(ReadPaths, TheOrderOfTheLinesDoesNotMatter) {
  const Paths one = read(file("a.csv", "id,day,code\na,1,x\nb,2,y\nc,3,x\n"))->paths;
  const Paths two = read(file("b.csv", "id,day,code\nc,3,x\na,1,x\nb,2,y\n"))->paths;
  EXPECT_EQ(one.record_pairs, two.record_pairs);
  EXPECT_EQ(one.pair_days, two.pair_days);
}

TEST_F(ReadPaths, CodesFarApartInTimeAreNumberedAllTheSame) {
  std::string text = "id,day,code\n";
  for (int code = 0; code < 50; ++code) {
    text += fmt::format("a,-2000000000,c{0}\nb,2000000000,c{0}\n", code);
  }
  const Paths paths = read(file("a.csv", text))->paths;
  EXPECT_EQ(paths.pairs(), 100);
  EXPECT_EQ(paths.record_pairs.size(), 100);
  EXPECT_EQ(paths.pair_codes[0], paths.pair_codes[1]);
  EXPECT_EQ(paths.pair_days[0], -2000000000);
  EXPECT_EQ(paths.pair_days[1], 2000000000);
}

TEST_F(ReadPaths, AMissingLineOfNamesIsNotShown) {
  EXPECT_EQ(
      error(file("a.csv", "77,2023-03-06,J45\n78,2023-03-07,J45\n")),
      "the first line looks like data, not like column names; add a line of column names at the "
      "top, give one in a file (--header FILE), or number the columns (--no-header)");
}

TEST_F(ReadPaths, AnUnreadableDayIsNamedByItsRowAndNotShown) {
  const std::string text = error(file("a.csv", "id,day,code\na,2023-03-06,x\nb,next week,x\n"));
  EXPECT_TRUE(text.starts_with("the day in column 'day' of row 2 cannot be read; "));
  EXPECT_EQ(text.find("next week"), std::string::npos);
}

TEST_F(ReadPaths, AFileThatIsNotWhatItsNameSaysIsRefused) {
  EXPECT_TRUE(error(file("a.parquet", small)).starts_with("this is not a Parquet file, though"));
  EXPECT_TRUE(error(file("a.csv.gz", small)).starts_with("this is not a gzip file, though"));
  EXPECT_TRUE(error(file("a.csv", "PAR1...")).starts_with("this is not a plain CSV file, though"));
  EXPECT_TRUE(
      error(file("b.csv", "\x1f\x8b...")).starts_with("this is not a plain CSV file, though"));
  EXPECT_TRUE(
      error(file("a.xlsx", "PK\x03\x04...")).starts_with("this is neither text nor Parquet"));
}

TEST_F(ReadPaths, AnEmptyFileAnEmptyTableAndNoFileAreRefused) {
  EXPECT_TRUE(error(file("a.csv", "")).starts_with("the file is empty"));
  EXPECT_TRUE(error(file("b.csv", "id,day,code\n")).starts_with("the file holds no event"));
  EXPECT_TRUE(error(folder_.path() / "nowhere.csv").starts_with("there is no such file"));
  EXPECT_TRUE(error(folder_.path()).starts_with("this is a folder"));
}

TEST(VaultPaths, AreThoseOfEveryPatientWithAnEvent) {
  const records::PatientId ann{1, 10};
  const records::PatientId ben{2, 11};
  const records::PatientId cid{3, 13};
  const vault::SmallVault world = *vault::SmallVault::make({.buckets = 4});
  ASSERT_TRUE(world.import({{"P1",
                             "2024",
                             {{.id = ann}, {.id = ben}, {.id = cid}},
                             {{.patient = ben, .day = 5, .code = "J45"},
                              {.patient = ann, .day = 5, .code = "J45"},
                              {.patient = ann, .day = 5, .code = "J45"},
                              {.patient = ann, .day = 9, .code = "E11"}}}}));
  const vault::Vault vault = *world.open();
  Progress progress(Progress::Manner::none);
  const Stop stop;
  const PathsRead read = *read_paths(vault, 1, progress, stop);
  EXPECT_EQ(read.events, 4);
  EXPECT_EQ(read.paths.patients(), 2);
  EXPECT_EQ(read.paths.record_pairs.size(), 3);
}

TEST(VaultPaths, AreTheSameOnAnyNumberOfThreads) {
  std::vector<vault::SmallPatient> people;
  std::vector<vault::SmallEvent> events;
  for (std::uint64_t i = 1; i <= 200; ++i) {
    const records::PatientId patient{i * 7919, i};
    people.push_back({.id = patient});
    for (std::int32_t event = 0; event < static_cast<std::int32_t>(1 + i % 5); ++event) {
      events.push_back({.patient = patient,
                        .day = static_cast<std::int32_t>(i) * 3 % 40 + event,
                        .code = event % 2 == 0 ? "J45" : "E11"});
    }
  }
  const vault::SmallVault world = *vault::SmallVault::make({.buckets = 8});
  ASSERT_TRUE(world.import({{"P1", "2024", people, events}}));
  const vault::Vault vault = *world.open();
  Progress progress(Progress::Manner::none);
  const Stop stop;
  const PathsRead one = *read_paths(vault, 1, progress, stop);
  const PathsRead many = *read_paths(vault, 5, progress, stop);
  EXPECT_EQ(one.patients.ranks, many.patients.ranks);
  EXPECT_EQ(one.paths.record_starts, many.paths.record_starts);
  EXPECT_EQ(one.paths.record_pairs, many.paths.record_pairs);
  EXPECT_EQ(one.paths.index_patients, many.paths.index_patients);
}

}  // namespace
}  // namespace parcours::paths
