// What the tables of one release tell together gives no small group away (testing/outsider.h).
#include <gtest/gtest.h>

#include "base/testing/sanitizer.h"
#include "release/testing/outsider.h"

namespace parcours::release {
namespace {

using namespace outsider;

TEST(TablesTogether, GiveNoSmallGroupAwayThatStandsInNoTable) {
  std::map<std::string, std::size_t> without;
  for (const auto& [name, tables] : studies()) {
    for (std::uint64_t seed = 1; seed <= (under_sanitizer ? 1 : 2); ++seed) {
      const Panel panel = ask(seed, tables);
      const Result<protect::Protected> made = protect::protect(panel.counted, wide_rules());
      ASSERT_TRUE(made) << name << ": " << made.error().sentence();
      Reader reader(panel, made->tables);
      EXPECT_EQ(reader.finds(11, 11), 0)
          << name << ", seed " << seed << ", of " << reader.looked_at();
      EXPECT_EQ(recovery(panel.counted, made->tables, wide_rules()).determined, 0);
      EXPECT_EQ(closeness(panel.counted, made->tables, wide_rules())->narrow, 0);

      crowds::Counted apart = panel.counted;
      apart.overlaps.clear();
      const Result<protect::Protected> alone = protect::protect(apart, wide_rules());
      ASSERT_TRUE(alone);
      const std::size_t found = Reader(panel, alone->tables).finds(11, 11);
      without[name] += found;
      const bool seen = recovery(panel.counted, alone->tables, wide_rules()).determined > 0 ||
                        closeness(panel.counted, alone->tables, wide_rules())->narrow > 0;
      EXPECT_EQ(seen, found > 0) << "the gate, of " << name << ", seed " << seed;
    }
  }
  for (const auto& [name, found] : without) {
    EXPECT_GT(found, 0) << name << " tell nothing together: the test finds nothing";
  }
}

// Dense columns: in some row the one patient has every code, and stands in each column. That they
// know themselves is no reason to refuse.
TEST(TablesTogether, OfDenseColumnsAreHiddenAndNotRefused) {
  protect::Rules rules = wide_rules();
  rules.cover_insiders = true;
  std::size_t rows = 0;
  for (std::uint64_t seed = 1; seed <= 40; ++seed) {
    Random random(seed);
    std::vector<Someone> people;
    for (std::uint64_t i = 0; i < 45; ++i) {
      Someone person{.id = {seed * 1000 + i, i},
                     .age = 6 + static_cast<int>(random.below(12)),
                     .sex = random.below(2) == 0 ? records::Sex::female : records::Sex::male,
                     .place = "69"};
      person.events.push_back({person.id, index_day, "consultation", "C"});
      person.events.push_back({person.id, index_day, "lab", "HBA1C", 6});
      for (const char* code : {"R03BA01", "R03AC02", "R03BA02"}) {
        if (random.below(5) != 0) {
          const int until = random.below(3) == 0 ? 365 : 90;
          person.events.push_back(
              {person.id, index_day + static_cast<int>(random.below(until)), "prescription", code});
        }
      }
      people.push_back(std::move(person));
    }
    const Panel panel =
        ask(people, head + each("a", "\"sex\", \"narrow\"") + by("b", "\"narrow\"", "soon"),
            records::KeyedHash::of_this_run());
    const Result<protect::Protected> made = protect::protect(panel.counted, rules);
    EXPECT_TRUE(made) << "seed " << seed << ": " << made.error().sentence();
    if (made) {
      EXPECT_EQ(recovery(panel.counted, made->tables, rules).determined, 0);
      EXPECT_EQ(closeness(panel.counted, made->tables, rules)->narrow, 0);
      EXPECT_EQ(closeness(panel.counted, made->tables, rules)->taught, 0);
    }
    const std::vector<crowds::Crowd>& cells = panel.counted.tables[0].cells;
    for (std::size_t row = 0; row + 3 < cells.size(); row += 4) {
      rows += cells[row].patients == 1 && cells[row].fingerprint == cells[row + 1].fingerprint &&
                      cells[row].fingerprint == cells[row + 2].fingerprint
                  ? 1
                  : 0;
    }
  }
  EXPECT_GT(rows, 0) << "the test finds nothing";
}

std::vector<Uint128> differences(const crowds::Counted& counted) {
  std::vector<Uint128> found;
  for (const crowds::CrowdOverlap& overlap : counted.overlaps) {
    for (const crowds::Crowd& group : overlap.groups) {
      if (overlap.differences) {
        found.push_back(group.fingerprint);
      }
    }
  }
  return found;
}

// Every cell of one table is held against every cell of the other.
TEST(TablesTogether, NoteTheFewWhomOnlyTheWiderOfTwoCellsCounts) {
  std::size_t pairs = 0;
  for (const auto& [name, tables] : studies()) {
    if (tables.contains("each")) {
      continue;
    }
    for (std::uint64_t seed = 1; seed <= 2; ++seed) {
      const Panel panel = ask(seed, tables);
      const std::vector<crowds::Crowd>& first = panel.counted.tables[0].cells;
      const std::vector<crowds::Crowd>& second = panel.counted.tables[1].cells;
      const Reader reader(
          panel, {example::bare(panel.counted.tables[0]), example::bare(panel.counted.tables[1])});
      const std::vector<Uint128> noted = differences(panel.counted);
      const auto look_at = [&](const crowds::Crowd& outer, std::size_t a,
                               const crowds::Crowd& inner, std::size_t b) {
        const std::int64_t few = std::int64_t{outer.patients} - inner.patients;
        if (inner.patients >= 11 && few > 0 && few < 11 && reader.contains(a, b)) {
          ++pairs;
          EXPECT_TRUE(std::ranges::find(noted, outer.fingerprint - inner.fingerprint) !=
                      noted.end())
              << name << ", seed " << seed << ": " << outer.patients << " - " << inner.patients;
        }
      };
      for (std::size_t a = 0; a < first.size(); ++a) {
        for (std::size_t b = 0; b < second.size(); ++b) {
          look_at(first[a], a, second[b], first.size() + b);
          look_at(second[b], first.size() + b, first[a], a);
        }
      }
    }
  }
  EXPECT_GT(pairs, 10);
}

// Of two published means, one of whose windows lies in the other, the patients are the same or many
// more: else the two sums differ by what a few have.
std::size_t pairs_that_differ_by_few(const std::vector<tables::Table>& tables) {
  std::size_t pairs = 0;
  for (std::size_t cell = 0; cell < tables[0].cells.size(); ++cell) {
    const tables::Cell& soon = tables[0].cells[cell];
    const tables::Cell& year = tables[1].cells[cell];
    const std::int64_t more = year.patients - soon.patients;
    pairs += soon.mean && year.mean && more > 0 && more < 11 ? 1 : 0;
  }
  return pairs;
}

TEST(TablesTogether, GiveNoValueOfAFewAwayByTwoMeans) {
  const std::string tables =
      "[[table]]\nid = \"a\"\nby = [\"sex\"]\nmean = \"sugar\"\n"
      "[[table]]\nid = \"b\"\nby = [\"sex\"]\nmean = \"sugar_of_year\"\n";
  const Panel panel = ask(1, tables);
  const Result<protect::Protected> made = protect::protect(panel.counted, wide_rules());
  ASSERT_TRUE(made) << made.error().sentence();
  EXPECT_EQ(pairs_that_differ_by_few(made->tables), 0);
  crowds::Counted apart = panel.counted;
  apart.overlaps.clear();
  EXPECT_GT(pairs_that_differ_by_few(protect::protect(apart, wide_rules())->tables), 0);
}

}  // namespace
}  // namespace parcours::release
