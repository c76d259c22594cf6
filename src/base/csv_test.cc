#include "base/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <zlib.h>

#include "base/files.h"
#include "base/testing/text_source.h"
#include "base/utf8.h"

namespace parcours {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

struct Row {
  std::uint64_t line = 0;
  CsvDefect defect = CsvDefect::none;
  std::vector<std::string> fields;  // of a row without a defect
  friend bool operator==(const Row&, const Row&) = default;
};

std::ostream& operator<<(std::ostream& out, const Row& row) {
  return out << row.line << " " << to_string(row.defect) << " "
             << ::testing::PrintToString(row.fields);
}

// The slow twin: one character after another, by the words of the header.
class Twin {
 public:
  Twin(std::string text, std::size_t columns) : text_(std::move(text)), columns_(columns) {}

  std::vector<Row> read() {
    std::vector<Row> rows;
    std::uint64_t line = 1;
    while (at_ < text_.size()) {
      const std::size_t begin = at_;
      Row row{line, CsvDefect::none, {""}};
      bool stray = false;
      while (!row_ends()) {
        if (text_[at_] == ',') {
          row.fields.emplace_back();
        } else if (text_[at_] == '"' && begins_field(begin) && closes(at_)) {
          row.fields.back() = quoted_field();
          continue;
        } else {
          stray = stray || text_[at_] == '"';
          row.fields.back() += text_[at_];
        }
        ++at_;
      }
      const std::string raw = text_.substr(begin, at_ - begin);
      at_ += at_ < text_.size() && text_[at_] == '\r' ? 1 : 0;
      ++at_;
      line += 1 + static_cast<std::uint64_t>(std::ranges::count(raw, '\n'));
      row.defect = raw.find('\0') != std::string::npos ? CsvDefect::nul
                   : !valid_utf8(raw)                  ? CsvDefect::utf8
                   : stray                             ? CsvDefect::quote
                   : row.fields.size() != columns_     ? CsvDefect::columns
                                                       : CsvDefect::none;
      row.fields = row.defect == CsvDefect::none ? row.fields : std::vector<std::string>();
      if (!raw.empty()) {
        rows.push_back(row);
      }
    }
    return rows;
  }

 private:
  bool row_ends_at(std::size_t at) const {
    const std::string_view rest = std::string_view(text_).substr(at);
    return rest.empty() || rest.front() == '\n' || rest == "\r" || rest.starts_with("\r\n");
  }
  bool row_ends() const { return row_ends_at(at_); }
  bool begins_field(std::size_t row) const { return at_ == row || text_[at_ - 1] == ','; }

  // The quote that the next quote which is not doubled is, if it stands before a field's end.
  std::optional<std::size_t> closes(std::size_t open) const {
    std::size_t at = open + 1;
    while (at < text_.size() && (text_[at] != '"' || text_.substr(at, 2) == "\"\"")) {
      at += text_[at] == '"' ? 2 : 1;
    }
    const bool closed = at < text_.size() && (row_ends_at(at + 1) || text_[at + 1] == ',');
    return closed ? std::optional(at) : std::nullopt;
  }

  std::string quoted_field() {
    const std::size_t end = *closes(at_);
    std::string field;
    for (++at_; at_ < end; ++at_) {
      field += text_[at_];
      at_ += text_[at_] == '"' ? 1 : 0;
    }
    ++at_;
    return field;
  }

  std::string text_;
  std::size_t columns_;
  std::size_t at_ = 0;
};

std::vector<Row> rows_of(CsvFile file) {
  std::vector<Row> all;
  CsvRows rows(file.separator(), file.header().size());
  while (true) {
    Result<CsvBlock> block = file.next(rows.release());
    EXPECT_TRUE(block) << block.error().sentence();
    if (!block || block->empty()) {
      return all;
    }
    rows.take(*std::move(block));
    while (rows.next()) {
      Row row{rows.line(), rows.defect(), {}};
      for (std::size_t i = 0; row.defect == CsvDefect::none && i < file.header().size(); ++i) {
        row.fields.emplace_back(rows.field(i));
      }
      all.push_back(row);
    }
  }
}

Result<CsvFile> open(const std::string& text, const CsvOptions& options = {}) {
  return CsvFile::open(ByteStream::of(text, "a.csv"), options);
}

std::string failure(const std::string& text, const CsvOptions& options = {}) {
  Result<CsvFile> file = open(text, options);
  while (file) {
    const Result<CsvBlock> block = file->next();
    if (!block || block->empty()) {
      return block ? "none" : block.error().sentence();
    }
  }
  return file.error().sentence();
}

std::vector<Row> data_rows_of(const std::string& text, const CsvOptions& options = {}) {
  Result<CsvFile> file = open(text, options);
  EXPECT_TRUE(file);
  return rows_of(*std::move(file));
}

std::string gzip(const std::string& text) {
  z_stream zip{};
  EXPECT_EQ(deflateInit2(&zip, 6, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY), Z_OK);
  std::string packed(text.size() + 1000, '\0');
  zip.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  zip.avail_in = static_cast<uInt>(text.size());
  zip.next_out = reinterpret_cast<Bytef*>(packed.data());
  zip.avail_out = static_cast<uInt>(packed.size());
  EXPECT_EQ(deflate(&zip, Z_FINISH), Z_STREAM_END);
  packed.resize(zip.total_out);
  deflateEnd(&zip);
  return packed;
}

void expect_same_as_twin(const std::string& header, const std::string& rows, std::size_t block) {
  const std::string text = header + "\n" + rows;
  Twin twin(text, static_cast<std::size_t>(std::ranges::count(header, ',')) + 1);
  std::vector<Row> expected = twin.read();
  expected.erase(expected.begin());
  Result<CsvFile> file = CsvFile::open(ByteStream::of(std::make_unique<TextSource>(text), "a.csv"),
                                       {.separator = ',', .block_bytes = block});
  ASSERT_TRUE(file);
  ASSERT_EQ(rows_of(*std::move(file)), expected)
      << ::testing::PrintToString(rows) << " in blocks of " << block;
}

TEST(Csv, G1G3EveryShortTextReadsAsCharacterByCharacterInAnyBlocks) {
  const std::string alphabet = "a,\"\n\r";
  for (std::size_t length = 0; length <= 7; ++length) {
    std::vector<std::size_t> at(length, 0);
    while (true) {
      std::string text;
      for (const std::size_t letter : at) {
        text += alphabet[letter];
      }
      for (const std::size_t block : {std::size_t{3}, std::size_t{1} << 10}) {
        expect_same_as_twin("x,y", text, block);
        ASSERT_FALSE(HasFatalFailure());
      }
      std::size_t i = 0;
      while (i < length && ++at[i] == alphabet.size()) {
        at[i++] = 0;
      }
      if (i == length) {
        break;
      }
    }
  }
}

RC_GTEST_PROP(Csv, G1G3LongTextsReadAsCharacterByCharacterInAnyBlocks, ()) {
  const auto piece = rc::gen::element<std::string>(
      "a", "bc", ",", ",", "\n", "\n", "\r\n", "\"", "\"\"", "\"a,\n\"", "1,2,3\n",
      "longer words, ", "\xC3\xA9", "\xE9", std::string(1, '\0'), "4,5,6\n");
  std::string text;
  for (const std::string& part : *rc::gen::container<std::vector<std::string>>(piece)) {
    text += part;
  }
  const std::size_t block = *rc::gen::inRange<std::size_t>(1, 100);
  expect_same_as_twin("x,y,z", text, block);
  RC_ASSERT(!::testing::Test::HasFatalFailure());
}

TEST(Csv, ReadsQuotedFieldsWithTheLinesOfTheirRows) {
  EXPECT_THAT(data_rows_of("a,b\n1,\"x, \"\"y\"\"\nz\"\n\n2,w\r\n"),
              ElementsAre(Row{2, CsvDefect::none, {"1", "x, \"y\"\nz"}},
                          Row{5, CsvDefect::none, {"2", "w"}}));
}

TEST(Csv, TheLastRowMayLackItsLineFeed) {
  EXPECT_THAT(data_rows_of("a,b\n1,2"), ElementsAre(Row{2, CsvDefect::none, {"1", "2"}}));
  EXPECT_THAT(data_rows_of("a,b"), ElementsAre());
}

TEST(Csv, FindsTheSeparatorInTheHeader) {
  EXPECT_EQ(open("a;b;c\n")->separator(), ';');
  EXPECT_EQ(open("a\tb,c\td\n")->separator(), '\t');
  EXPECT_EQ(open("\"a;b;c\",d\n")->separator(), ',');
  EXPECT_EQ(open("alone\n")->separator(), ',');
  EXPECT_THAT(open("a;b\n", {.separator = ','})->header().reveal(), ElementsAre("a;b"));
}

TEST(Csv, PassesOverAByteOrderMarkAndBlankLinesBeforeTheHeader) {
  const Result<CsvFile> file = open("\xEF\xBB\xBF\r\n\n\"a\",b\r\n1,2\n");
  ASSERT_TRUE(file);
  EXPECT_THAT(file->header().reveal(), ElementsAre("a", "b"));
  EXPECT_THAT(data_rows_of("\xEF\xBB\xBF\r\n\na,b\n1,2\n"),
              ElementsAre(Row{4, CsvDefect::none, {"1", "2"}}));
}

TEST(Csv, ReadsGzipOfSeveralMembersWhateverTheName) {
  const std::string packed = gzip("a,b\n1,2\n3") + gzip(",4\n") + std::string(100, '\0');
  EXPECT_THAT(
      data_rows_of(packed, {.block_bytes = 2}),
      ElementsAre(Row{2, CsvDefect::none, {"1", "2"}}, Row{3, CsvDefect::none, {"3", "4"}}));
}

TEST(Csv, AGzipFileCutShortOrDamagedIsAnErrorAndNoQuietEnd) {
  std::string text = "a,b\n";
  for (int i = 0; i < 1000; ++i) {
    text += std::to_string(i * 7919 % 1000) + ",2\n";
  }
  const std::string packed = gzip(text);
  for (std::size_t length = 2; length < packed.size(); length += 37) {
    EXPECT_THAT(failure(packed.substr(0, length)), HasSubstr("a.csv: the gzip file is cut short"));
  }
  std::string damaged = packed;
  damaged[damaged.size() - 6] ^= 1;  // its checksum
  EXPECT_THAT(failure(damaged), HasSubstr("the gzip file is damaged"));
  EXPECT_THAT(failure(packed + "more"), HasSubstr("the gzip file is damaged"));
}

TEST(Csv, G2ARowOverTheLimitIsAnErrorWithItsLine) {
  const std::string row = "1," + std::string(98, 'x');
  const CsvOptions options = {.block_bytes = 16, .most_row_bytes = 100};
  EXPECT_THAT(failure("a,b\n" + row + "\n" + row + "\n", options), "none");
  EXPECT_THAT(failure("a,b\n" + row, options), "none");
  EXPECT_THAT(failure("a,b\n1,2\n" + row + "x\n1,2\n", options),
              HasSubstr("a.csv:3: a row is longer than 100 bytes; is a quote missing"));
}

TEST(Csv, G2AQuoteThatIsNotClosedWithinTheLimitIsStray) {
  const std::string rows = "a,b\n1,2\n3,\"4\n" + std::string(200, '\n') + "5,6\n";
  EXPECT_THAT(data_rows_of(rows, {.block_bytes = 16, .most_row_bytes = 100}),
              ElementsAre(Row{2, CsvDefect::none, {"1", "2"}}, Row{3, CsvDefect::quote},
                          Row{204, CsvDefect::none, {"5", "6"}}));
}

TEST(Csv, G3AStrayQuoteDoesNotSwallowTheRowsAfterIt) {
  const Row good{3, CsvDefect::none, {"x", "y"}};
  for (const char* bad : {"5\" nail,1", "\"a,b", "a,\"b", "a\",b", "\"a\"b,c", "\"a\" ,b"}) {
    EXPECT_THAT(data_rows_of(fmt::format("a,b\n{}\n\"x\",y\n", bad)),
                ElementsAre(Row{2, CsvDefect::quote}, good))
        << bad;
    EXPECT_THAT(data_rows_of(fmt::format("a,b\n{}\nx,y\n", bad)),
                ElementsAre(Row{2, CsvDefect::quote}, good))
        << bad;
  }
}

TEST(Csv, G3ABadRowSpoilsItselfAlone) {
  EXPECT_THAT(
      data_rows_of("a,b\n1\n2,\xE9\n3," + std::string(1, '\0') + "\n4,\"x\"y\n5,6,7\n8,9\n"),
      ElementsAre(Row{2, CsvDefect::columns}, Row{3, CsvDefect::utf8}, Row{4, CsvDefect::nul},
                  Row{5, CsvDefect::quote}, Row{6, CsvDefect::columns},
                  Row{7, CsvDefect::none, {"8", "9"}}));
}

TEST(Csv, WhatIsNoCsvIsSaidSo) {
  EXPECT_THAT(failure(""), HasSubstr("a.csv: the file is empty"));
  EXPECT_THAT(failure("\n\r\n"), HasSubstr("the file is empty"));
  EXPECT_THAT(failure(gzip("")), HasSubstr("the file is empty"));
  EXPECT_THAT(failure("PK\x03\x04whatever"), HasSubstr("this is a ZIP or Excel file, not CSV"));
  EXPECT_THAT(failure("\xFF\xFE"
                      "a"),
              HasSubstr("text in UTF-16"));
  EXPECT_THAT(failure(std::string("\x7f"
                                  "ELF\0\0\n",
                                  7)),
              HasSubstr("a.csv:1: this is not a text file, so it is not CSV"));
  EXPECT_THAT(failure(gzip(std::string("t.csv\0\0a,b\n", 11))), HasSubstr("not a text file"));
  EXPECT_THAT(failure("pr\xE9nom,age\n"), HasSubstr("not UTF-8 text; convert it to UTF-8; from"));
  EXPECT_THAT(failure("a,b\r1,2\r3,4"), HasSubstr("the header contains a carriage return"));
  EXPECT_THAT(failure("a,\"b"), HasSubstr("the header has a stray quote"));
}

TEST(Csv, AFolderOrAMissingFileIsSaidSo) {
  EXPECT_THAT(CsvFile::open("/").error().sentence(), HasSubstr("this is a folder, not a file"));
  EXPECT_THAT(CsvFile::open("/nowhere.csv").error().sentence(),
              HasSubstr("/nowhere.csv: there is no such file"));
}

TEST(Utf8, KnowsOverlongFormsSurrogatesAndTheEndOfUnicode) {
  for (const char* good :
       {"", "abcdefghij", "\xC3\xA9", "\xE2\x82\xAC", "\xF0\x9F\x98\x80", "\xF4\x8F\xBF\xBF"}) {
    EXPECT_TRUE(valid_utf8(good)) << ::testing::PrintToString(good);
  }
  for (const char* bad : {"\x80", "\xC0\x80", "\xC3", "\xE0\x80\x80", "\xED\xA0\x80",
                          "\xF4\x90\x80\x80", "abcdefgh\xE9"}) {
    EXPECT_FALSE(valid_utf8(bad)) << ::testing::PrintToString(bad);
  }
}

}  // namespace
}  // namespace parcours
