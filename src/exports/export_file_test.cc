#include "exports/export_file.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/files.h"
#include "base/utf8.h"

namespace parcours::exports {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::Not;

const std::string secret = "Xylander";

class Exports : public testing::Test {
 protected:
  Result<ExportFile> open(const std::string& text) {
    EXPECT_TRUE(write_file(path, text));
    return ExportFile::open(path, 2);
  }

  // Every cell of the file, row after row; or the error's sentence, without the folder.
  std::string cells(const std::string& text) {
    Result<ExportFile> file = open(text);
    if (!file) {
      return told(file.error());
    }
    Result<duck::Stream> rows = file->query("SELECT * FROM " + file->source());
    std::string all;
    while (rows) {
      const Result<bool> more = rows->next();
      if (!more) {
        return told(more.error());
      }
      if (!*more) {
        return all;
      }
      for (std::size_t row = 0; row < rows->rows(); ++row) {
        for (std::size_t column = 0; column < rows->columns(); ++column) {
          all += rows->null(column, row) ? "-" : rows->text(column, row);
          all += column + 1 < rows->columns() ? "," : ";";
        }
      }
    }
    return told(rows.error());
  }

  std::string told(const Error& error) const {
    std::string sentence = error.sentence();
    EXPECT_TRUE(sentence.starts_with(folder.path().string() + "/")) << sentence;
    return sentence.substr(folder.path().string().size() + 1);
  }

  ScratchFolder folder = *ScratchFolder::make(fs::temp_directory_path(), "exports-");
  fs::path path = folder.path() / "export.csv";
};

TEST_F(Exports, AreReadWhateverTheirSeparatorAndLineEnds) {
  EXPECT_EQ(cells("patient,day,code\n1,2,a\n,3,\"b, \"\"c\"\"\"\n"), "1,2,a;-,3,b, \"c\";");
  EXPECT_EQ(cells("patient;day\r\n1;2\r\n3;4"), "1,2;3,4;");
  EXPECT_EQ(cells("\xEF\xBB\xBFpatient\tday\n1\t\"x\ty\"\n"), "1,x\ty;");
  EXPECT_EQ(cells("\n\npatient|day\n1|2\n\n3|4\n"), "1,2;3,4;");
  EXPECT_EQ(cells("patient,day\n"), "");
}

TEST_F(Exports, ColumnsWithoutANameOrWithOneTwiceAreNumbered) {
  const Result<ExportFile> file = open("Day,day,,it's,DAY\n1,2,3,4,5\n");
  ASSERT_TRUE(file) << file.error().sentence();
  std::vector<std::string> names;
  for (const ExportColumn& column : file->columns()) {
    names.push_back(column.name);
  }
  EXPECT_THAT(names, ElementsAre("Day", "day_1", "column2", "it's", "DAY_2"));
}

// Long enough that a guess by the first lines would miss what comes late, and short enough that it
// would be misled by what comes early.
TEST_F(Exports, G1_G2_AMalformedLineIsNamedAndNeitherPassedOverNorShown) {
  const std::vector<std::pair<std::string, std::string>> lines = {
      {secret + ",2,J45," + secret + "," + secret, "the wrong number of columns"},
      {secret, "the wrong number of columns"},
      {"\"" + secret + "\" oh,2,J45", "a quote is stray or not closed"},
      {"\"" + secret + ",2,J45", "a quote is stray or not closed"},
      {secret + "\xff,2,J45", std::string("the text is not UTF-8; ") + utf8_hint},
  };
  for (const int rows : {3, 40, 30000}) {
    for (const auto& [line, reason] : lines) {
      for (const int at : {2, rows / 2 + 2, rows + 1}) {
        std::string text = "patient,day,code\n";
        for (int i = 2; i < rows + 2; ++i) {
          text += i == at ? line + "\n" : std::to_string(i) + ",2,J45\n";
        }
        EXPECT_EQ(cells(text), "export.csv:" + std::to_string(at) + ": " + reason) << rows << line;
      }
    }
  }
}

TEST_F(Exports, AColumnThatIsNotThereIsAnsweredWithTheNearestName) {
  const Result<ExportFile> file = open("id,day,code\na,2023-03-06,J45\n");
  ASSERT_TRUE(file) << file.error().sentence();
  EXPECT_EQ(told(file->column("idd", "the patient").error()),
            "export.csv: no column 'idd' for the patient; did you mean 'id'?");
}

TEST_F(Exports, ASecondLineOfNamesIsRefusedAndNotReadAsSomebody) {
  std::string lines;
  for (int person = 0; person < 40; ++person) {
    lines += fmt::format("{},{},2023-01-{:02}\n", person, 20 + person, person % 28 + 1);
  }
  for (const char* two : {"Person,,Stay\nid,age,entry_date\n",
                          "record_id,age,entry\nRecord ID,Age in years,Date of entry\n"}) {
    const Result<ExportFile> file = open(two + lines);
    ASSERT_FALSE(file) << two;
    EXPECT_TRUE(file.error().where.ends_with(":2")) << file.error().where;
  }
  EXPECT_TRUE(open("id,age,entry_date\n" + lines));
}

TEST_F(Exports, G2_AFirstLineOfDataIsNotShown) {
  const Result<ExportFile> file = open("1971-03-02," + secret + ",J45\n");
  ASSERT_TRUE(file);
  EXPECT_THAT(told(file->column("patient", "the patient").error()), Not(HasSubstr(secret)));
}

}  // namespace
}  // namespace parcours::exports
