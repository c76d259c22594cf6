#include "attacks/table_attacks.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "attacks/testing/tables.h"
#include "base/random.h"

namespace parcours::attacks {
namespace {

constexpr std::int64_t threshold = 11;

tables::Dimension dimension(const std::string& id, int categories, bool additive = true) {
  tables::Dimension made{id, {id, id}, {}, additive};
  for (int i = 0; i < categories; ++i) {
    made.categories.push_back({std::to_string(i), {}});
  }
  return made;
}

// A table of two additive dimensions out of its inner counts, every cell shown.
tables::Table table(const std::string& first, const std::string& second, const InnerCounts& inner) {
  return two_way_table(dimension(first, static_cast<int>(inner.size())),
                       dimension(second, static_cast<int>(inner[0].size())), inner);
}

void hide(tables::Table& table, std::size_t i, std::size_t j) {
  table.cells[table.index(std::vector{i, j})] = {};
}

// One small cell, and a table that is safe: the small cell and three that cover it are hidden.
tables::Table counted() {
  return table("age", "region", {{3, 40, 50}, {30, 60, 70}, {80, 90, 100}});
}
tables::Table safe() {
  tables::Table made = counted();
  for (const std::size_t i : {0, 1}) {
    for (const std::size_t j : {0, 1}) {
      hide(made, i, j);
    }
  }
  return made;
}

void show(tables::Table& protected_table, const tables::Table& from, std::size_t i, std::size_t j) {
  const std::size_t cell = from.index(std::vector{i, j});
  protected_table.cells[cell] = from.cells[cell];
}

std::vector<AttackRun> attacked(const std::vector<tables::Table>& tables,
                                const std::vector<tables::Table>& raw) {
  return attack(tables, raw, {threshold, 1000, 1, {"drug"}});
}

// The attacks that succeed on what leaves.
std::vector<std::string> successes(const std::vector<AttackRun>& runs) {
  std::vector<std::string> ids;
  for (const AttackRun& run : runs) {
    if (run.outcome.succeeded > 0) {
      ids.push_back(run.outcome.id);
    }
  }
  return ids;
}

using Ids = std::vector<std::string>;

TEST(Published, EveryAttackFailsOnASafeTable) {
  EXPECT_EQ(successes(attacked({safe()}, {counted()})), Ids{});
}

TEST(Published, G1EveryControlSucceedsWhereThereIsSomethingToFind) {
  tables::Table raw = counted();
  raw.dimensions.push_back(dimension("drug", 1, false));
  std::vector<tables::Cell> cells;
  for (const tables::Cell& cell : raw.cells) {
    cells.push_back(
        {tables::CellStatus::published, cell.patients - 2, {}});  // all but two of them take it
    cells.push_back(cell);
  }
  raw.cells = cells;
  const auto runs = attacked({raw}, {raw});
  for (const std::size_t i : {0, 1, 2, 5}) {  // the others have their own tests below
    EXPECT_GT(runs[i].to_find, 0) << runs[i].outcome.id;
    EXPECT_GT(runs[i].control.succeeded, 0) << runs[i].outcome.id;
  }
}

TEST(Published, G1WhereNothingIsUnsafeThereIsNothingToFind) {
  const tables::Table large = table("age", "region", {{30, 40, 20}, {50, 60, 70}});
  for (const AttackRun& run : attacked({large}, {large})) {
    EXPECT_EQ(run.to_find, 0) << run.outcome.id;
    EXPECT_EQ(run.outcome.succeeded, 0) << run.outcome.id;
  }
}

TEST(Published, G1SmallCellsThatCoverEachOtherDoNotBlindTheControl) {
  const tables::Table raw = table("age", "region", {{1, 2, 90}, {2, 1, 90}, {90, 90, 90}});
  const auto runs = attacked({raw}, {raw});
  EXPECT_EQ(runs[0].outcome.id, "recover");
  EXPECT_GT(runs[0].control.succeeded, 0);
}

TEST(Published, G2OneCellTooManyIsCaughtByWorkingOutTheOthers) {
  tables::Table made = safe();
  show(made, counted(), 1, 1);
  const auto runs = attacked({made}, {counted()});
  EXPECT_EQ(runs[0].outcome.succeeded, 3);
  EXPECT_EQ(successes(runs), (Ids{"recover", "small-cells", "exercise"}));
}

TEST(Published, G2ASmallCellShownIsCaught) {
  EXPECT_EQ(successes(attacked({counted()}, {counted()})), (Ids{"small-cells", "exercise"}));
}

TEST(Published, G2ASmallRestIsCaughtWhereNoSumHolds) {
  // 105 patients took something, 100 of them this; nothing adds up, and five are left over.
  tables::Table made{"drugs", {}, {dimension("drug", 2, false)}, {}, {}};
  made.cells = {{tables::CellStatus::published, 100, {}},
                {tables::CellStatus::published, 50, {}},
                {tables::CellStatus::published, 105, {}}};
  EXPECT_EQ(successes(attacked({made}, {made})), Ids{"differencing"});
}

TEST(Published, G2AHiddenMarginThatAnotherTableShowsIsCaught) {
  // Safe alone: the first row is hidden with its total, the second with its own.
  const tables::Table raw = counted();
  tables::Table made = raw;
  for (const std::size_t i : {0, 1}) {
    hide(made, i, 0);
    hide(made, i, 3);
  }
  EXPECT_EQ(successes(attacked({made}, {raw})), Ids{});
  tables::Table again{"by age", {}, {dimension("age", 3)}, {}, {}};
  for (const std::int64_t patients : {93, 160, 270, 523}) {
    again.cells.push_back({tables::CellStatus::published, patients, {}});
  }
  EXPECT_EQ(successes(attacked({made, again}, {raw, again})),
            (Ids{"recover", "small-cells", "exercise"}));
}

TEST(Published, TablesThatContradictEachOtherAreNotAddedUp) {
  tables::Table made = safe();
  tables::Table others{"by age", {}, {dimension("age", 3)}, {}, {}};
  for (const std::int64_t patients : {90, 150, 200, 440}) {
    others.cells.push_back({tables::CellStatus::published, patients, {}});
  }
  const std::vector<tables::Table> tables = {made, others};
  const KnownTables known = known_tables(tables);
  EXPECT_NE(known.joined.people_of[0], known.joined.people_of[1]);
  EXPECT_EQ(known.hidden.worked_out, 0);
}

TEST(Published, TheOrderOfDimensionsDoesNotMatter) {
  const std::vector<tables::Table> tables = {table("age", "sex", {{20, 30}, {40, 50}}),
                                             table("sex", "age", {{20, 40}, {30, 50}})};
  const KnownTables known = known_tables(tables);
  EXPECT_EQ(known.joined.people_of[0], known.joined.people_of[1]);
  EXPECT_EQ(known.counts.size(), 9);
}

TEST(Published, SomebodysSmallestGroupIsFoundFromAnyOfTheirFields) {
  const std::vector<tables::Table> tables = {safe()};
  const KnownTables known = known_tables(tables);
  EXPECT_EQ(smallest_group(tables, known, {{"age", "0"}, {"region", "2"}}), 50);
  EXPECT_EQ(smallest_group(tables, known, {{"age", "0"}, {"region", "0"}}), 93);
  EXPECT_EQ(smallest_group(tables, known, {{"job", "baker"}}), 523);
}

// Ages by themselves, by the codes of their bands.
tables::Table by_bands(const std::vector<std::pair<std::string, std::int64_t>>& bands) {
  tables::Table made{"by bands", {}, {tables::Dimension{"age", {"age", "age"}, {}, true}}, {}, {}};
  std::int64_t all = 0;
  for (const auto& [code, patients] : bands) {
    made.dimensions[0].categories.push_back({code, {}});
    made.cells.push_back({tables::CellStatus::published, patients, {}});
    all += patients;
  }
  made.cells.push_back({tables::CellStatus::published, all, {}});
  return made;
}

TEST(Published, G2TwoTablesByBandsThatDifferByAChildAreCaught) {
  const std::vector<tables::Table> tables = {
      by_bands({{"0to2", 93}, {"3to9", 160}, {"10to17", 270}}),
      by_bands({{"0to3", 96}, {"4to9", 157}, {"10to17", 270}})};
  const auto runs = attacked(tables, tables);
  EXPECT_EQ(successes(runs), Ids{"near-groups"});
  EXPECT_EQ(runs[3].to_find, 3);  // the three who are 3: of 0to3, of 3to9, and of all from 3 on
  EXPECT_EQ(runs[3].control.succeeded, 3);
}

TEST(Published, G1PeopleLeftOutAreThereToFindForTheControl) {
  const std::vector<tables::Table> tables = {
      by_bands({{"0to2", 93}, {"3to9", 160}, {"10to17", 270}}),
      by_bands({{"0to2", 92}, {"3to9", 160}, {"10to17", 270}})};
  const auto runs = attacked(tables, tables);
  EXPECT_EQ(successes(runs), Ids{"near-groups"});
  EXPECT_GT(runs[3].to_find, 0);
  EXPECT_EQ(runs[3].control.succeeded, runs[3].to_find);
}

TEST(Published, TablesThatLeaveDifferentPeopleOutAreNotCompared) {
  const std::vector<tables::Table> tables = {by_bands({{"0to2", 93}, {"3to9", 160}}),
                                             by_bands({{"0to2", 90}, {"3to9", 165}})};
  EXPECT_EQ(successes(attacked(tables, tables)), Ids{});
}

TEST(Published, G2WhatEverybodyOfAGroupHasIsCaughtWhereItIsSensitive) {
  const std::vector<std::vector<std::int64_t>> inner = {{30, 40, 50}, {0, 60, 0}, {80, 90, 100}};
  const std::vector<tables::Table> drugs = {table("age", "drug", inner)};
  const auto runs = attacked(drugs, drugs);
  EXPECT_EQ(successes(runs), Ids{"shared-values"});
  EXPECT_EQ(runs[4].to_find, 1);
  EXPECT_EQ(runs[4].control.succeeded, 1);
  const std::vector<tables::Table> regions = {table("age", "region", inner)};
  EXPECT_EQ(successes(attacked(regions, regions)), Ids{});
}

RC_GTEST_PROP(Published, G2WhatIsWorkedOutIsWhatWasCounted, (std::uint32_t seed)) {
  Random random(seed);
  std::vector<std::vector<std::int64_t>> inner(2 + random.below(3));
  const std::size_t columns = 2 + random.below(3);
  for (auto& row : inner) {
    for (std::size_t j = 0; j < columns; ++j) {
      row.push_back(random.below(30));
    }
  }
  const tables::Table raw = table("age", "sex", inner);
  tables::Table made = raw;
  for (tables::Cell& cell : made.cells) {
    if (random.below(3) == 0) {
      cell = {};
    }
  }
  const std::vector<tables::Table> tables = {made};
  const KnownTables known = known_tables(tables);
  std::uint64_t worked_out = 0;
  for (std::size_t cell = 0; cell < raw.cells.size(); ++cell) {
    if (const auto& count = known.count(0, cell)) {
      RC_ASSERT(*count == raw.cells[cell].patients);
      worked_out += made.cells[cell].status == tables::CellStatus::published ? 0 : 1;
    }
  }
  RC_ASSERT(worked_out == known.hidden.worked_out);
  RC_ASSERT(worked_out == hidden_cells(tables).worked_out);
}

}  // namespace
}  // namespace parcours::attacks
