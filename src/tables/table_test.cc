#include "tables/table.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <set>

#include "tables/relations.h"

namespace parcours::tables {
namespace {

Dimension dimension(std::string id, std::size_t categories, bool additive = true) {
  Dimension made{std::move(id), {}, {}, additive};
  for (std::size_t c = 0; c < categories; ++c) {
    made.categories.push_back({std::string(1, static_cast<char>('a' + c)), {}});
  }
  return made;
}

Table table_of(std::vector<Dimension> dimensions) {
  Table table{"t", {}, std::move(dimensions), {}, {}};
  table.cells.resize(table.cell_count());
  return table;
}

TEST(Table, OfSexByAgeHasTwelveCellsOfWhichSixAreInner) {
  const Table table = table_of({dimension("sex", 2), dimension("age", 3)});
  std::size_t inner = 0;
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    inner += table.inner(i) ? 1 : 0;
  }
  EXPECT_EQ(table.cell_count(), 12u);
  EXPECT_EQ(inner, 6u);
}

TEST(Table, WithoutDimensionsHasOneCell) {
  const Table table = table_of({});
  EXPECT_EQ(table.cell_count(), 1u);
  EXPECT_TRUE(table.inner(0));
  EXPECT_TRUE(relations_of(table).empty());
}

TEST(Table, LiesWithTheLastDimensionFastest) {
  const Table table = table_of({dimension("sex", 2), dimension("age", 3)});
  EXPECT_EQ(table.places(5), (std::vector<std::size_t>{1, 1}));
  EXPECT_EQ(table.index(std::vector<std::size_t>{1, 1}), 5u);
}

RC_GTEST_PROP(Table, FindsEveryCellAgainByItsPlaces, ()) {
  std::vector<Dimension> dimensions;
  for (int d = *rc::gen::inRange(0, 4); d > 0; --d) {
    dimensions.push_back(dimension("d", *rc::gen::inRange<std::size_t>(0, 4)));
  }
  const Table table = table_of(dimensions);
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    RC_ASSERT(table.index(table.places(i)) == i);
  }
}

TEST(Table, CallsASumAndAnUnionByDifferentCodes) {
  EXPECT_EQ(dimension("sex", 2).code(2), "_T");
  EXPECT_EQ(dimension("drug", 2, false).code(2), "_ANY");
  EXPECT_EQ(dimension("drug", 2, false).code(1), "b");
}

TEST(Relations, SayThatATotalIsTheSumOfItsParts) {
  const Table table = table_of({dimension("age", 2)});
  const std::vector<Relation> relations = relations_of(table);
  ASSERT_EQ(relations.size(), 1u);
  EXPECT_EQ(relations[0].terms, (std::vector<Relation::Term>{{2, 1}, {0, -1}, {1, -1}}));
}

TEST(Relations, SayNothingAlongADimensionThatIsNotAdditive) {
  const Table table = table_of({dimension("age", 2), dimension("drug", 3, false)});
  const std::vector<Relation> relations = relations_of(table);
  EXPECT_EQ(relations.size(), 4u);  // one for each drug and for any
  for (const Relation& relation : relations) {
    std::set<std::size_t> drugs;
    for (const Relation::Term& term : relation.terms) {
      drugs.insert(table.places(term.cell)[1]);
    }
    EXPECT_EQ(drugs.size(), 1u);
  }
}

RC_GTEST_PROP(Relations, HoldForEveryTableThatIsAddedUp, ()) {
  std::vector<Dimension> dimensions;
  for (int d = *rc::gen::inRange(1, 4); d > 0; --d) {
    dimensions.push_back(dimension("d", *rc::gen::inRange<std::size_t>(1, 4)));
  }
  Table table = table_of(dimensions);
  std::size_t expected = 0;
  for (const Dimension& d : dimensions) {
    expected += table.cells.size() / d.places();
  }
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    if (!table.inner(i)) {
      continue;
    }
    const std::int64_t patients = *rc::gen::inRange(0, 100);
    for (std::size_t to = 0; to < table.cells.size(); ++to) {  // every margin of this cell
      bool part = true;
      for (std::size_t d = 0; d < dimensions.size(); ++d) {
        part = part && (table.places(to)[d] == table.places(i)[d] ||
                        table.places(to)[d] == dimensions[d].total());
      }
      table.cells[to].patients += part ? patients : 0;
    }
  }
  const std::vector<Relation> relations = relations_of(table);
  RC_ASSERT(relations.size() == expected);
  for (const Relation& relation : relations) {
    std::int64_t sum = 0;
    for (const Relation::Term& term : relation.terms) {
      sum += term.coefficient * table.cells[term.cell].patients;
    }
    RC_ASSERT(sum == 0);
  }
}

TEST(Relations, OfATreeAreEveryParentAndItsChildren) {
  // Two regions, the first of two departments.
  Table table;
  table.dimensions = {
      {"place", {}, {{"84", {}}, {"01", {}}, {"03", {}}, {"93", {}}}, true, {4, 0, 0, 4}}};
  const std::vector<Relation> expected = {{{{0, 1}, {1, -1}, {2, -1}}},
                                          {{{4, 1}, {0, -1}, {3, -1}}}};
  EXPECT_EQ(relations_of(table), expected);
  EXPECT_FALSE(table.inner(0));
  EXPECT_TRUE(table.inner(1));
  EXPECT_TRUE(table.inner(3));
  EXPECT_FALSE(table.inner(4));
}

TEST(Relations, ThatSayTheSameAreOne) {
  const Relation sum{{{0, 1}, {1, -1}, {2, -1}}};
  const Relation negative{{{0, -1}, {1, 1}, {2, 1}}};
  const Relation other{{{0, 1}, {1, -1}}};
  const Relation twice{{{0, 2}, {1, -1}, {2, -1}}};
  EXPECT_EQ(distinct({sum, other, negative, Relation(), twice, sum}),
            (std::vector<Relation>{sum, other, twice}));
}

}  // namespace
}  // namespace parcours::tables
