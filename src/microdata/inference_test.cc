#include "microdata/inference.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <set>

#include "microdata/draws.h"
#include "microdata/testing/worlds.h"

namespace parcours::microdata {
namespace {

using worlds::Table;

Inference infer_last(const Table& table, std::size_t columns, std::size_t attacks,
                     std::uint64_t seed, int threads = 2) {
  const Microdata data = worlds::data_of(table, columns);
  ColumnChoice known = every_column(data);
  known.pop_back();
  Progress progress(Progress::Manner::none);
  const Stop stop;
  return *infer(data, known, columns - 1, {.attacks = attacks, .seed = seed, .threads = threads},
                progress, stop);
}

// The slow twin: the guess by its definition, from the halves that the seed makes.
std::uint32_t guess(const Table& table, const std::vector<std::uint32_t>& exported,
                    const std::vector<std::uint32_t>& person,
                    const std::vector<std::uint32_t>& first_seen) {
  std::size_t most = 0;
  std::map<std::uint32_t, std::size_t> among_nearest;
  std::map<std::uint32_t, std::size_t> in_export;
  for (const std::uint32_t record : exported) {
    std::size_t agree = 0;
    for (std::size_t i = 0; i + 1 < person.size(); ++i) {
      agree += table[record][i] == person[i] ? 1 : 0;
    }
    if (agree > most) {
      most = agree;
      among_nearest.clear();
    }
    if (agree == most) {
      ++among_nearest[table[record].back()];
    }
    ++in_export[table[record].back()];
  }
  std::optional<std::uint32_t> best;
  for (const std::uint32_t value : first_seen) {  // first in the file first
    if (among_nearest.contains(value) &&
        (!best || std::pair(among_nearest[value], in_export[value]) >
                      std::pair(among_nearest[*best], in_export[*best]))) {
      best = value;
    }
  }
  return *best;
}

void check_inference(const Table& table, std::size_t columns, std::uint64_t seed) {
  const Inference found = infer_last(table, columns, table.size(), seed);
  const Halves halves = halves_of(table.size(), seed);
  std::vector<std::uint32_t> first_seen;
  for (const auto& row : table) {
    if (std::ranges::find(first_seen, row.back()) == first_seen.end()) {
      first_seen.push_back(row.back());
    }
  }
  const auto right_of = [&](const std::vector<std::uint32_t>& people) {
    const auto right = std::ranges::count_if(people, [&](std::uint32_t person) {
      return guess(table, halves.exported, table[person], first_seen) == table[person].back();
    });
    return Share::exact(static_cast<double>(right), static_cast<double>(people.size()));
  };
  ASSERT_EQ(found.exported, right_of(halves.exported));
  ASSERT_EQ(found.held_out, right_of(halves.held_out));
  ASSERT_EQ(found.commonest.of, found.held_out.of);
}

TEST(InferenceTest, GuessesAreThoseOfTheDefinitionInEverySmallWorld) {
  worlds::each_table(5, 2, 2, [](const Table& table) { check_inference(table, 2, 1); });
}

RC_GTEST_PROP(InferenceTest, GuessesAreThoseOfTheDefinitionInRandomWorlds, ()) {
  const auto rows = *rc::gen::inRange<std::size_t>(2, 150);
  const auto columns = *rc::gen::inRange<std::size_t>(2, 6);
  const auto seed = *rc::gen::arbitrary<std::uint64_t>();
  check_inference(worlds::random_table(rows, columns, 4, seed), columns, seed);
}

// Two columns that everybody has in common, and an illness: it is learnt as well of strangers.
TEST(InferenceTest, WhatIsLearntOfMedicineIsNoAdvantage) {
  Random random(1);
  Table table(4000);
  for (auto& row : table) {
    const std::uint32_t smokes = random.below(2);
    row = {smokes, random.below(10) < 9 ? smokes : 1 - smokes};
  }
  const Inference found = infer_last(table, 2, 2000, 2);
  EXPECT_NEAR(found.exported.value(), 0.9, 0.03);
  EXPECT_NEAR(found.advantage(), 0, 0.03);
  EXPECT_NEAR(found.commonest.value(), 0.5, 0.05);
}

// Everybody has a number of their own, and an illness that has nothing to do with it: all that is
// learnt is learnt of those in the export.
TEST(InferenceTest, WhatIsLearntOfThePersonIsAllAdvantage) {
  Random random(3);
  Table table(2000);
  for (std::uint32_t i = 0; i < table.size(); ++i) {
    table[i] = {i, random.below(2)};
  }
  const Inference found = infer_last(table, 2, 1000, 4);
  EXPECT_EQ(found.exported.value(), 1);
  EXPECT_NEAR(found.advantage(), 0.5, 0.06);
}

TEST(InferenceTest, TheFiguresDoNotDependOnTheThreads) {
  const Table table = worlds::random_table(3000, 5, 8, 5);
  const Inference one = infer_last(table, 5, 500, 6, 1);
  const Inference three = infer_last(table, 5, 500, 6, 3);
  EXPECT_EQ(one.exported, three.exported);
  EXPECT_EQ(one.held_out, three.held_out);
}

TEST(MembershipTest, IsWhoHasAnEqualInTheExport) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    const Table table = worlds::random_table(40, 2, 5, seed);
    const Microdata data = worlds::data_of(table, 2);
    const Membership found = membership(data, every_column(data), seed, 1);
    const Halves halves = halves_of(table.size(), seed);
    std::set<std::vector<std::uint32_t>> exported;
    for (const std::uint32_t record : halves.exported) {
      exported.insert(table[record]);
    }
    std::uint64_t said = 0;
    for (const std::uint32_t record : halves.held_out) {
      said += exported.contains(table[record]) ? 1 : 0;
    }
    EXPECT_EQ(found.held_out,
              Share::exact(static_cast<double>(said), static_cast<double>(halves.held_out.size())));
    EXPECT_EQ(found.exported.value(), 1);
  }
}

}  // namespace
}  // namespace parcours::microdata
