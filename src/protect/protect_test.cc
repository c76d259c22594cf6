#include "protect/protect.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <map>
#include <numeric>
#include <set>

#include "protect/testing/any_world.h"
#include "protect/testing/people.h"

namespace parcours::protect {
namespace {

using example::any_world;
using example::counted;
using example::Outsider;
using example::Person;
using example::World;
using testing::HasSubstr;

bool hidden(const tables::Cell& cell) {
  return cell.status == tables::CellStatus::confidential;
}

// The slow twin of a two-way table: every table of counts up to `most` that fits what is
// published. True when each hidden cell has at least two values among them.
class BruteForce {
 public:
  BruteForce(const tables::Table& table, int most) : table_(table), most_(most) {
    rows_ = table.dimensions[0].categories.size();
    columns_ = table.dimensions[1].categories.size();
    seen_.resize(table.cells.size());
  }

  bool leaves_two_values_everywhere() {
    for (std::size_t row = 0; row < rows_; ++row) {
      fitting_.emplace_back();
      std::vector<int> values(columns_);
      list_rows(row, 0, values);
    }
    totals_.resize(columns_ + 1);
    std::vector<const std::vector<int>*> chosen;
    choose(chosen);
    return all_have_two();
  }

 private:
  const tables::Cell& cell(std::size_t row, std::size_t column) const {
    return table_.cells[row * (columns_ + 1) + column];
  }
  static bool fits(const tables::Cell& cell, int value) {
    return hidden(cell) || cell.patients == value;
  }

  void list_rows(std::size_t row, std::size_t column, std::vector<int>& values) {
    if (column == columns_) {
      if (fits(cell(row, columns_), std::accumulate(values.begin(), values.end(), 0))) {
        fitting_[row].push_back(values);
      }
      return;
    }
    for (int value = 0; value <= most_; ++value) {
      if (fits(cell(row, column), value)) {
        values[column] = value;
        list_rows(row, column + 1, values);
      }
    }
  }

  void choose(std::vector<const std::vector<int>*>& chosen) {
    if (chosen.size() == rows_) {
      look(chosen);
      return;
    }
    for (const std::vector<int>& row : fitting_[chosen.size()]) {
      if (all_have_two()) {
        return;
      }
      chosen.push_back(&row);
      choose(chosen);
      chosen.pop_back();
    }
  }

  void look(const std::vector<const std::vector<int>*>& rows) {
    std::ranges::fill(totals_, 0);
    for (const std::vector<int>* row : rows) {
      for (std::size_t c = 0; c < columns_; ++c) {
        totals_[c] += (*row)[c];
        totals_[columns_] += (*row)[c];
      }
    }
    for (std::size_t c = 0; c <= columns_; ++c) {
      if (!fits(cell(rows_, c), totals_[c])) {
        return;
      }
    }
    std::size_t at = 0;
    const auto see = [&](int value) {
      if (hidden(table_.cells[at])) {
        seen_[at].insert(value);
      }
      ++at;
    };
    for (const std::vector<int>* row : rows) {
      std::ranges::for_each(*row, see);
      see(std::accumulate(row->begin(), row->end(), 0));
    }
    std::ranges::for_each(totals_, see);
  }

  bool all_have_two() const {
    for (std::size_t i = 0; i < seen_.size(); ++i) {
      if (hidden(table_.cells[i]) && seen_[i].size() < 2) {
        return false;
      }
    }
    return true;
  }

  const tables::Table& table_;
  int most_;
  std::size_t rows_;
  std::size_t columns_;
  std::vector<std::vector<std::vector<int>>> fitting_;  // by row
  std::vector<int> totals_;                             // of the columns, then of all
  std::vector<std::set<int>> seen_;                     // by cell
};

// Protects the table of these counts and holds it to what protect.h promises.
void hold(const std::vector<int>& counts, std::size_t columns, const Rules& rules) {
  const std::vector<Person> people = example::people_of(counts, columns);
  const crowds::Counted in =
      counted(people, {example::table(people, {0, 1}, {counts.size() / columns, columns})});
  const Result<Protected> out = protect(in, rules);
  if (in.population.patients < rules.patients_min) {
    ASSERT_FALSE(out.has_value());
    return;
  }
  ASSERT_TRUE(out.has_value()) << out.error().sentence();
  const tables::Table& table = out->tables[0];
  for (std::size_t c = 0; c < table.cells.size(); ++c) {
    const std::uint32_t patients = in.tables[0].cells[c].patients;
    ASSERT_FALSE(hidden(table.cells[c]) && patients == 0);
    ASSERT_FALSE(!hidden(table.cells[c]) && patients > 0 && patients < rules.patients_min);
  }
  ASSERT_TRUE(BruteForce(table, 4).leaves_two_values_everywhere())
      << "counts " << testing::PrintToString(counts);
}

// The n-th table of counts up to 3: its digits in base 4.
std::vector<int> digits(std::uint64_t n, std::size_t cells) {
  std::vector<int> counts(cells);
  for (int& count : counts) {
    count = static_cast<int>(n % 4);
    n /= 4;
  }
  return counts;
}

TEST(Protect, G1G2G3LeavesTwoValuesForEveryHiddenCellOfEveryTwoByTwoTable) {
  for (std::uint64_t n = 0; n < 1 << 8; ++n) {
    hold(digits(n, 4), 2, example::rules(3));
    hold(digits(n, 4), 2, example::rules(3, 3));
    hold(digits(n, 4), 2, example::rules(2, 2));
  }
}

// In parts, so that they run beside each other.
class ThreeByThree : public testing::TestWithParam<std::uint64_t> {};
constexpr std::uint64_t parts = 8;

TEST_P(ThreeByThree, G1G2G3LeavesTwoValuesForEveryHiddenCellOfEveryTable) {
  // Each table once up to the order of its rows.
  for (std::uint64_t n = 0; n < 1 << 18; ++n) {
    const std::uint64_t a = n & 63;
    const std::uint64_t b = n >> 6 & 63;
    const std::uint64_t c = n >> 12;
    if (c % parts == GetParam() && a <= b && b <= c) {
      hold(digits(n, 9), 3, example::rules(3));
      if (n % 16 == 0) {
        hold(digits(n, 9), 3, example::rules(3, 3));
      }
      if (testing::Test::HasFatalFailure()) {
        return;
      }
    }
  }
}

INSTANTIATE_TEST_SUITE_P(Protect, ThreeByThree, testing::Range(std::uint64_t{0}, parts));

TEST(Protect, G2TheSlowTwinSeesACellThatIsShownAgain) {
  const std::vector<Person> people = example::people_of({1, 9, 9, 9, 9, 9, 9, 9, 9}, 3);
  const crowds::Counted in = counted(people, {example::table(people, {0, 1}, {3, 3})});
  tables::Table table = protect(in, example::rules(3)).value().tables[0];
  EXPECT_TRUE(BruteForce(table, 10).leaves_two_values_everywhere());
  std::size_t shown_again = 0;
  for (std::size_t c = 0; c < table.cells.size(); ++c) {
    if (hidden(table.cells[c])) {
      tables::Table mutant = table;
      mutant.cells[c] = {tables::CellStatus::published, in.tables[0].cells[c].patients, {}};
      EXPECT_FALSE(BruteForce(mutant, 10).leaves_two_values_everywhere());
      ++shown_again;
    }
  }
  EXPECT_EQ(shown_again, 4u);  // the unsafe cell and the corners of one rectangle
}

RC_GTEST_PROP(Protect, G1PublishesNoCellThatBreaksARule, ()) {
  const World world = any_world();
  Rules rules = example::rules(5, 3);
  rules.has_practices = true;
  rules.practices_min = 2;
  rules.largest_practice_share_below = 0.9;
  const Result<Protected> out = protect(world.in, rules);
  RC_PRE(out.has_value());
  for (std::size_t t = 0; t < out->tables.size(); ++t) {
    for (std::size_t c = 0; c < out->tables[t].cells.size(); ++c) {
      const tables::Cell& cell = out->tables[t].cells[c];
      const crowds::Crowd& crowd = world.in.tables[t].cells[c];
      if (hidden(cell)) {
        RC_ASSERT(cell.patients == 0 && !cell.mean);
      } else {
        RC_ASSERT(cell.patients == crowd.patients);
        RC_ASSERT(crowd.patients == 0 || (crowd.patients >= 5 && crowd.practices >= 2 &&
                                          crowd.largest_practice < 0.9 * crowd.patients));
      }
    }
  }
}

RC_GTEST_PROP(Protect, G2NothingHiddenIsDeterminedOverAllTablesAtOnce, ()) {
  const World world = any_world();
  const Result<Protected> out = protect(world.in, example::rules(5, 3));
  RC_ASSERT(out.has_value());
  RC_ASSERT(Outsider(world.in, out->tables).finds() == 0u);
}

RC_GTEST_PROP(Protect, G2HidesTheSamePeopleInEveryTable, ()) {
  const World world = any_world();
  const Result<Protected> out = protect(world.in, example::rules(5, 3));
  RC_ASSERT(out.has_value());
  std::map<Uint128, bool> status;
  for (std::size_t t = 0; t < out->tables.size(); ++t) {
    for (std::size_t c = 0; c < out->tables[t].cells.size(); ++c) {
      const bool is_hidden = hidden(out->tables[t].cells[c]);
      const auto [at, fresh] = status.emplace(world.in.tables[t].cells[c].fingerprint, is_hidden);
      RC_ASSERT(at->second == is_hidden);
    }
  }
}

RC_GTEST_PROP(Protect, G2AHiddenCellThatIsShownAgainGivesAnUnsafeOneAway, ()) {
  const World world = any_world();
  const Rules rules = example::rules(5);
  const Protected out = protect(world.in, rules).value();
  const Outsider outsider(world.in, out.tables);
  for (std::size_t t = 0; t < out.tables.size(); ++t) {
    for (std::size_t c = 0; c < out.tables[t].cells.size(); ++c) {
      const crowds::Crowd& crowd = world.in.tables[t].cells[c];
      if (!hidden(out.tables[t].cells[c]) || crowd.patients < rules.patients_min) {
        continue;
      }
      Outsider mutant = outsider;  // secondary: each is needed
      mutant.hidden[outsider.unknowns.at(crowd.fingerprint)] = false;
      RC_ASSERT(mutant.finds() > 0u);
    }
  }
}

RC_GTEST_PROP(Protect, G3NeverHidesACellOfNobody, ()) {
  const World world = any_world();
  const Protected out = protect(world.in, example::rules(5, 3)).value();
  for (std::size_t t = 0; t < out.tables.size(); ++t) {
    for (std::size_t c = 0; c < out.tables[t].cells.size(); ++c) {
      RC_ASSERT(world.in.tables[t].cells[c].patients > 0 || !hidden(out.tables[t].cells[c]));
    }
  }
}

RC_GTEST_PROP(Protect, G4NoSumBehindAHiddenMeanIsDetermined, ()) {
  const World world = any_world(true);
  Rules rules = example::rules(5, 3);
  rules.largest_value_share_below = 0.3;
  Protected out = protect(world.in, rules).value();
  for (tables::Table& table : out.tables) {
    for (tables::Cell& cell : table.cells) {
      const bool shown = cell.mean || (!hidden(cell) && cell.patients == 0);
      cell.status = shown ? tables::CellStatus::published : tables::CellStatus::confidential;
    }
  }
  RC_ASSERT(Outsider(world.in, out.tables).finds() == 0u);
}

TEST(Protect, HidesAMeanAndAnotherForItsSakeAndShowsTheirCounts) {
  std::vector<Person> people;
  for (std::size_t i = 0; i < 30; ++i) {
    people.push_back({{i % 3}, 0, i == 0 ? 1000 : 1});
  }
  const crowds::Counted in = counted(people, {example::table(people, {0}, {3}, true)});
  Rules rules = example::rules(5);
  rules.largest_value_share_below = 0.985;
  const Protected out = protect(in, rules).value();
  const std::vector<tables::Cell>& cells = out.tables[0].cells;
  EXPECT_EQ(out.summary.published, 4u);
  EXPECT_FALSE(cells[0].mean);
  EXPECT_NE(cells[1].mean.has_value(), cells[2].mean.has_value());
  EXPECT_DOUBLE_EQ(cells[3].mean.value(), 1029.0 / 30);
  EXPECT_EQ(out.summary.means, 4u);
  EXPECT_EQ(out.summary.means_published, 2u);
  EXPECT_EQ(out.summary.means_secondary, 1u);
}

TEST(Protect, CountsEveryCellOnceInItsSummary) {
  const std::vector<Person> people = example::people_of({1, 9, 9, 9, 9, 9, 9, 9, 9}, 3);
  const crowds::Counted in = counted(people, {example::table(people, {0, 1}, {3, 3})});
  const ProtectionSummary summary = protect(in, example::rules(3)).value().summary;
  EXPECT_EQ(summary.cells, 16u);
  EXPECT_EQ(summary.hidden_by(Rule::patients_min), 1u);
  EXPECT_EQ(summary.secondary, 3u);
  EXPECT_EQ(summary.published, 12u);
}

TEST(Protect, HidesInnerCellsBeforeMargins) {
  const std::vector<Person> people = example::people_of({1, 9, 9, 9, 9, 9, 9, 9, 9}, 3);
  const crowds::Counted in = counted(people, {example::table(people, {0, 1}, {3, 3})});
  const tables::Table table = protect(in, example::rules(3)).value().tables[0];
  for (std::size_t c = 0; c < table.cells.size(); ++c) {
    EXPECT_TRUE(table.inner(c) || !hidden(table.cells[c]));
  }
}

TEST(Protect, RefusesAPopulationThatIsTooSmall) {
  const std::vector<Person> people = example::people_of({1, 1}, 2);
  const crowds::Counted in = counted(people, {example::table(people, {1}, {1, 2})});
  EXPECT_THAT(protect(in, example::rules(3)).error().sentence(), HasSubstr("'patients_min'"));
}

TEST(Protect, RefusesATableThatSaysThatEveryoneHasASensitiveValue) {
  const std::vector<Person> people = example::people_of({9, 0}, 2);
  crowds::Counted in = counted(people, {example::table(people, {1}, {1, 2})});
  in.tables[0].sensitive[0] = true;
  Rules rules = example::rules(3);
  rules.hide_group_disclosure = true;
  const Error error = protect(in, rules).error();
  EXPECT_EQ(error.fault, Fault::rule);
  EXPECT_THAT(error.sentence(), HasSubstr("'hide_group_disclosure'"));
}

// Fingerprints come from a secret that no two runs share; times an odd number they are those of
// another.
RC_GTEST_PROP(Protect, HidesTheSameUnderAnyFingerprints, ()) {
  const World world = any_world();
  crowds::Counted other = world.in;
  const Uint128 odd = Uint128(*rc::gen::arbitrary<std::uint64_t>()) << 64 |
                      *rc::gen::arbitrary<std::uint64_t>() | 1;
  other.population.fingerprint *= odd;
  for (crowds::CrowdTable& table : other.tables) {
    for (crowds::Crowd& crowd : table.cells) {
      crowd.fingerprint *= odd;
    }
  }
  const Rules rules = example::rules(5);
  RC_ASSERT(protect(world.in, rules).value().tables == protect(other, rules).value().tables);
}

// 1 and 4 leave 4 numbers for each; only if more is asked does a third one hide with them.
TEST(Protect, AsksNoMoreWidthThanReleasesBeforeLeft) {
  const std::vector<Person> people = example::people_of({1, 4, 100, 100}, 4);
  crowds::Counted in = counted(people, {example::table(people, {1}, {1, 4})});
  Rules rules = example::rules(11);
  rules.width_min = 11;
  const auto hides = [&] {
    return std::ranges::count_if(protect(in, rules).value().tables[0].cells, hidden);
  };
  EXPECT_EQ(hides(), 3);
  for (const std::size_t cell : {0u, 1u}) {
    in.narrow_before.push_back({in.tables[0].cells[cell].fingerprint, 3});
  }
  std::ranges::sort(in.narrow_before, {}, &crowds::NarrowBefore::people);
  EXPECT_EQ(hides(), 2);
}

TEST(Protect, MakesTheSameTablesEveryTime) {
  const std::vector<Person> people = example::people_of({1, 2, 9, 4, 9, 9, 9, 3, 9}, 3);
  const crowds::Counted in = counted(people, {example::table(people, {0, 1}, {3, 3})});
  EXPECT_EQ(protect(in, example::rules(3)).value().tables,
            protect(in, example::rules(3)).value().tables);
}

}  // namespace
}  // namespace parcours::protect
