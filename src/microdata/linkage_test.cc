#include "microdata/linkage.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "microdata/testing/worlds.h"

namespace parcours::microdata {
namespace {

using worlds::Table;

Progress silence(Progress::Manner::none);
const Stop no_stop;

// The slow twin: the last column says who it is.
void check_linkage(const Table& one, const Table& other) {
  const Microdata first = worlds::data_of(one, 3);
  const Microdata second = worlds::data_of(other, 3);
  const auto found = link(first, ColumnChoice{0, 1}, second, "c2",
                          {.attacks = 100, .seed = 1, .threads = 2}, silence, no_stop);
  ASSERT_TRUE(found);
  const auto alike = [](const auto& a, const auto& b) { return a[0] == b[0] && a[1] == b[1]; };
  const auto agree = [](const auto& a, const auto& b) { return (a[0] == b[0]) + (a[1] == b[1]); };
  std::uint64_t candidates = 0;
  std::uint64_t joined = 0;
  std::uint64_t right = 0;
  std::uint64_t in_both = 0;
  double guessed = 0;
  double by_chance = 0;
  for (const auto& record : one) {
    const auto like_it = [&](const auto& row) { return alike(row, record); };
    const auto same_person = [&](const auto& row) { return row[2] == record[2]; };
    const auto here = std::ranges::count_if(one, like_it);
    const auto there = std::ranges::count_if(other, like_it);
    candidates += there > 0 ? 1 : 0;
    if (here == 1 && there == 1) {
      ++joined;
      right += same_person(*std::ranges::find_if(other, like_it)) ? 1 : 0;
    }
    const auto itself = std::ranges::count_if(other, same_person);
    if (itself > 0) {
      ++in_both;
      int most = 0;
      for (const auto& row : other) {
        most = std::max(most, agree(row, record));
      }
      double nearest = 0;
      double of_them = 0;
      for (const auto& row : other) {
        nearest += agree(row, record) == most ? 1 : 0;
        of_them += agree(row, record) == most && same_person(row) ? 1 : 0;
      }
      guessed += of_them / nearest;
      by_chance += static_cast<double>(itself) / static_cast<double>(other.size());
    }
  }
  ASSERT_EQ(found->alike.some, candidates);
  ASSERT_EQ(found->joined,
            Share::exact(static_cast<double>(joined), static_cast<double>(one.size())));
  ASSERT_TRUE(found->known);
  ASSERT_EQ(found->known->in_both, in_both);
  ASSERT_EQ(found->known->joined_right.some, right);
  ASSERT_EQ(found->known->guessed_right.of, in_both);
  ASSERT_NEAR(found->known->guessed_right.some, guessed, 1e-9);
  ASSERT_NEAR(found->known->guessed_right_by_chance.some, by_chance, 1e-9);
}

TEST(LinkageTest, JoinsAreThoseOfTheDefinitionInEverySmallWorld) {
  worlds::each_table(2, 3, 2, [](const Table& one) {
    worlds::each_table(2, 3, 2, [&](const Table& other) { check_linkage(one, other); });
  });
}

TEST(LinkageTest, JoinsAreThoseOfTheDefinitionInRandomWorlds) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    check_linkage(worlds::random_table(60, 3, 9, seed), worlds::random_table(80, 3, 9, seed + 100));
  }
}

// The slow twin where numbers are not known: the value 0 is an empty cell.
using Cells = std::vector<std::vector<std::string>>;

Cells cells_of(const Table& table) {
  Cells cells;
  for (const auto& row : table) {
    std::vector<std::string>& texts = cells.emplace_back();
    for (const std::uint32_t value : row) {
      texts.push_back(value == 0 ? std::string() : std::to_string(value));
    }
  }
  return cells;
}

using Row = std::vector<std::string>;

// The columns that both know.
std::vector<std::size_t> known_of_both(const Row& a, const Row& b) {
  std::vector<std::size_t> known;
  for (std::size_t c = 0; c < a.size(); ++c) {
    if (!a[c].empty() && !b[c].empty()) {
      known.push_back(c);
    }
  }
  return known;
}

bool knows_and_is_so(const Row& row, const Row& as, const std::vector<std::size_t>& columns) {
  return !columns.empty() && std::ranges::all_of(columns, [&](std::size_t c) {
    return !row[c].empty() && row[c] == as[c];
  });
}

void check_linkage_with_unknown(const Table& one, const Table& other) {
  const Cells first = cells_of(one);
  const Cells second = cells_of(other);
  const std::vector<std::string> names = {"a", "b", "c"};
  const Microdata data = microdata_of(names, first);
  const auto found = link(data, every_column(data), microdata_of(names, second), {},
                          {.attacks = 1, .seed = 1, .threads = 2}, silence, no_stop);
  ASSERT_TRUE(found);
  int alike = 0;
  std::vector<std::pair<std::size_t, std::size_t>> pairs;
  for (std::size_t i = 0; i < first.size(); ++i) {
    bool has_alike = false;
    for (std::size_t j = 0; j < second.size(); ++j) {
      const auto columns = known_of_both(first[i], second[j]);
      const auto like_it = [&](const Row& row) { return knows_and_is_so(row, first[i], columns); };
      has_alike = has_alike || like_it(second[j]);
      if (like_it(second[j]) && std::ranges::count_if(first, like_it) == 1 &&
          std::ranges::count_if(second, like_it) == 1) {
        pairs.emplace_back(i, j);
      }
    }
    alike += has_alike ? 1 : 0;
  }
  const auto joined = std::ranges::count_if(pairs, [&](const auto& pair) {
    return std::ranges::count(pairs, pair.first, [](const auto& p) { return p.first; }) == 1 &&
           std::ranges::count(pairs, pair.second, [](const auto& p) { return p.second; }) == 1;
  });
  ASSERT_EQ(found->alike.some, alike);
  ASSERT_EQ(found->joined.some, joined);
}

TEST(LinkageTest, AnUnknownNumberIsAlikeToNoOtherInEverySmallWorld) {
  worlds::each_table(2, 3, 2, [](const Table& one) {
    worlds::each_table(2, 3, 2,
                       [&](const Table& other) { check_linkage_with_unknown(one, other); });
  });
}

TEST(LinkageTest, AnUnknownNumberIsAlikeToNoOtherInRandomWorlds) {
  for (std::uint64_t seed = 0; seed < 30; ++seed) {
    check_linkage_with_unknown(worlds::random_table(40, 3, 7, seed),
                               worlds::random_table(50, 3, 7, seed + 100));
  }
}

// Two strangers share no age because it is not known of either.
TEST(LinkageTest, AnUnknownNumberJoinsNoStrangers) {
  const Microdata first = microdata_of({"sex", "age"}, {{"F", "34"}, {"F", ""}, {"M", "51"}});
  const Microdata second = microdata_of({"sex", "age"}, {{"F", "47"}, {"F", ""}, {"M", "51"}});
  const auto found =
      link(first, ColumnChoice{0, 1}, second, {}, {.attacks = 1, .seed = 1}, silence, no_stop);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->joined.some, 1);  // the man
}

// An empty word may say something: that there is no second diagnosis.
TEST(LinkageTest, AnEmptyWordIsAValueLikeAnyOther) {
  const Microdata first = microdata_of({"sex", "second"}, {{"F", "I10"}, {"F", ""}});
  const auto found =
      link(first, ColumnChoice{0, 1}, first, {}, {.attacks = 1, .seed = 1}, silence, no_stop);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->joined.some, 2);
}

// Three columns of a hundred values: nobody in common by chance, everybody by themselves.
TEST(LinkageTest, WhoIsJoinedByChanceIsFoundByShuffling) {
  Random random(1);
  Table table(2000);
  for (auto& row : table) {
    row = {random.below(100), random.below(100), random.below(100)};
  }
  const Microdata data = worlds::data_of(table, 3);
  const auto found =
      link_halves(data, every_column(data), {.attacks = 100, .seed = 2}, silence, no_stop);
  ASSERT_TRUE(found && found->known);
  EXPECT_GT(found->joined.some, 1950);
  EXPECT_EQ(found->joined, found->known->joined_right);
  EXPECT_LT(found->joined_by_chance.some, 40);
  EXPECT_GT(found->known->guessed_right.some, 95);
}

// In one column every value is somebody's own: shuffled, it is joined as often, and never rightly.
TEST(LinkageTest, WhereChanceJoinsAllTheFiguresSayIt) {
  Table table;
  for (std::uint32_t i = 0; i < 100; ++i) {
    table.push_back({i});
  }
  const Microdata data = worlds::data_of(table, 1);
  const auto found =
      link_halves(data, every_column(data), {.attacks = 10, .seed = 3}, silence, no_stop);
  ASSERT_TRUE(found);
  EXPECT_EQ(found->joined.some, 100);
  EXPECT_EQ(found->joined_by_chance.some, 100);
}

TEST(LinkageTest, WithoutWhoIsWhoThereIsNoRightAndWrong) {
  const Microdata data = worlds::data_of({{1}, {2}}, 1);
  const auto found =
      link(data, ColumnChoice{0}, data, {}, {.attacks = 1, .seed = 1}, silence, no_stop);
  ASSERT_TRUE(found);
  EXPECT_FALSE(found->known);
  EXPECT_EQ(found->joined.some, 2);
}

TEST(LinkageTest, AColumnThatTheSecondFileLacksIsAnError) {
  const Microdata first = microdata_of({"region"}, {{"1"}});
  const Microdata second = microdata_of({"area"}, {{"1"}});
  EXPECT_FALSE(
      link(first, ColumnChoice{0}, second, {}, {.attacks = 1, .seed = 1}, silence, no_stop));
}

}  // namespace
}  // namespace parcours::microdata
