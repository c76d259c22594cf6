// What three tables of two variables each tell together and no two of them do (docs/audit.md,
// "Three tables together"): how often that narrows an unsafe cell. The reader of testing/outsider.h
// has every combination of what exists of each variable for an unknown, and knows that none is
// negative.
#include <gtest/gtest.h>

#include "release/testing/outsider.h"

namespace parcours::release {
namespace {

using namespace outsider;

// Each pair of three variables in a table of its own.
std::string in_pairs(const std::array<const char*, 3>& variables) {
  std::string tables;
  for (std::size_t v = 0; v < 3; ++v) {
    const std::string quoted = fmt::format("\"{}\"", variables[v]);
    tables += by(std::array{"a", "b", "c"}[v], quoted.c_str(), variables[(v + 1) % 3]);
  }
  return tables;
}

std::size_t narrow_unsafe(const Panel& panel, const std::vector<tables::Table>& tables) {
  return Reader(panel, tables).narrow_cells(11, 11);
}

std::size_t unsafe_cells(const crowds::Counted& counted) {
  std::set<Uint128> unsafe;
  for (const crowds::CrowdTable& table : counted.tables) {
    for (const crowds::Crowd& crowd : table.cells) {
      if (crowd.patients > 0 && crowd.patients < 11) {
        unsafe.insert(crowd.fingerprint);
      }
    }
  }
  return unsafe.size();
}

// Where no variable says much of another, three tables narrow nothing that two do not.
TEST(ThreeTables, OfVariablesThatDoNotExcludeEachOtherNarrowNothing) {
  std::size_t unsafe = 0;
  for (const auto& variables :
       {std::array{"place", "narrow", "steroid"}, std::array{"sex", "place", "late"},
        std::array{"place", "moved", "late"}}) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      const Panel panel = ask(seed, in_pairs(variables));
      const Result<protect::Protected> made = protect::protect(panel.counted, wide_rules());
      ASSERT_TRUE(made) << made.error().sentence();
      EXPECT_EQ(narrow_unsafe(panel, made->tables), 0u) << variables[0] << ", seed " << seed;
      unsafe += unsafe_cells(panel.counted);
    }
  }
  EXPECT_GT(unsafe, 50u);
}

// Only women take the steroid, and nearly all of them.
std::vector<Someone> steroids_for_women(std::uint64_t seed) {
  Random random(seed, 5);
  std::vector<Someone> people = some_people(seed);
  for (Someone& person : people) {
    std::erase_if(person.events,
                  [](const vault::SmallEvent& event) { return event.code == "R03BA01"; });
    if (person.sex == records::Sex::female && random.below(20) != 0) {
      person.events.push_back({person.id, index_day + 10, "prescription", "R03BA01"});
    }
  }
  return people;
}

crowds::Counted without_zeros_of_a_third(const Panel& panel) {
  crowds::Counted made = panel.counted;
  std::erase_if(made.overlaps, [](const crowds::CrowdOverlap& overlap) {
    return overlap.differences || overlap.present.empty();
  });
  return made;
}

// Of 100 women of a place 94 take it: 6 do not, for no man does.
TEST(ThreeTables, GiveNobodyAwayByTheZerosOfAThird) {
  std::size_t without = 0;
  for (const char* other : {"place", "narrow"}) {
    for (std::uint64_t seed = 1; seed <= 3; ++seed) {
      const Panel panel = ask(steroids_for_women(seed), head + in_pairs({"sex", other, "steroid"}),
                              records::KeyedHash::of_this_run());
      const Result<protect::Protected> made = protect::protect(panel.counted, wide_rules());
      ASSERT_TRUE(made) << made.error().sentence();
      EXPECT_EQ(Reader(panel, made->tables).finds(11, 11), 0u) << other << ", seed " << seed;
      EXPECT_EQ(recovery(panel.counted, made->tables, wide_rules()).determined, 0u);
      EXPECT_EQ(closeness(panel.counted, made->tables, wide_rules())->narrow, 0u);

      const Result<protect::Protected> alone =
          protect::protect(without_zeros_of_a_third(panel), wide_rules());
      ASSERT_TRUE(alone);
      const std::size_t found = Reader(panel, alone->tables).finds(11, 11);
      without += found;
      const bool seen = recovery(panel.counted, alone->tables, wide_rules()).determined > 0 ||
                        closeness(panel.counted, alone->tables, wide_rules())->narrow > 0;
      EXPECT_EQ(seen, found > 0) << "the gate, " << other << ", seed " << seed;
    }
  }
  EXPECT_GT(without, 5u) << "the test finds nothing";
}

}  // namespace
}  // namespace parcours::release
