// Holes planted in tables that are safe otherwise, each caught by the attack that is meant for it.
#include "attacks/outside_attacks.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "attacks/bounds.h"
#include "attacks/insiders.h"
#include "attacks/near_groups.h"
#include "attacks/shared_values.h"
#include "attacks/testing/tables.h"
#include "base/random.h"
#include "sums/elimination.h"

namespace parcours::attacks {
namespace {

constexpr std::int64_t least_people = 11;
using IdSet = std::set<std::string>;

tables::Dimension dimension_of(const std::string& id, const std::vector<std::string>& codes) {
  tables::Dimension made{id, {id, id}, {}, true};
  for (const std::string& code : codes) {
    made.categories.push_back({code, {}});
  }
  return made;
}

const tables::Dimension age = dimension_of("age", {"under6", "6to11", "12to17"});
const tables::Dimension drug = dimension_of("drug", {"a", "b", "c"});
const std::vector<std::pair<std::size_t, std::size_t>> block = {{0, 0}, {0, 1}, {1, 0}, {1, 1}};

tables::Table safe_table() {
  return two_way_table(age, drug, {{3, 40, 50}, {30, 60, 70}, {80, 90, 100}}, block);
}

IdSet caught_by(const std::vector<tables::Table>& tables) {
  IdSet ids;
  const OutsideAttacks attacks = attack_from_outside(
      tables, {.threshold = least_people, .people = 100, .seed = 1, .sensitive = {}});
  for (const auto* outcomes : {&attacks.by_anybody, &attacks.by_insiders}) {
    for (const AttackOutcome& outcome : *outcomes) {
      if (outcome.succeeded > 0) {
        ids.insert(outcome.id);
      }
    }
  }
  return ids;
}

TEST(OutsideAttacks, NothingGetsThroughSafeTables) {
  EXPECT_EQ(caught_by({safe_table()}), IdSet{});
}

TEST(OutsideAttacks, G2ASmallCellShown) {
  tables::Table made = two_way_table(age, drug, {{30, 40, 50}, {30, 60, 70}, {80, 90, 4}});
  EXPECT_TRUE(caught_by({made}).contains("small-cells"));
  EXPECT_TRUE(caught_by({made}).contains("exercise"));
  EXPECT_FALSE(caught_by({made}).contains("recover"));
}

TEST(OutsideAttacks, G2OneMarginTooMany) {
  // Both margins of the hidden block's row are hidden with it, until another table shows the drug
  // by itself and the age by itself.
  tables::Table made = two_way_table(age, drug, {{3, 40, 50}, {30, 60, 70}, {80, 90, 100}},
                                     {{0, 0}, {0, 3}, {1, 0}, {1, 3}});
  EXPECT_EQ(caught_by({made}), IdSet{});
  tables::Table ages{"ages", {}, {age}, {}, {}};
  for (const std::int64_t patients : {93, 160, 270, 523}) {
    ages.cells.push_back({tables::CellStatus::published, patients, {}});
  }
  EXPECT_TRUE(caught_by({made, ages}).contains("recover"));
}

TEST(OutsideAttacks, G1TwoTablesThatDifferByAChildInABand) {
  tables::Table finer{"finer", {}, {dimension_of("age", {"under6", "6to12", "13to17"})}, {}, {}};
  for (const std::int64_t patients : {93, 161, 269, 523}) {
    finer.cells.push_back({tables::CellStatus::published, patients, {}});
  }
  EXPECT_EQ(caught_by({safe_table(), finer}), IdSet{"near-groups"});
}

TEST(OutsideAttacks, G1TwoTablesOfWhichOneLeavesAChildOut) {
  tables::Table others{"others", {}, {age}, {}, {}};
  for (const std::int64_t patients : {93, 159, 270, 522}) {
    others.cells.push_back({tables::CellStatus::published, patients, {}});
  }
  EXPECT_EQ(caught_by({safe_table(), others}), IdSet{"near-groups"});
}

TEST(OutsideAttacks, G1SomebodyAloneWhoTakesThemselvesAway) {
  const tables::Table made =
      two_way_table(age, drug, {{1, 10, 50}, {30, 60, 70}, {80, 90, 100}}, block);
  // A row of 11 in two hidden cells bounds both below 11 for everybody; a larger one does not.
  EXPECT_EQ(caught_by({made}), (IdSet{"bounds", "insiders"}));
}

TEST(OutsideAttacks, G1SumsThatBoundWhatTheyDoNotDetermine) {
  const tables::Table made = two_way_table(age, drug, {{3, 4, 5}, {30, 60, 70}, {80, 90, 100}},
                                           {{0, 0}, {0, 1}, {0, 2}, {1, 0}, {1, 1}, {1, 2}});
  EXPECT_EQ(caught_by({made}), IdSet{"bounds"});
  const std::vector<tables::Table> tables = {made};
  const AttackOutcome found = *bounds(known_tables(tables), least_people);
  EXPECT_EQ(found.tried, 6);
  EXPECT_EQ(found.succeeded, 3);  // the row of 12; what covers it may be large
  tables::Table wrong = made;
  wrong.cells[wrong.index(std::vector<std::size_t>{3, 3})].patients += 1;
  const std::vector<tables::Table> contradicted = {wrong};
  EXPECT_FALSE(bounds(known_tables(contradicted), least_people));
}

// The slow twin of bounds: every whole table that fits, by counting up the hidden cells of a 2 x 3
// table with its margins known.
std::uint64_t slow_bounds(const InnerCounts& counts,
                          const std::vector<std::pair<std::size_t, std::size_t>>& hidden) {
  std::vector<std::int64_t> rows(2, 0);
  std::vector<std::int64_t> columns(3, 0);
  for (const auto& [i, j] : hidden) {
    rows[i] += counts[i][j];
    columns[j] += counts[i][j];
  }
  std::vector<std::int64_t> most(hidden.size(), 0);
  std::vector<std::int64_t> tried(hidden.size(), 1);
  const auto visit = [&](const auto& self, std::size_t at) -> void {
    if (at == hidden.size()) {
      const auto left = [](std::int64_t rest) { return rest != 0; };
      if (std::ranges::none_of(rows, left) && std::ranges::none_of(columns, left)) {
        for (std::size_t i = 0; i < hidden.size(); ++i) {
          most[i] = std::max(most[i], tried[i]);
        }
      }
      return;
    }
    const auto [i, j] = hidden[at];
    for (tried[at] = 1; tried[at] <= std::min(rows[i], columns[j]); ++tried[at]) {
      rows[i] -= tried[at];
      columns[j] -= tried[at];
      self(self, at + 1);
      rows[i] += tried[at];
      columns[j] += tried[at];
    }
  };
  visit(visit, 0);
  return static_cast<std::uint64_t>(
      std::ranges::count_if(most, [](std::int64_t high) { return high < least_people; }));
}

TEST(OutsideAttacks, G1BoundsAreCertainInEveryTableThatFits) {
  Random random(11);
  const tables::Dimension half = dimension_of("half", {"first", "second"});
  for (int round = 0; round < 80; ++round) {
    InnerCounts counts(2);
    std::vector<std::pair<std::size_t, std::size_t>> hidden;
    for (std::size_t i = 0; i < 2; ++i) {
      for (std::size_t j = 0; j < 3; ++j) {
        counts[i].push_back(1 + random.below(14));
        if (random.below(4) > 0) {
          hidden.emplace_back(i, j);
        }
      }
    }
    const std::vector<tables::Table> tables = {two_way_table(half, drug, counts, hidden)};
    EXPECT_EQ(bounds(known_tables(tables), least_people)->succeeded, slow_bounds(counts, hidden));
  }
}

TEST(OutsideAttacks, G1EverybodyOfAGroupHasTheSame) {
  const tables::Table made = two_way_table(age, drug, {{30, 40, 50}, {0, 60, 0}, {80, 90, 100}});
  EXPECT_EQ(caught_by({made}), IdSet{"shared-values"});
  // Hiding its count and its total does not help while the empty cells are there to see.
  const tables::Table hidden = two_way_table(age, drug, {{30, 40, 50}, {0, 60, 0}, {80, 90, 100}},
                                             {{1, 1}, {1, 3}, {0, 1}, {0, 3}});
  EXPECT_TRUE(caught_by({hidden}).contains("shared-values-of-hidden-groups"));
}

TEST(OutsideAttacks, WhatIsKnownAnywayIsNotLearnt) {
  const tables::Table made =
      two_way_table(drug, dimension_of("sex", {"female", "male"}), {{30, 0}, {40, 50}, {60, 70}});
  EXPECT_EQ(caught_by({made}), IdSet{});
}

TEST(OutsideAttacks, BandsAreReadByTheirCodes) {
  EXPECT_EQ(band_range("6to11"), (BandRange{6, 11}));
  EXPECT_EQ(band_range("under6"), (BandRange{0, 5}));
  EXPECT_EQ(band_range("7"), (BandRange{7, 7}));
  EXPECT_EQ(band_range("18plus")->first, 18);
  for (const char* code : {"", "J45", "6to", "to6", "11to6", "underx", "-3"}) {
    EXPECT_FALSE(band_range(code)) << code;
  }
}

// The slow twin of the insiders: try every count of 1 and ask what is then determined, cell by
// cell.
std::uint64_t slow_insiders(const std::vector<tables::Table>& tables) {
  const KnownTables known = known_tables(tables);
  const auto by_itself = [&](std::uint32_t cell, std::int64_t count) {
    std::map<std::uint32_t, sums::Element> found;
    for (const sums::WorkedOut& one : sums::work_out(known.joined.system, cell, count)) {
      if (!known.counts[one.cell]) {
        found[one.cell] = one.value;
      }
    }
    return found;
  };
  std::uint64_t succeeded = 0;
  for (std::uint32_t i = 0; i < known.counts.size(); ++i) {
    if (known.counts[i]) {
      continue;
    }
    bool possible = true;
    bool small = false;
    for (const auto& [other, element] : by_itself(i, 1)) {
      const std::int64_t count = sums::integer_of(element);
      possible = possible && count >= 1 && count < (std::int64_t{1} << 50);
      small = small || count < least_people;
    }
    succeeded += possible && small ? 1 : 0;
  }
  return succeeded;
}

TEST(OutsideAttacks, InsidersAreThoseThatTryingEveryCellFinds) {
  Random random(7);
  for (int round = 0; round < 60; ++round) {
    InnerCounts counts(3);
    for (auto& row : counts) {
      for (int j = 0; j < 3; ++j) {
        row.push_back(1 + random.below(12));
      }
    }
    std::vector<std::pair<std::size_t, std::size_t>> hidden;
    for (std::size_t i = 0; i < 4; ++i) {
      for (std::size_t j = 0; j < 4; ++j) {
        if (i + j < 6 && random.below(2) == 0) {
          hidden.emplace_back(i, j);
        }
      }
    }
    const std::vector<tables::Table> tables = {two_way_table(age, drug, counts, hidden)};
    EXPECT_EQ(insiders(known_tables(tables), least_people, 3).succeeded, slow_insiders(tables));
  }
}

}  // namespace
}  // namespace parcours::attacks
