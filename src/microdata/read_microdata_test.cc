#include "microdata/read_microdata.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "base/files.h"

namespace parcours::microdata {
namespace {

namespace fs = std::filesystem;

class ReadMicrodataTest : public testing::Test {
 protected:
  ReadMicrodataTest() : folder_(*ScratchFolder::make(fs::temp_directory_path(), "microdata")) {}

  fs::path file(const std::string& name, const std::string& text) {
    const fs::path path = folder_.path() / name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }

  Result<Microdata> read(const fs::path& path, const ReadMicrodata& how = {}) {
    ASSIGN_OR_RETURN(exports::ExportFile opened, exports::ExportFile::open(path, 1));
    return read_microdata(opened, how, progress_, stop_);
  }

  ScratchFolder folder_;
  Progress progress_{Progress::Manner::none};
  Stop stop_;
};

TEST_F(ReadMicrodataTest, CodesComeInTheOrderOfTheFile) {
  const auto data = read(file("a.csv", "sex;age\nF;71\nM;38\nF;38\n"));
  ASSERT_TRUE(data) << data.error().sentence();
  EXPECT_EQ(data->records, 3u);
  EXPECT_THAT(data->columns[0].codes, testing::ElementsAre(0, 1, 0));
  EXPECT_THAT(data->columns[1].codes, testing::ElementsAre(0, 1, 1));
  EXPECT_EQ(data->columns[1].name, "age");
}

TEST_F(ReadMicrodataTest, G1TheCodesDoNotDependOnTheThreads) {
  std::string text = "a,b,c\n";
  for (int i = 0; i < 60000; ++i) {
    text += std::to_string(i * 7919 % 1013) + "," + std::to_string(i) + ",x\n";
  }
  const fs::path path = file("long.csv", text);
  const auto one = read(path, {.threads = 1});
  const auto three = read(path, {.threads = 3});
  ASSERT_TRUE(one && three);
  for (std::size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(one->columns[i].codes, three->columns[i].codes);
    EXPECT_EQ(one->columns[i].dictionary.size(), three->columns[i].dictionary.size());
  }
  EXPECT_EQ(three->columns[1].dictionary.reveal(59999), "59999");
}

TEST_F(ReadMicrodataTest, CsvAndParquetGiveTheSameCodes) {
  const fs::path csv = file("both.csv", "n,t\n5,x\n,y\n7,\n5,\"y, z\"\n");
  const fs::path parquet = folder_.path() / "both.parquet";
  auto database = duck::Database::open({});
  auto sql = database->connect();
  const duck::FileTable table =
      duck::FileTable::csv(*InputFile::open(csv), {.columns = {"n", "t"}});
  ASSERT_TRUE(duck::write_parquet(*sql, "SELECT n::INTEGER AS n, t FROM " + table.sql(), parquet));
  const auto a = read(csv);
  const auto b = read(parquet);
  ASSERT_TRUE(a && b);
  for (std::size_t i = 0; i < 2; ++i) {
    EXPECT_EQ(a->columns[i].codes, b->columns[i].codes);
    EXPECT_TRUE(b->columns[i].dictionary.missing());
  }
}

TEST_F(ReadMicrodataTest, AFileThatOnlyDuckDbSeesIsReadByIt) {
  const auto data = read(file("twice.csv", "a,a\n1,2\n1,3\n"));
  ASSERT_TRUE(data) << data.error().sentence();
  EXPECT_THAT(data->columns[1].codes, testing::ElementsAre(0, 1));
}

TEST_F(ReadMicrodataTest, TextsThatMeanMissingAreOneValue) {
  const auto data = read(file("m.csv", "a,b\n?,1\n,2\nNA,3\nx,4\n"), {.missing = {"?", "NA"}});
  ASSERT_TRUE(data);
  EXPECT_THAT(data->columns[0].codes, testing::ElementsAre(0, 0, 0, 1));
  EXPECT_EQ(data->columns[0].dictionary.missing(), 0u);
  EXPECT_EQ(data->columns[1].dictionary.missing(), std::nullopt);
}

TEST_F(ReadMicrodataTest, WeightsAreTakenOffTheColumns) {
  const auto data = read(file("w.csv", "a,w,b\n1,2.5,x\n2,10,y\n"), {.weight = "w"});
  ASSERT_TRUE(data);
  EXPECT_EQ(data->columns.size(), 2u);
  EXPECT_EQ(data->columns[1].name, "b");
  EXPECT_THAT(data->weights, testing::ElementsAre(2.5, 10));
}

TEST_F(ReadMicrodataTest, ABadWeightIsAnErrorThatDoesNotQuoteIt) {
  const auto data = read(file("w.csv", "a,w\n1,2\n2,secret\n3,-1\n"), {.weight = "w"});
  ASSERT_FALSE(data);
  EXPECT_THAT(data.error().sentence(), testing::HasSubstr("2 weights in column 'w'"));
  EXPECT_THAT(data.error().sentence(), testing::Not(testing::HasSubstr("secret")));
}

TEST_F(ReadMicrodataTest, ABrokenLineIsAnErrorThatNamesIt) {
  std::string text = "a,b\n";
  for (int i = 0; i < 30000; ++i) {
    text += "1,2\n";
  }
  const auto data = read(file("broken.csv", text + "1,2,3\n"));
  ASSERT_FALSE(data);
  EXPECT_THAT(data.error().where, testing::EndsWith("broken.csv:30002"));
}

TEST_F(ReadMicrodataTest, AColumnThatDoesNotExistIsAnErrorWithTheNearestName) {
  const auto data = read(file("a.csv", "region,sex\n1,2\n"), {.columns = {"regoin"}});
  ASSERT_FALSE(data);
  EXPECT_THAT(data.error().sentence(), testing::HasSubstr("did you mean 'region'?"));
}

TEST_F(ReadMicrodataTest, AFileWithoutARecordIsAnError) {
  EXPECT_FALSE(read(file("empty.csv", "a,b\n")));
}

}  // namespace
}  // namespace parcours::microdata
