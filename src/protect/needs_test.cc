// What a study needs of its tables, as protect.h keeps it.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "protect/protect.h"
#include "protect/testing/any_world.h"
#include "protect/testing/people.h"

namespace parcours::protect {
namespace {

using example::any_world;
using example::counted;
using example::Outsider;
using example::Person;
using example::World;

bool is_hidden(const tables::Cell& cell) {
  return cell.status == tables::CellStatus::confidential;
}

// A patient stands in one of three rooms: 2, 9 and 30 of them.
crowds::Counted rooms() {
  std::vector<Person> people;
  for (std::size_t i = 0; i < 41; ++i) {
    people.push_back({{i < 2 ? 0U : i < 11 ? 1U : 2U}});
  }
  return counted(people, {example::table(people, {0}, {3})});
}

TEST(Needs, G5CountsTheNeededCellsAndThoseThatCouldBeShown) {
  // Nobody can know 2 of the population without one of the others.
  const Protected out = protect(rooms(), example::rules(3), {{}, {{{"v0"}}}}).value();
  EXPECT_EQ(out.summary.needed, 3u);
  EXPECT_EQ(out.summary.needed_published, 1u);
  EXPECT_TRUE(is_hidden(out.tables[0].cells[1]));
  EXPECT_FALSE(is_hidden(out.tables[0].cells[2]));
}

TEST(Needs, G5AskedForNoMarginItSaysThatNoneWasNeeded) {
  EXPECT_EQ(protect(rooms(), example::rules(3)).value().summary.needed, 0u);
}

TEST(Needs, G5TheGrandTotalIsAMarginWithoutVariables) {
  const Protected out = protect(rooms(), example::rules(3), {{}, {{{}}}}).value();
  EXPECT_EQ(out.summary.needed, 1u);
  EXPECT_EQ(out.summary.needed_published, 1u);
}

TEST(Needs, G5HidesWhatIsDearWhereTheStudyNeedsWhatIsCheap) {
  // A room of 1 in a corner: by patients the cheapest way hides three small cells; none of those in
  // the first row is to be hidden, so its sum is.
  const std::vector<Person> people = example::people_of({1, 4, 4, 9, 9, 9, 9, 9, 9}, 3);
  crowds::Counted in = counted(people, {example::table(people, {0, 1}, {3, 3})});
  const Rules rules = example::rules(3);
  const tables::Table before =
      protect(in, rules, {tables::HidingCost::patients, {}}).value().tables[0];
  EXPECT_TRUE(is_hidden(before.cells[1]) || is_hidden(before.cells[2]));
  EXPECT_FALSE(is_hidden(before.cells[3]));
  in.tables.push_back(example::table(people, {1}, {3, 3}));
  const tables::Needs needs{tables::HidingCost::margins, {{{"v0"}, {"v1"}, {}}, {{"v1"}, {}}}};
  const Protected out = protect(in, rules, needs).value();
  EXPECT_EQ(out.summary.needed, 11u);
  EXPECT_EQ(out.summary.needed_published, 11u);
}

RC_GTEST_PROP(Needs, G5ANeededCellIsHiddenOnlyWhereShowingItGivesAnUnsafeOneAway, ()) {
  const World world = any_world();
  const tables::Needs needs{
      *rc::gen::element(tables::HidingCost::margins, tables::HidingCost::cells,
                        tables::HidingCost::patients),
      {{{"v0"}, {"v1"}}, {{"v1", "v2"}}, {{"v0", "v3"}, {"v2"}}}};
  const Rules rules = example::rules(5);
  const Protected out = protect(world.in, rules, needs).value();
  Outsider most(world.in, out.tables);
  RC_ASSERT(most.finds() == 0u);
  most.hidden.assign(most.hidden.size(), true);
  const auto show = [&](const crowds::Crowd& crowd) {
    if (const auto at = most.unknowns.find(crowd.fingerprint); at != most.unknowns.end()) {
      most.hidden[at->second] = false;
    }
  };
  show(world.in.population);
  show({});  // cells of nobody are always published
  std::vector<crowds::Crowd> given_up;
  std::uint64_t needed = 0;
  for (std::size_t t = 0; t < needs.kept.size(); ++t) {
    const tables::Table& table = out.tables[t];
    for (std::size_t c = 0; c < table.cells.size(); ++c) {
      const crowds::Crowd& crowd = world.in.tables[t].cells[c];
      if (crowd.patients == 0 ||
          std::ranges::none_of(needs.kept[t], [&](const tables::Margin& margin) {
            return tables::of_margin(table.dimensions, table.places(c), margin);
          })) {
        continue;
      }
      ++needed;
      if (!is_hidden(table.cells[c])) {
        show(crowd);
      } else if (crowd.patients >= rules.patients_min) {
        given_up.push_back(crowd);
      }
    }
  }
  RC_ASSERT(needed == out.summary.needed);
  for (const crowds::Crowd& crowd : given_up) {
    Outsider one_more = most;
    one_more.hidden[most.unknowns.at(crowd.fingerprint)] = false;
    RC_ASSERT(one_more.finds() > 0u);
  }
}

TEST(Needs, HidesOneCellOfManyPatientsWhereTheCostIsCells) {
  // The 9 stand in a second table too, beside everyone else: hiding them hides three cells more,
  // and hiding the 30 one.
  std::vector<Person> people;
  for (std::size_t i = 0; i < 41; ++i) {
    people.push_back({{i < 2 ? 1U : i < 11 ? 0U : 2U, i >= 2 && i < 11 ? 1U : 0U}});
  }
  const std::vector<std::size_t> categories = {3, 2};
  const crowds::Counted in = counted(
      people, {example::table(people, {0}, categories), example::table(people, {1}, categories)});
  const auto made = [&](tables::HidingCost cost) {
    return protect(in, example::rules(3), {cost, {}}).value();
  };
  EXPECT_EQ(made(tables::HidingCost::cells).summary.published, 7u - 2u);
  EXPECT_TRUE(is_hidden(made(tables::HidingCost::cells).tables[0].cells[2]));
  EXPECT_EQ(made(tables::HidingCost::margins).summary.published, 7u - 4u);
  EXPECT_TRUE(is_hidden(made(tables::HidingCost::margins).tables[0].cells[0]));
}

}  // namespace
}  // namespace parcours::protect
