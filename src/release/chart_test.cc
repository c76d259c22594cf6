#include "release/chart.h"

#include <gtest/gtest.h>

#include "release/testing/example.h"

namespace parcours::release {
namespace {

using nlohmann::ordered_json;

tables::Table drugs() {
  return example::bare(example::counted(300).tables[2]);
}
tables::Table controller() {
  return example::bare(example::counted(300).tables[0]);
}
tables::Table ages() {
  return example::bare(example::counted(300).tables[1]);
}

TEST(Chart, AHiddenCellIsDrawnAsHiddenAndHasNoValue) {
  tables::Table table = ages();
  table.cells[0].patients = 0;  // a true zero
  example::hide(table, 1);
  const ordered_json spec = chart(table, page::Language::english);
  const ordered_json& values = spec["data"]["values"];
  ASSERT_EQ(values.size(), 8);
  EXPECT_EQ(values[0]["status"], "published");
  EXPECT_EQ(values[0]["value"], 0);
  EXPECT_EQ(values[1]["status"], "confidential");
  EXPECT_EQ(values[1]["value"], nullptr);
  EXPECT_NE(spec["title"]["subtitle"].dump().find("not zero"), std::string::npos);
  EXPECT_EQ(values[0]["drawn"], "zero");
  EXPECT_EQ(values[1]["drawn"], "hidden");
  ASSERT_EQ(spec["layer"].size(), 3);
  EXPECT_EQ(spec["layer"][1]["transform"][0]["filter"], "datum.drawn === 'hidden'");
  EXPECT_EQ(spec["layer"][1]["mark"]["text"], "▨");
  EXPECT_EQ(spec["layer"][2]["transform"][0]["filter"], "datum.drawn === 'zero'");
}

// The signs are the same in bars and in a map of shades, where a zero has no shade.
TEST(Chart, HiddenCellsAndZerosHaveTheSameSignsInEveryChart) {
  for (tables::Table table : {drugs(), controller(), ages()}) {
    const ordered_json spec = chart(table, page::Language::english);
    const ordered_json& layers = spec.contains("spec") ? spec["spec"]["layer"] : spec["layer"];
    ASSERT_EQ(layers.size(), 3);
    EXPECT_EQ(layers[0]["transform"][0]["filter"], "datum.drawn === 'value'");
    EXPECT_EQ(layers[1]["mark"]["text"], "▨");
    EXPECT_EQ(layers[2]["mark"]["text"], "0");
  }
}

// Vega-Lite's schema of `config` has no null for a background.
TEST(Chart, HasNoBackgroundOfItsOwn) {
  EXPECT_FALSE(chart(ages(), page::Language::english)["config"].contains("background"));
}

TEST(Chart, SaysNothingOfHiddenCellsWhereThereAreNone) {
  EXPECT_EQ(chart(ages(), page::Language::english)["title"]["subtitle"], ordered_json::array());
}

// A scale that begins at the smallest value shows no 0 in its legend, which would look like a cell
// of nobody.
TEST(Chart, TheLightestShadeIsTheSmallestNumberAndTheSubtitleSaysWhich) {
  tables::Table table = drugs();
  for (tables::Cell& cell : table.cells) {
    cell.patients += 1000;
  }
  table.cells[0].patients = 17;
  const ordered_json spec = chart(table, page::Language::french);
  EXPECT_EQ(spec["layer"][0]["encoding"]["color"]["scale"]["zero"], false);
  EXPECT_NE(spec["title"]["subtitle"].dump().find("teinte la plus claire : 17"), std::string::npos);
}

TEST(Chart, ABarThatIsHardlyMoreThanItsEdgeIsSaidToBeNoZero) {
  tables::Table table = ages();
  const auto said = [&] {
    return chart(table, page::Language::english)["title"]["subtitle"].dump().contains(
        "a thin line");
  };
  EXPECT_FALSE(said());
  table.cells[0].patients = 1'000'000;
  EXPECT_TRUE(said());
}

TEST(Chart, WithoutAnyValueTheSignsStandAtTheBeginningOfTheAxis) {
  tables::Table table = ages();
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    example::hide(table, i);
  }
  const ordered_json up = chart(table, page::Language::english)["layer"][0]["encoding"]["y"];
  EXPECT_EQ(up["scale"]["domain"], (ordered_json{0, 1}));
  EXPECT_EQ(up["axis"]["values"], ordered_json{0});
}

// A table of `each` in which nobody stands: everything is published as 0.
TEST(Chart, OfATableInWhichNobodyStandsItSaysSo) {
  for (tables::Table table : {drugs(), controller(), ages()}) {
    for (tables::Cell& cell : table.cells) {
      cell = {tables::CellStatus::published, 0, {}};
    }
    const ordered_json spec = chart(table, page::Language::english);
    EXPECT_EQ(spec["data"]["values"], ordered_json::array());
    EXPECT_EQ(spec["title"]["subtitle"][0], "nobody is in any of these categories");
    EXPECT_FALSE(spec.contains("facet"));
  }
}

// Its middle dimension counts people only in its total: the others hold somebody.
TEST(Chart, ADimensionWithoutPeopleIsNoFacet) {
  tables::Table table = controller();
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    if (table.places(i)[1] != table.dimensions[1].total()) {
      table.cells[i] = {tables::CellStatus::published, 0, {}};
    }
  }
  EXPECT_FALSE(chart(table, page::Language::french).contains("facet"));
}

TEST(Chart, FewCategoriesAreBarsManyAreShades) {
  EXPECT_EQ(chart(ages(), page::Language::english)["layer"][0]["mark"]["type"], "bar");
  EXPECT_EQ(chart(drugs(), page::Language::english)["layer"][0]["mark"]["type"], "rect");
}

TEST(Chart, AThirdDimensionStandsSideBySide) {
  const ordered_json spec = chart(controller(), page::Language::english);
  EXPECT_EQ(spec["facet"]["column"]["title"], "Sex");
  EXPECT_EQ(spec["data"]["values"].size(), 13 * 2 * 2);
  EXPECT_EQ(spec["spec"]["layer"][0]["mark"]["type"], "bar");
}

TEST(Chart, SpeaksBothLanguages) {
  const ordered_json spec = chart(drugs(), page::Language::french);
  EXPECT_EQ(spec["title"]["text"], "Médicaments prescrits dans l’année, selon l’âge");
  EXPECT_EQ(spec["config"]["locale"]["number"]["decimal"], ",");
  EXPECT_EQ(spec["data"]["values"][1]["other"], "budésonide");
}

TEST(Chart, OfMoreCategoriesThanTheEyeCanReadTheLargestAreDrawnAndItSaysSo) {
  tables::Table table{"t", {"T", "T"}, {{"code", {"Code", "Code"}, {}, true}}, {}, {}};
  for (int i = 0; i < 100; ++i) {
    table.dimensions[0].categories.push_back({std::to_string(i), {std::to_string(i), ""}});
    table.cells.push_back({tables::CellStatus::published, i, {}});
  }
  table.cells.push_back({tables::CellStatus::published, 4950, {}});
  const ordered_json spec = chart(table, page::Language::english);
  EXPECT_EQ(spec["data"]["values"].size(), 36);
  EXPECT_EQ(spec["data"]["values"][0]["value"], 64);
  EXPECT_NE(spec["title"]["subtitle"].dump().find("the 36 largest of 100"), std::string::npos);
}

TEST(Chart, CategoriesOfOneNameKeepTheirCodes) {
  tables::Table table = ages();
  for (tables::Category& category : table.dimensions[1].categories) {
    category.label = {"same", "pareil"};
  }
  EXPECT_EQ(chart(table, page::Language::english)["data"]["values"][1]["other"], "same (M)");
}

TEST(Chart, DimensionsThatAreNotDrawnAreSaidToBeSummed) {
  tables::Table table = controller();
  table.dimensions[1].categories = table.dimensions[2].categories;
  // Four dimensions: region, and three of two categories, of which one stands side by side.
  tables::Table four{
      "t",
      {"T", "T"},
      {table.dimensions[0], table.dimensions[1], table.dimensions[1], table.dimensions[2]},
      {},
      {}};
  four.dimensions[2].label = {"Third", "Troisième"};
  four.cells.resize(four.cell_count(), {tables::CellStatus::published, 20, {}});
  EXPECT_NE(chart(four, page::Language::english)["title"]["subtitle"].dump().find(
                "all categories together: Third"),
            std::string::npos);
}

}  // namespace
}  // namespace parcours::release
