#include "sums/table_system.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>

#include "tables/coordinates.h"

namespace parcours::sums {
namespace {

tables::Dimension made_dimension(const std::string& id, std::size_t categories,
                                 bool additive = true) {
  tables::Dimension made{id, {}, {}, additive};
  for (std::size_t c = 0; c < categories; ++c) {
    made.categories.push_back({std::to_string(c), {}});
  }
  return made;
}

tables::Table one_way(const std::string& id, const std::vector<std::int64_t>& counts) {
  tables::Table table{id, {}, {made_dimension(id, counts.size() - 1)}, {}, {}};
  for (const std::int64_t count : counts) {
    table.cells.push_back({tables::CellStatus::published, count, {}});
  }
  return table;
}

TEST(TableSystem, TakesCellsOfTheSameCoordinatesForOne) {
  const std::vector<tables::Table> tables = {one_way("age", {20, 30, 50}),
                                             one_way("sex", {10, 40, 50})};
  const TableSystem joined = table_system(tables);
  EXPECT_EQ(joined.system.ranges.size(), 5u);
  EXPECT_EQ(joined.cell_of[0][2], joined.cell_of[1][2]);
  EXPECT_EQ(joined.people_of, (std::vector<std::uint32_t>{0, 0}));
}

TEST(TableSystem, KeepsTablesApartThatContradictEachOther) {
  const std::vector<tables::Table> tables = {
      one_way("age", {20, 30, 50}), one_way("sex", {10, 39, 49}), one_way("job", {9, 40, 49})};
  const TableSystem joined = table_system(tables);
  EXPECT_EQ(joined.people_of, (std::vector<std::uint32_t>{0, 1, 1}));
  EXPECT_EQ(joined.group_of[0][2], joined.group_of[1][2]);
  EXPECT_NE(joined.cell_of[0][2], joined.cell_of[1][2]);
  EXPECT_EQ(joined.cell_of[1][2], joined.cell_of[2][2]);
}

TEST(TableSystem, TheTotalOfADimensionThatDoesNotSumIsAGroupOfItsOwn) {
  tables::Table drugs = one_way("drug", {20, 30, 40});
  drugs.dimensions[0].additive = false;
  const std::vector<tables::Table> tables = {one_way("age", {20, 30, 50}), drugs};
  const TableSystem joined = table_system(tables);
  EXPECT_NE(joined.group_of[0][2], joined.group_of[1][2]);
  EXPECT_EQ(joined.people_of, (std::vector<std::uint32_t>{0, 0}));
}

// The slow twin: coordinates as words, sorted, in a map; every relation renumbered term by term.
RC_GTEST_PROP(TableSystem, IsWhatCoordinatesAsWordsSay, ()) {
  std::vector<tables::Table> tables;
  for (int count = *rc::gen::inRange(1, 4); count > 0; --count) {
    tables::Table table;
    std::vector<std::string> ids = {"age", "sex", "drug"};
    for (std::size_t d = *rc::gen::inRange<std::size_t>(0, 4); d > 0; --d) {
      const std::size_t which = *rc::gen::inRange<std::size_t>(0, ids.size());
      const bool additive = ids[which] != "drug";
      table.dimensions.push_back(
          made_dimension(ids[which], *rc::gen::inRange<std::size_t>(1, 3), additive));
      ids.erase(ids.begin() + static_cast<std::ptrdiff_t>(which));
    }
    for (std::size_t cell = 0; cell < table.cell_count(); ++cell) {
      const std::int64_t patients = *rc::gen::inRange(0, 8) == 0 ? 8 : 9;
      table.cells.push_back(*rc::gen::inRange(0, 3) == 0
                                ? tables::Cell{}
                                : tables::Cell{tables::CellStatus::published, patients, {}});
    }
    tables.push_back(std::move(table));
  }
  const TableSystem joined = table_system(tables);
  std::map<std::pair<std::uint32_t, tables::Coordinates>, std::uint32_t> cells;
  std::map<tables::Coordinates, std::uint32_t> groups;
  std::map<std::uint32_t, std::int64_t> published;
  std::vector<tables::Relation> relations;
  for (std::size_t t = 0; t < tables.size(); ++t) {
    for (std::size_t c = 0; c < tables[t].cells.size(); ++c) {
      tables::Coordinates at = tables::coordinates_of(tables[t], c);
      std::ranges::sort(at);
      const std::uint32_t cell = joined.cell_of[t][c];
      RC_ASSERT(groups.try_emplace(at, joined.group_of[t][c]).first->second ==
                joined.group_of[t][c]);
      RC_ASSERT(cells.try_emplace({joined.people_of[t], at}, cell).first->second == cell);
      if (tables[t].cells[c].status == tables::CellStatus::published) {
        const std::int64_t patients = tables[t].cells[c].patients;
        RC_ASSERT(published.try_emplace(cell, patients).first->second == patients);
      }
    }
    for (const tables::Relation& relation : tables::relations_of(tables[t])) {
      std::map<std::uint32_t, std::int32_t> sums;
      for (const tables::Relation::Term& term : relation.terms) {
        sums[joined.cell_of[t][term.cell]] += term.coefficient;
      }
      tables::Relation& numbered = relations.emplace_back();
      for (const auto& [cell, coefficient] : sums) {
        if (coefficient != 0) {
          numbered.terms.push_back({cell, coefficient});
        }
      }
    }
  }
  RC_ASSERT(joined.system.relations == relations);
  RC_ASSERT(joined.system.ranges.size() == cells.size());
  for (std::uint32_t cell = 0; cell < cells.size(); ++cell) {
    const auto count = published.find(cell);
    RC_ASSERT(
        joined.system.ranges[cell] ==
        (count == published.end() ? Range{1, no_limit} : Range{count->second, count->second}));
  }
}

}  // namespace
}  // namespace parcours::sums
