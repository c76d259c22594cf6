// Protection says why a figure is wide; the gate adds it up and believes nothing else.
#include "release/witnesses.h"

#include <gtest/gtest.h>

#include "release/closeness.h"
#include "release/testing/outsider.h"

namespace parcours::release {
namespace {

using protect::Witness;

// Four people are hidden beside 100 and 20, of 124 in all: numbers 0 to 3, fingerprints 1, 2, 4, 7.
class Witnesses : public testing::Test {
 protected:
  std::optional<std::int64_t> width_by(std::vector<std::vector<protect::ChangeOf<Uint128>>> moves) {
    const std::vector<Witness> all = {{Uint128{1}, std::move(moves)}};
    const std::vector<Witnessed> found = checked(all, numbers_, system_, counts_);
    return found.empty() ? std::nullopt : std::optional(found.front().width);
  }

  static crowds::Counted counted() {
    crowds::Counted made;
    made.tables = {{"t", {}, {}, {}, {}, {}}};
    const std::vector<std::pair<std::uint32_t, Uint128>> cells = {
        {4, 1}, {100, 2}, {20, 4}, {124, 7}};
    for (const auto& [patients, people] : cells) {
      made.tables[0].cells.push_back({.patients = patients, .fingerprint = people, .value = {}});
    }
    return made;
  }

  const PeopleNumbers numbers_{counted()};
  const std::vector<std::int64_t> counts_ = {4, 100, 20, 124};
  sums::System system_{{{{{3, 1}, {0, -1}, {1, -1}, {2, -1}}}},
                       {{1, sums::no_limit}, {1, sums::no_limit}, {20, 20}, {124, 124}}};
};

TEST_F(Witnesses, AreBelievedWhereAllSumsStayAsTheyAre) {
  EXPECT_EQ(width_by({{{1, 11}, {2, -11}}}), 11);
  EXPECT_EQ(width_by({{{1, 8}, {2, -8}}, {{1, -3}, {2, 3}}}), 11);
  EXPECT_EQ(width_by({{{1, 10.5}, {2, -10.5}}}), 10);
}

TEST_F(Witnesses, AreNotBelievedWhereASumChanges) {
  EXPECT_EQ(width_by({{{1, 11}}}), std::nullopt);
  EXPECT_EQ(width_by({{{1, 11}, {2, -10.99}}}), std::nullopt);
}

TEST_F(Witnesses, AreNotBelievedWhereSomethingPublishedMovesOrSomethingGoesBelowItsRange) {
  EXPECT_EQ(width_by({{{1, 11}, {4, -11}}}), std::nullopt);
  EXPECT_EQ(width_by({{{1, -4}, {2, 4}}}), std::nullopt);
  EXPECT_EQ(width_by({{{1, 100}, {2, -100}}}), std::nullopt);
}

TEST_F(Witnesses, OfPeopleWhomNobodyCountsSayNothing) {
  const std::vector<Witness> unknown = {{Uint128{99}, {{{1, 11}, {2, -11}}}}};
  EXPECT_TRUE(checked(unknown, numbers_, system_, counts_).empty());
}

// Of studies as analysts write them most figures are proved wide by protection, and what the gate
// finds does not depend on it.
TEST_F(Witnesses, OfStudiesProveMostAndChangeNothing) {
  std::size_t asked = 0;
  std::size_t proved = 0;
  for (const auto& [name, tables] : outsider::studies()) {
    const outsider::Panel panel = outsider::ask(1, tables);
    const protect::Rules rules = outsider::wide_rules();
    const protect::Protected made = *protect::protect(panel.counted, rules);
    const Closeness with = *closeness(panel.counted, made.tables, rules, made.witnesses);
    const Closeness without = *closeness(panel.counted, made.tables, rules);
    EXPECT_EQ(with.asked, without.asked) << name;
    EXPECT_EQ(with.narrow, without.narrow) << name;
    asked += with.asked;
    proved += made.witnesses.size();
    // Published as counted, none of them holds.
    std::vector<tables::Table> bare = made.tables;
    for (std::size_t t = 0; t < bare.size(); ++t) {
      for (std::size_t c = 0; c < bare[t].cells.size(); ++c) {
        bare[t].cells[c] = {
            tables::CellStatus::published, panel.counted.tables[t].cells[c].patients, {}};
      }
    }
    EXPECT_EQ(closeness(panel.counted, bare, rules, made.witnesses)->narrow,
              closeness(panel.counted, bare, rules)->narrow);
  }
  EXPECT_GT(proved * 10, asked * 7);
}

}  // namespace
}  // namespace parcours::release
