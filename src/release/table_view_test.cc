#include "release/table_view.h"

#include <gtest/gtest.h>

#include "release/testing/example.h"

namespace parcours::release {
namespace {

using nlohmann::json;

tables::Dimension of_size(const std::string& id, std::size_t categories) {
  tables::Dimension dimension{id, {id, id}, {}, true};
  for (std::size_t i = 0; i < categories; ++i) {
    const std::string code = id + std::to_string(i);
    dimension.categories.push_back({code, {code, code}});
  }
  return dimension;
}

// Cell i counts 100 + i patients.
tables::Table of_shape(const std::vector<std::size_t>& sizes) {
  tables::Table table{"t", {"T", "T"}, {}, {}, {}};
  for (std::size_t d = 0; d < sizes.size(); ++d) {
    table.dimensions.push_back(of_size(std::string(1, static_cast<char>('a' + d)), sizes[d]));
  }
  for (std::size_t i = 0; i < table.cell_count(); ++i) {
    table.cells.push_back({tables::CellStatus::published, static_cast<std::int64_t>(100 + i), {}});
  }
  return table;
}

TEST(TableView, OneDimensionRunsDown) {
  const json view = table_view(of_shape({3}), 100);
  EXPECT_EQ(view["across"], nullptr);
  ASSERT_EQ(view["rows"].size(), 4);
  EXPECT_EQ(view["rows"][3]["heads"][0]["name"]["en"], "Total");
  EXPECT_EQ(view["rows"][1]["cells"][0]["number"], "101");
}

TEST(TableView, TheLastDimensionRunsAcrossWhenItIsSmall) {
  const json view = table_view(of_shape({20, 2}), 100);
  EXPECT_EQ(view["across"]["en"], "b");
  EXPECT_EQ(view["column_count"], 3);
  EXPECT_EQ(view["rows"].size(), 21);
  EXPECT_EQ(view["rows"][1]["cells"][2]["number"], "105");
}

TEST(TableView, ElseTheSmallestOne) {
  const json view = table_view(of_shape({2, 20}), 100);
  EXPECT_EQ(view["across"]["en"], "a");
  EXPECT_EQ(view["rows"].size(), 21);
  EXPECT_EQ(view["rows"][1]["cells"][2]["number"], std::to_string(100 + 2 * 21 + 1));
  EXPECT_EQ(table_view(of_shape({20, 30}), 1000)["rows"].size(), 21 * 31);
}

TEST(TableView, OnlyTheFirstRowsOfALongTableArePrinted) {
  const json long_view = table_view(of_shape({400, 2}), 600);
  EXPECT_EQ(long_view["rows"].size(), 401);
  EXPECT_EQ(long_view["on_paper"], "50");
  EXPECT_EQ(long_view["rows"][49]["class"], "");
  EXPECT_EQ(long_view["rows"][50]["class"], "on-screen");
  EXPECT_EQ(long_view["rows"][400]["class"], "total on-screen");
  const json short_view = table_view(of_shape({79, 2}), 600);
  EXPECT_EQ(short_view["on_paper"], nullptr);
  EXPECT_EQ(short_view["rows"][79]["class"], "total");
}

// Every cell stands once, and each head spans the rows under it.
TEST(TableView, HeadsSpanTheirRowsEvenWhereTheTableIsCut) {
  const tables::Table table = of_shape({3, 4, 2});
  for (const std::size_t most :
       {std::size_t{100}, std::size_t{7}, std::size_t{5}, std::size_t{1}}) {
    const json view = table_view(table, most);
    std::size_t covered = 0;
    for (std::size_t r = 0; r < view["rows"].size(); ++r) {
      const json& heads = view["rows"][r]["heads"];
      EXPECT_EQ(heads.size(), r % 5 == 0 ? 2 : 1);
      if (r % 5 == 0) {
        covered += heads[0]["span"].get<std::size_t>();
      }
    }
    EXPECT_EQ(covered, view["rows"].size());
    EXPECT_EQ(view["rows"].size(), std::min<std::size_t>(most, 20));
    EXPECT_EQ(view["cut"], most < 20);
  }
}

TEST(TableView, CategoriesThatCountNobodyAreLeftOut) {
  tables::Table table = of_shape({3, 2});
  for (const std::size_t cell : {3, 4, 5}) {  // all of a1
    table.cells[cell].patients = 0;
  }
  const json view = table_view(table, 100);
  EXPECT_EQ(view["rows"].size(), 3);
  EXPECT_EQ(view["rows"][1]["heads"][0]["name"]["en"], "a2");
  EXPECT_EQ(view["rows"][1]["cells"][0]["number"], "106");
  EXPECT_EQ(view["left_out"], true);
  example::hide(table, 5);  // whether it counts nobody is not known now
  EXPECT_EQ(table_view(table, 100)["rows"].size(), 4);
}

TEST(TableView, AHiddenCellShowsNothing) {
  tables::Table table = of_shape({2, 2});
  example::hide(table, 4);
  const json cell = table_view(table, 100)["rows"][1]["cells"][1];
  EXPECT_EQ(cell["hidden"], true);
  EXPECT_EQ(cell["number"], nullptr);
  EXPECT_EQ(cell["mean"], nullptr);
}

}  // namespace
}  // namespace parcours::release
