#include "duck/file_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include <csignal>

#include "base/files.h"
#include "duck/duck.h"

namespace parcours::duck {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;

class FileTables : public testing::Test {
 protected:
  fs::path place(const std::string& name) const { return folder.path() / name; }

  std::vector<std::string> texts(const FileTable& table, const std::string& column = "*") {
    std::vector<std::string> found;
    Stream rows = *connection.stream("SELECT " + column + " FROM " + table.sql(), table);
    while (*rows.next()) {
      for (std::size_t row = 0; row < rows.rows(); ++row) {
        found.emplace_back(rows.text(0, row));
      }
    }
    return found;
  }
  FileTable csv(const fs::path& path) {
    return FileTable::csv(*InputFile::open(path), {.columns = {"date"}});
  }
  Status write(const std::string& text, const fs::path& path) {
    const auto written = write_parquet(connection, "SELECT '" + text + "' AS date", path);
    return written ? Status() : std::unexpected(written.error());
  }

  ScratchFolder folder = *ScratchFolder::make(fs::temp_directory_path(), "table-");
  Database database = *Database::open({.threads = 2});
  Connection connection = *database.connect();
};

// Names that are patterns, quotes, or no text at all; beside each lies what the pattern would
// match.
TEST_F(FileTables, G1_ANameIsNeverAPatternNorAColumn) {
  for (const char* name : {"a1", "axb", "b", "c", "nn"}) {
    ASSERT_TRUE(write_file(place(name), "date\ndecoy\n"));
  }
  for (const char* name :
       {"a[1]", "a*", "?", "{b,c}", "it's", "\"b\"", "n\nn", "\\b", "\xff\xfe", "-rf", "a=1"}) {
    const fs::path hive = place("date=2026-03-01");
    fs::create_directories(hive);
    for (const fs::path& path : {place(name), hive / name}) {
      ASSERT_TRUE(write_file(path, std::string("date\n2024-01-01\n")));
      EXPECT_THAT(texts(csv(path)), ElementsAre("2024-01-01")) << path;
      fs::remove(path);
      ASSERT_TRUE(write("2024-01-02", path)) << path;
      EXPECT_THAT(texts(FileTable::parquet(*InputFile::open(path))), ElementsAre("2024-01-02"));
      fs::remove(path);
    }
  }
}

TEST_F(FileTables, G1_TheSameDescriptorIsAnotherFileLater) {
  ASSERT_TRUE(write("first", place("1")));
  ASSERT_TRUE(write("second", place("2")));
  ASSERT_TRUE(write_file(place("3"), "date\nthird\n"));
  ASSERT_TRUE(write_file(place("4"), "date\nforth\n"));
  std::string sql;
  for (const auto& [name, said] : {std::pair("1", "first"), {"2", "second"}}) {
    const FileTable table = FileTable::parquet(*InputFile::open(place(name)));
    EXPECT_TRUE(sql.empty() || sql == table.sql()) << "the test needs the same descriptor twice";
    sql = table.sql();
    EXPECT_THAT(texts(table), ElementsAre(said));
  }
  EXPECT_THAT(texts(csv(place("3"))), ElementsAre("third"));
  EXPECT_THAT(texts(csv(place("4"))), ElementsAre("forth"));
}

TEST_F(FileTables, G2_AStreamKeepsItsFileOpen) {
  ASSERT_TRUE(write_file(place("a"), "date\n" + std::string(200'000, 'x').replace(99, 1, "\n")));
  std::optional<FileTable> table = csv(place("a"));
  Stream rows = *connection.stream("SELECT date FROM " + table->sql(), *table);
  fs::remove(place("a"));
  table.reset();
  std::size_t seen = 0;
  while (*rows.next()) {
    seen += rows.rows();
  }
  EXPECT_EQ(seen, 2U);
}

TEST_F(FileTables, SeveralFilesAreOneTable) {
  ASSERT_TRUE(write("one", place("1")));
  ASSERT_TRUE(write("two", place("2")));
  EXPECT_THAT(
      texts(FileTable::parquet({*InputFile::open(place("1")), *InputFile::open(place("2"))})),
      testing::UnorderedElementsAre("one", "two"));
}

// Each thread of DuckDB's opens the descriptor's name and so has a place of its own in the file.
TEST_F(FileTables, SeveralThreadsReadOneFileWhole) {
  std::string text = "date\n";
  for (int i = 0; i < 2'000'000; ++i) {
    text += std::to_string(i) + "-01-01 and some more text\n";
  }
  ASSERT_TRUE(write_file(place("large"), text));
  const FileTable table = csv(place("large"));
  Stream rows = *connection.stream(
      "SELECT count(*), count(DISTINCT date)::BIGINT FROM " + table.sql(), table);
  ASSERT_TRUE(*rows.next());
  EXPECT_EQ(rows.column<std::int64_t>(0)[0], 2'000'000);
  EXPECT_EQ(rows.column<std::int64_t>(1)[0], 2'000'000);
}

TEST_F(FileTables, G3_NothingIsWrittenOverAndTheUmaskIsObeyed) {
  const mode_t before = ::umask(077);
  ASSERT_TRUE(write("one", place("a")));
  ::umask(022);
  ASSERT_TRUE(write("two", place("b")));
  ASSERT_TRUE(write_parquet(connection, "SELECT 1", place("c"), {.readers = Readers::owner}));
  ::umask(before);
  const auto mode = [&](const char* name) {
    return static_cast<int>(fs::status(place(name)).permissions());
  };
  EXPECT_EQ(mode("a"), 0600);
  EXPECT_EQ(mode("b"), 0644);
  EXPECT_EQ(mode("c"), 0600);
  EXPECT_FALSE(write("three", place("a")));
  EXPECT_THAT(texts(FileTable::parquet(*InputFile::open(place("a")))), ElementsAre("one"));
}

TEST_F(FileTables, G3_AFullDiskLeavesNoHalfAFileAndNamesIt) {
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  const rlimit little{4096, before.rlim_max};
  ::setrlimit(RLIMIT_FSIZE, &little);
  const auto written =
      write_parquet(connection, "SELECT hash(i) FROM range(1000000) t(i)", place("a"));
  ::setrlimit(RLIMIT_FSIZE, &before);
  ASSERT_FALSE(written);
  EXPECT_EQ(written.error().fault, Fault::machine);
  EXPECT_EQ(written.error().where, place("a").string());
  EXPECT_THAT(written.error().found, testing::Not(HasSubstr("/proc/")));
  EXPECT_FALSE(fs::exists(place("a")));
}

TEST_F(FileTables, ParquetIsWrittenToMemoryInThePlaceOfWhatWasThere) {
  const InputFile memory = *InputFile::in_memory("memory");
  ASSERT_TRUE(
      write_parquet(connection, "SELECT 'long' || i AS date FROM range(5000) t(i)", memory));
  ASSERT_TRUE(write_parquet(connection, "SELECT 'b' AS date", memory));
  EXPECT_THAT(texts(FileTable::parquet(memory)), ElementsAre("b"));
  EXPECT_LT((*memory.text(std::size_t{1} << 20)).size(), 1000);
}

}  // namespace
}  // namespace parcours::duck
