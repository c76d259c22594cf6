// G1 of fault.h, by planting a word in data that DuckDB stumbles over.

#include "duck/fault.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/files.h"
#include "base/utf8.h"
#include "duck/duck.h"

namespace parcours::duck {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

const std::string secret = "Xylander";  // a name that no message of DuckDB has

class Faults : public testing::Test {
 protected:
  // The error of reading it to its end.
  Error error_of_query(const std::string& sql) {
    Result<Stream> stream = connection.stream(sql, "export.csv");
    while (stream) {
      const Result<bool> more = stream->next();
      if (!more) {
        return more.error();
      }
      if (!*more) {
        ADD_FAILURE() << "no error: " << sql;
        return {};
      }
    }
    return stream.error();
  }

  // A CSV file of many good lines, and one that is not, at its line `at`.
  Error error_of_csv(const std::string& line, int at) {
    std::ofstream file(folder.path() / "export.csv");
    file << "patient,day,code\n";
    for (int i = 2; i < 40000; ++i) {
      file << (i == at ? line : std::to_string(i) + ",2023-01-02,J45") << "\n";
    }
    file.close();
    const FileTable table = FileTable::csv(*InputFile::open(folder.path() / "export.csv"),
                                           {.columns = {"patient", "day", "code"}});
    return error_of_query("SELECT max(patient), max(CAST(day AS DATE)), max(code) FROM " +
                          table.sql());
  }

  ScratchFolder folder = *ScratchFolder::make(fs::temp_directory_path(), "faults-");
  Database database = *Database::open({.threads = 2});
  Connection connection = *database.connect();
};

TEST_F(Faults, G1_ALineOfCsvIsNamedByItsPlaceAndReasonAlone) {
  struct Bad {
    std::string line;
    std::string reason;
  };
  const std::vector<Bad> lines = {
      {secret + ",2023-01-02,J45," + secret, "the wrong number of columns"},
      {secret, "the wrong number of columns"},
      {"\"" + secret + "\" oh,2023-01-02,J45", "a quote is stray or not closed"},
      {"\"" + secret + ",2023-01-02,J45", "a quote is stray or not closed"},
      {secret + "\xff\xfe,2023-01-02,J45", std::string("the text is not UTF-8; ") + utf8_hint},
      {secret + std::string(3'000'000, 'x') + ",2023-01-02,J45",
       "a line is longer than 2097152 bytes; is a quote missing, or is this not a CSV file?"},
  };
  for (const Bad& bad : lines) {
    for (const int at : {2, 17, 39000}) {
      const Error error = error_of_csv(bad.line, at);
      EXPECT_EQ(error.sentence(), "export.csv:" + std::to_string(at) + ": " + bad.reason);
      EXPECT_EQ(error.fault, Fault::input);
    }
  }
}

TEST_F(Faults, G1_AValueOfTheWrongTypeIsNotQuoted) {
  const std::string from = " FROM (VALUES ('" + secret + "'), ('99999999999')) t(x)";
  for (const char* asked : {"CAST(x AS INTEGER)", "CAST(x AS DATE)", "CAST(x AS UUID)",
                            "strptime(x, '%d')", "CAST(x AS INTERVAL)", "CAST(x AS BOOLEAN)",
                            "error(x)", "CAST(CAST(right('9' || x, 11) AS BIGINT) AS INTEGER)"}) {
    const std::string sentence = error_of_query(std::string("SELECT ") + asked + from).sentence();
    EXPECT_THAT(sentence, Not(HasSubstr(secret))) << asked;
    EXPECT_THAT(sentence, Not(HasSubstr("999"))) << asked;
    EXPECT_THAT(sentence, HasSubstr("export.csv")) << asked;
  }
}

TEST_F(Faults, G1_ADamagedParquetFileIsNotQuoted) {
  const fs::path file = folder.path() / "export.parquet";
  ASSERT_TRUE(write_parquet(connection,
                            "SELECT '" + secret + "' || i AS patient FROM range(3000) t(i)", file));
  std::string bytes = *read_file(file);
  const std::size_t at = bytes.find(secret);
  ASSERT_NE(at, std::string::npos);
  bytes[at + 3] = '\xff';
  ASSERT_TRUE(write_file(file, bytes));
  const FileTable table = FileTable::parquet(*InputFile::open(file));
  EXPECT_EQ(error_of_query("SELECT max(patient) FROM " + table.sql()).sentence(),
            "export.csv: the text is not UTF-8");
}

// DuckDB's buffer for CSV is of 32 MB or so; past it, it says that it is not able to.
TEST_F(Faults, G2_ALineLongerThanDuckDBsBufferIsSaidInOurWords) {
  const Error error = error_of_csv(secret + std::string(40'000'000, 'x') + ",2023-01-02,J45", 17);
  EXPECT_EQ(error.sentence(),
            "export.csv: a line is longer than 2097152 bytes; is a quote missing, or is this not "
            "a CSV file?");
  EXPECT_EQ(error.fault, Fault::input);
}

TEST_F(Faults, G2_AStatementThatDoesNotFitAFileIsNotShown) {
  for (const char* sql : {"SELECT dupont FROM range(3)", "SELECT nothing(1)", "SELECT FROM WHERE",
                          "SELECT * FROM read_xlsx('a')"}) {
    const Error error = error_of_query(sql);
    EXPECT_EQ(error.fault, Fault::input) << sql;
    EXPECT_EQ(error.found, "its columns do not have the types that are needed");
  }
}

TEST(Fault, G2_ADescriptorIsNotNamed) {
  const Error error =
      error_of("IO Error: Could not write file \"/proc/self/fd/8\": File too large", "out.parquet");
  EXPECT_EQ(error.sentence(), "out.parquet: IO Error: Could not write file: File too large");
  EXPECT_EQ(error_of("IO Error: cannot read /proc/self/fd/12", "a").found, "IO Error: cannot read");
}

TEST(Fault, AnErrorOfASourceComesBackAsItWas) {
  const Error error{Fault::machine, "the disk is full", "events.csv:3", "make room"};
  const Error back = error_of(("Invalid Input Error: " + carried(error)).c_str(), {});
  EXPECT_EQ(back.fault, Fault::machine);
  EXPECT_EQ(back.sentence(), error.sentence());
}

TEST(Fault, G1_TextInTheDataDoesNotPassForAnErrorOfOurs) {
  const Error error = error_of(
      ("Invalid Input Error: Could not parse \"parcours:2:" + secret + "\"").c_str(), "export.csv");
  EXPECT_EQ(error.sentence(), "export.csv: the data cannot be read");
}

}  // namespace
}  // namespace parcours::duck
