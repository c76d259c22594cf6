// The attacks that the gate is given, on tables of a whole study: each hole is found by the attack
// that is meant for it, and by none where there is no hole. (Whether the gate then refuses is held
// in gate_test.cc, on attacks made up there.)
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "release/make.h"
#include "release/testing/example.h"

namespace parcours::release {
namespace {

using Ids = std::set<std::string>;
using testing::IsSupersetOf;

class Attacked : public testing::Test {
 protected:
  std::vector<attacks::AttackRun> runs() const {
    return attack_tables(counted, made.tables, rules, 1);
  }

  // The attacks that succeed on what would leave.
  Ids through() const {
    Ids ids;
    for (const attacks::AttackRun& run : runs()) {
      if (run.outcome.succeeded > 0) {
        ids.insert(run.outcome.id);
      }
    }
    return ids;
  }

  // Shows the first hidden cell for which `wanted` holds.
  template <class Wanted>
  void show(const Wanted& wanted) {
    for (std::size_t t = 0; t < made.tables.size(); ++t) {
      for (std::size_t i = 0; i < made.tables[t].cells.size(); ++i) {
        if (made.tables[t].cells[i].status != tables::CellStatus::published && wanted(t, i)) {
          made.tables[t].cells[i] = example::bare(counted.tables[t]).cells[i];
          return;
        }
      }
    }
    FAIL() << "no such cell in the example";
  }

  std::optional<protect::Rule> why(std::size_t t, std::size_t i) const {
    return protect::primary(counted.tables[t], counted.population, rules).cells[i];
  }

  crowds::Counted counted = example::counted();
  protect::Rules rules = example::rules();
  protect::Protected made = example::protect_plainly(counted, rules);
};

TEST_F(Attacked, NothingSucceedsWithoutAHoleAndEveryControlDoesWhereThereIsSomething) {
  EXPECT_EQ(through(), Ids{});
  std::size_t controls = 0;
  for (const attacks::AttackRun& run : runs()) {
    EXPECT_EQ(run.to_find > 0, run.control.succeeded > 0) << run.outcome.id;
    controls += run.to_find > 0 ? 1 : 0;
  }
  EXPECT_GE(controls, 4U);
}

TEST_F(Attacked, ASmallCellShown) {
  show([&](std::size_t t, std::size_t i) { return why(t, i) == protect::Rule::patients_min; });
  EXPECT_THAT(through(), IsSupersetOf({"small-cells"}));
}

TEST_F(Attacked, ACellShownThatCoversAnother) {
  // Of a sum in which two cells are hidden one is shown.
  bool done = false;
  for (std::size_t t = 0; t < made.tables.size() && !done; ++t) {
    for (const tables::Relation& relation : tables::relations_of(made.tables[t])) {
      std::vector<std::uint32_t> hidden;
      for (const tables::Relation::Term& term : relation.terms) {
        if (made.tables[t].cells[term.cell].status != tables::CellStatus::published) {
          hidden.push_back(term.cell);
        }
      }
      if (hidden.size() == 2 && !done) {
        made.tables[t].cells[hidden[0]] = example::bare(counted.tables[t]).cells[hidden[0]];
        done = true;
      }
    }
  }
  ASSERT_TRUE(done);
  EXPECT_THAT(through(), IsSupersetOf({"recover"}));
}

TEST_F(Attacked, ATableWithoutOneChild) {
  // The first of "ages" is left out of it, and of nothing else.
  tables::Table& ages = made.tables[1];
  for (const std::vector<std::size_t>& places :
       std::vector<std::vector<std::size_t>>{{0, 0}, {0, 2}, {4, 0}, {4, 2}}) {
    tables::Cell& cell = ages.cells[ages.index(places)];
    ASSERT_EQ(cell.status, tables::CellStatus::published);
    --cell.patients;
  }
  EXPECT_EQ(through(), Ids{"near-groups"});
}

TEST_F(Attacked, AKnownTotalAndAllOfItButAFew) {
  const auto places = [&](std::size_t t, std::size_t i) { return made.tables[t].places(i); };
  show([&](std::size_t t, std::size_t i) {
    const std::vector<std::size_t> at = places(t, i);
    return counted.tables[t].cells[i].patients >= rules.patients_min &&
           why(t, i) == protect::Rule::complement_min &&
           at[0] != made.tables[t].dimensions[0].total();
  });
  EXPECT_THAT(through(), IsSupersetOf({"differencing"}));
}

TEST_F(Attacked, AGroupThatAllHasTheSameTreatment) {
  // In the first region of all everybody gets the controller; both cells and their total are shown.
  tables::Table& table = made.tables[0];
  for (std::size_t sex = 0; sex <= 2; ++sex) {
    const auto at = [&](std::size_t controller) {
      return table.index(std::vector<std::size_t>{12, sex, controller});
    };
    const std::int64_t all = counted.tables[0].cells[at(2)].patients;
    table.cells[at(0)] = {tables::CellStatus::published, all, {}};
    table.cells[at(1)] = {tables::CellStatus::published, 0, {}};
    table.cells[at(2)] = {tables::CellStatus::published, all, {}};
  }
  EXPECT_THAT(through(), IsSupersetOf({"shared-values"}));
}

TEST_F(Attacked, APersonWhoCanBeFound) {
  show([&](std::size_t t, std::size_t i) {
    return why(t, i) == protect::Rule::patients_min && made.tables[t].inner(i);
  });
  EXPECT_THAT(through(), IsSupersetOf({"exercise", "small-cells"}));
}

}  // namespace
}  // namespace parcours::release
