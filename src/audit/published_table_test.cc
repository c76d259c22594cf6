#include "audit/published_table.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <fstream>

#include "audit/assumed.h"
#include "duck/duck.h"

namespace parcours::audit {
namespace {

using assumed::english;
using testing::ElementsAre;
using testing::HasSubstr;

Result<PublishedTable> read(const std::string& csv, const Reading& reading = {}) {
  ASSIGN_OR_RETURN(TableText text, table_text(csv, "t.csv", {reading.separator}));
  return understand(std::move(text), reading);
}

PublishedTable right(const std::string& csv, const Reading& reading = {}) {
  auto table = read(csv, reading);
  EXPECT_TRUE(table) << table.error().sentence();
  return table ? *std::move(table) : PublishedTable{};
}

std::string wrong(const std::string& csv, const Reading& reading = {}) {
  const auto table = read(csv, reading);
  return table ? "it is right" : table.error().sentence();
}

Reading marked(std::vector<std::string> marks) {
  Reading reading;
  for (const std::string& mark : marks) {
    reading.marks.push_back(*parse_mark(mark));
  }
  return reading;
}

TEST(Reading, TakesAMarkWithItsRangeOrAlone) {
  EXPECT_EQ(*parse_mark("<11=1..10"), (Mark{"<11", 1, 10}));
  EXPECT_EQ(*parse_mark("c=1.."), (Mark{"c", 1, {}}));
  EXPECT_EQ(*parse_mark("x=..5"), (Mark{"x", {}, 5}));
  EXPECT_EQ(*parse_mark("=1..10"), (Mark{"", 1, 10}));
  EXPECT_EQ(*parse_mark("a=b"), (Mark{"a=b", {}, {}}));
  EXPECT_EQ(*parse_mark(".."), (Mark{"..", {}, {}}));
  EXPECT_EQ(*parse_mark("..=0..4"), (Mark{"..", 0, 4}));
  EXPECT_FALSE(parse_mark("<11=10..1"));
  EXPECT_FALSE(parse_mark("<11=a..b"));
}

TEST(PublishedTable, HasAColumnADimensionAndAValue) {
  const PublishedTable table = right("sex;age;n\nF;a;12\nM;a;3\n");
  ASSERT_EQ(table.dimensions.size(), 2u);
  EXPECT_EQ(table.dimension(1).name, "age");
  EXPECT_THAT(table.ranges, ElementsAre(sums::Range{12, 12}, sums::Range{3, 3}));
  EXPECT_THAT(table.listings, testing::Each(Listing::exact));
}

TEST(PublishedTable, HidesByNothingByAMarkAndByAStatus) {
  const PublishedTable table =
      right("sex,status,n\na,,\nb,,<11\nc,C,4\nd,confidential,\ne,secret,\nf,,7\n",
            marked({"<11=1..10", "secret=0..4"}));
  EXPECT_THAT(table.ranges,
              ElementsAre(sums::Range{0, sums::no_limit}, sums::Range{1, 10},
                          sums::Range{0, sums::no_limit}, sums::Range{0, sums::no_limit},
                          sums::Range{0, 4}, sums::Range{7, 7}));
  EXPECT_EQ(table.listings[2], Listing::hidden);
  EXPECT_EQ(table.listings[5], Listing::exact);
}

TEST(PublishedTable, RoundedStandsForAllThatRoundToIt) {
  Reading reading;
  reading.rounding = Rounding{*parse_base("5"), RoundedTo::nearest};
  EXPECT_THAT(right("a,n\nx,10\ny,0\n", reading).ranges,
              ElementsAre(sums::Range{8, 12}, sums::Range{0, 2}));
  reading.rounding->to = RoundedTo::random;
  EXPECT_THAT(right("a,n\nx,10\ny,0\n", reading).ranges,
              ElementsAre(sums::Range{6, 14}, sums::Range{0, 4}));
  reading.rounding = Rounding{*parse_base("10"), RoundedTo::nearest};
  EXPECT_THAT(right("a,n\nx,10\ny,0\n", reading).ranges,
              ElementsAre(sums::Range{5, 15}, sums::Range{0, 5}));
  reading.rounding = Rounding{*parse_base("0.1"), RoundedTo::nearest};
  EXPECT_THAT(right("a,n\nx,2.5\n", reading).ranges, ElementsAre(sums::Range{245, 255}));
  EXPECT_THAT(wrong("a,n\nx,10\ny,7\n", {.rounding = Rounding{{5, 0}, RoundedTo::nearest}}),
              HasSubstr("t.csv:3: 7 is not a multiple of 5"));
}

TEST(PublishedTable, OfPercentagesStandsForTheCountsThatPrintSo) {
  Reading reading;
  reading.percent_of = "base";
  const PublishedTable table = right("a,n,base\nx,33.3,1000\ny,50.0,6\nz,,40\n", reading);
  EXPECT_THAT(table.ranges,
              ElementsAre(sums::Range{333, 333}, sums::Range{3, 3}, sums::Range{0, 40}));
  EXPECT_THAT(wrong("a,n,base\nx,33.3,1000\ny,49.0,6\n", reading), HasSubstr("t.csv:3"));
  reading.percent_of = "200";
  EXPECT_THAT(right("a,n\nx,12\ny,40\n", reading).ranges,
              ElementsAre(sums::Range{23, 25}, sums::Range{79, 81}));
}

TEST(PublishedTable, SaysFirstWhichBasesOfPercentagesAreNotKnown) {
  const PublishedTable table =
      right("a,n,base\nx,33.3,1000\ny,20.0,N/A\nz,10.0,-9\n", {.percent_of = "base"});
  EXPECT_THAT(table.ranges[1], (sums::Range{0, sums::no_limit}));
  EXPECT_THAT(english(table.doubts),
              ElementsAre(HasSubstr("in 'base' of t.csv, N/A, -9 stand where nothing is known")));
}

// The slow twin: every count of the base, rounded to the digits.
RC_GTEST_PROP(PublishedTable, TakesEveryCountOfAPercentageAndNoOther, ()) {
  const std::int64_t base = *rc::gen::inRange(1, 300);
  const std::int64_t count = *rc::gen::inRange<std::int64_t>(0, base + 1);
  const std::int64_t tenths = (2000 * count + base) / (2 * base);  // half up
  Reading reading;
  reading.percent_of = std::to_string(base);
  const PublishedTable table = right(
      "a,n\nx," + std::to_string(tenths / 10) + "." + std::to_string(tenths % 10) + "\n", reading);
  std::int64_t low = base;
  std::int64_t high = 0;
  for (std::int64_t c = 0; c <= base; ++c) {
    if (2 * std::abs(1000 * c - tenths * base) <= base) {
      low = std::min(low, c);
      high = std::max(high, c);
    }
  }
  RC_ASSERT(table.ranges.front() == (sums::Range{low, high}));
}

TEST(PublishedTable, CountsInTheFinestUnitThatItPrints) {
  const PublishedTable table = right("a,n\nx,1.5\ny,2.25\nz,-3\n");
  EXPECT_EQ(table.decimals, 2);
  EXPECT_TRUE(table.below_zero);
  EXPECT_THAT(table.ranges,
              ElementsAre(sums::Range{150, 150}, sums::Range{225, 225}, sums::Range{-300, -300}));
}

TEST(PublishedTable, LeavesOutAColumnThatOnlyLabelsAnother) {
  const PublishedTable table =
      right("age,age_label,sex,value\n1,young,F,1\n2,old,F,2\n1,young,M,3\n");
  ASSERT_EQ(table.dimensions.size(), 2u);
  EXPECT_EQ(table.dimension(1).name, "sex");
  EXPECT_THAT(english(table.guessed), testing::Contains(HasSubstr("age_label")));
}

TEST(PublishedTable, SaysWhatIsWrongAndWhere) {
  EXPECT_THAT(wrong("sex,n\nF,5\nM,<11\n"),
              testing::AllOf(HasSubstr("t.csv:3"),
                             HasSubstr("--hidden '<11=1..10', or --hidden '<11=0..10'")));
  EXPECT_THAT(wrong("size,age\n4,5\n"), HasSubstr("--value"));
  EXPECT_THAT(wrong("sex,n\nF,5\n", {.value = "m"}), HasSubstr("t.csv: no column 'm'"));
  EXPECT_THAT(wrong("sex,n\n"), HasSubstr("no line"));
  EXPECT_THAT(wrong("sex,sex,n\nF,F,1\n"), HasSubstr("twice"));
  EXPECT_THAT(wrong("sex,n\nF,1,2\n"), HasSubstr("t.csv:2"));
  EXPECT_THAT(wrong("n\n1\n"), HasSubstr("t.csv:1"));
  EXPECT_THAT(wrong("a,n,base\nx,33.3,2.5\n", {.percent_of = "base"}), HasSubstr("t.csv:2"));
  EXPECT_THAT(wrong("a,n\nx,1234567890123456\n"), HasSubstr("t.csv:2"));
}

TEST(PublishedTable, TakesTheUsualSignsOfOfficesAsHidden) {
  const PublishedTable table =
      right("a,n\nopensafely,[REDACTED]\nnhs,*\neurostat,: c\nnone,:\ninsee,s\nother,ns\nb,7\n");
  EXPECT_EQ(std::ranges::count(table.listings, Listing::hidden), 6);
  EXPECT_THAT(english(table.guessed),
              testing::Contains(HasSubstr("'*' in 'n' hides a value (NHS England; 1 line)")));
  // What the user says of a sign comes first.
  EXPECT_THAT(right("a,n\nx,*\ny,9\n", marked({"*=1..7"})).ranges,
              ElementsAre(sums::Range{1, 7}, sums::Range{9, 9}));
}

TEST(PublishedTable, AsksWhatADashStandsFor) {
  EXPECT_THAT(wrong("a,n\nx,-\ny,9\n"),
              testing::AllOf(HasSubstr("--hidden '-'"), HasSubstr("--hidden '-=0..0'")));
  const PublishedTable zero = right("a,n\nx,-\ny,9\n", marked({"-=0..0"}));
  EXPECT_THAT(zero.listings, testing::Each(Listing::exact));
}

TEST(PublishedTable, AsksWhetherMultiplesOfOneNumberAreRounded) {
  const std::string csv = "a,n\nt,5\nu,15\nv,20\nw,35\nx,40\ny,60\n";
  EXPECT_THAT(wrong(csv), testing::AllOf(HasSubstr("multiples of 5"), HasSubstr("--rounded no")));
  EXPECT_THAT(right(csv, {.unrounded = true}).ranges, testing::Contains(sums::Range{35, 35}));
  // Beside OpenSAFELY's sign they are rounded.
  EXPECT_THAT(right(csv + "z,[REDACTED]\n").ranges, testing::Contains(sums::Range{33, 37}));
}

TEST(PublishedTable, AMidpointStandsForTheNumbersAroundIt) {
  const Reading reading{.rounding = Rounding{{6, 0}, RoundedTo::midpoint}};
  EXPECT_THAT(right("a,n\nx,3\ny,9\nz,0\n", reading).ranges,
              ElementsAre(sums::Range{1, 6}, sums::Range{7, 12}, sums::Range{0, 0}));
  EXPECT_THAT(wrong("a,n\nx,3\ny,6\n", reading), HasSubstr("t.csv:3: 6 is no midpoint of 6"));
  EXPECT_THAT(wrong("a,n\nt,3\nu,9\nv,15\nw,21\nx,27\ny,33\n"),
              HasSubstr("--rounded-mode midpoint"));
}

TEST(PublishedTable, ReadsTheStatusesAndAttributesOfSdmx) {
  const PublishedTable table = right(
      "DATAFLOW,GEO,OBS_VALUE,OBS_STATUS,CONF_STATUS\nX,A,4,A,F\nX,B,5,A,N\nX,C,6,Q,F\nX,D,7,F,\n");
  ASSERT_EQ(table.dimensions.size(), 1u);
  EXPECT_EQ(table.dimension(0).name, "GEO");
  EXPECT_THAT(table.listings,
              ElementsAre(Listing::exact, Listing::hidden, Listing::hidden, Listing::exact));
  EXPECT_EQ(right("geo,OBS_VALUE,OBS_FLAG\nA,4,bc\nB,4,p\n").listings[0], Listing::hidden);
}

TEST(TableText, ReadsParquetAndRefusesASpreadsheet) {
  const std::filesystem::path folder = testing::TempDir();
  auto database = duck::Database::open({});
  auto connection = database->connect();
  const std::string file = (folder / "published_table_test.parquet").string();
  std::filesystem::remove(file);
  ASSERT_TRUE(duck::write_parquet(*connection,
                                  "SELECT 'F' AS sex, 12 AS n UNION ALL SELECT NULL, NULL", file));
  const Stop stop;
  const auto text = read_table_text(file, {}, stop);
  ASSERT_TRUE(text) << text.error().sentence();
  EXPECT_EQ(text->columns[0].at(0), "F");
  EXPECT_EQ(text->columns[1].at(0), "12");
  EXPECT_EQ(text->columns[1].at(1), "");
  EXPECT_EQ(text->where(1), file + ", row 2");
  std::filesystem::remove(file);
  const std::string sheet = (folder / "published_table_test.xlsx").string();
  std::ofstream(sheet) << "PK\x03\x04 and the rest";
  const auto refused = read_table_text(sheet, {}, stop);
  ASSERT_FALSE(refused);
  EXPECT_THAT(refused.error().sentence(), HasSubstr("XLSX"));
  std::filesystem::remove(sheet);
}

// XLSX could be read where DuckDB's extension for it is inside the library. It is not.
TEST(TableText, HasNoExtensionForSpreadsheetsInsideTheLibrary) {
  auto database = duck::Database::open({});
  auto connection = database->connect();
  auto stream = connection->stream(
      "SELECT count(*)::INTEGER FROM duckdb_extensions() WHERE extension_name = 'excel' AND "
      "install_mode = 'STATICALLY_LINKED'");
  ASSERT_TRUE(stream) << stream.error().sentence();
  ASSERT_TRUE(*stream->next());
  EXPECT_EQ(stream->column<std::int32_t>(0)[0], 0);
}

TEST(PublishedTable, ReadsAFigureWithTheFlagsBehindIt) {
  const auto published = parse_published({{"t.csv", "sex,n\nF,12 p\nM,: u\nT,1 019 bp\n"}}, {});
  ASSERT_TRUE(published) << published.error().sentence();
  EXPECT_EQ(published->value(0), "12");
}

TEST(TableText, LaysOutEurostatsOwnFilesWithALineAFigure) {
  const auto text =
      table_text("freq,sex\\TIME_PERIOD\t2022 \t2023 \nA,F\t12 p\t: c\nA,M\t7 \t:\n", "t.tsv", {});
  ASSERT_TRUE(text) << text.error().sentence();
  ASSERT_EQ(text->columns.size(), 5u);
  std::string lines;
  for (std::size_t row = 0; row < text->rows(); ++row) {
    for (const TextColumn& column : text->columns) {
      lines += std::string(column.at(row)) + ",";
    }
    lines += "\n";
  }
  EXPECT_EQ(lines, "A,F,2022,12,p,\nA,F,2023,:,c,\nA,M,2022,7,,\nA,M,2023,:,,\n");
  EXPECT_EQ(text->columns[2].name, "TIME_PERIOD");
  EXPECT_EQ(text->where(1), "t.tsv:2");
}

TEST(TableText, SaysWhichLineOfEurostatsOwnFilesHasTooFewCodes) {
  const auto text = table_text("freq,sex\\TIME_PERIOD\t2022 \nA\t12 p\n", "t.tsv", {});
  ASSERT_FALSE(text);
  EXPECT_EQ(text.error().where, "t.tsv:2");
}

}  // namespace
}  // namespace parcours::audit
