#include "past/people.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "base/random.h"
#include "past/everybody.h"

namespace parcours::past {
namespace {

// Of one table; whose place is their pseudonym, so that it shows who they are.
crowds::Roll roll_of(const std::vector<std::pair<std::uint64_t, records::PracticeId>>& people) {
  crowds::Roll roll;
  roll.tables.resize(1);
  for (const auto& [id, practice] : people) {
    roll.ids.push_back({0, id});
    roll.practices.push_back(practice);
    roll.tables[0].places.push_back(static_cast<std::uint32_t>(id));
  }
  return roll;
}

crowds::Roll some_roll(Random& random) {
  std::vector<std::pair<std::uint64_t, records::PracticeId>> people;
  for (std::uint64_t id = 0; id < 60; ++id) {
    if (random.below(3) != 0) {
      people.emplace_back(id, random.below(5));
    }
  }
  return roll_of(people);
}

TEST(People, AreNumberedByPracticeOnceForAll) {
  People people;
  const PastRoll first = people.enter(roll_of({{10, 2}, {20, 1}, {30, 2}, {40, 1}}));
  EXPECT_EQ(first.people, (std::vector<std::uint32_t>{0, 1, 2, 3}));
  EXPECT_EQ(first.tables[0].places, (std::vector<std::uint32_t>{20, 40, 10, 30}));
  EXPECT_TRUE(first.elsewhere.empty());
  // One went to another practice, one is new.
  const PastRoll second = people.enter(roll_of({{10, 3}, {25, 0}, {40, 1}}));
  EXPECT_EQ(second.people, (std::vector<std::uint32_t>{1, 2, 4}));
  EXPECT_EQ(second.tables[0].places, (std::vector<std::uint32_t>{40, 10, 25}));
  EXPECT_EQ(second.elsewhere, (std::vector<PastRoll::Elsewhere>{{1, 3}}));
  EXPECT_EQ(people.count(), 5u);
  EXPECT_EQ(people.find({0, 25}), 4u);
  EXPECT_EQ(people.find({0, 26}), std::nullopt);
}

TEST(People, AreReadAsTheyWereWritten) {
  Random random(1);
  People people;
  People read;
  for (int i = 0; i < 20; ++i) {
    const std::size_t before = people.count();
    const PastRoll roll = people.enter(some_roll(random));
    ASSERT_TRUE(read.add(people.to_bytes(before)));
    ASSERT_EQ(read.count(), people.count());
    PastRoll again{std::vector<std::uint32_t>(roll.patients()), {}, roll.tables};
    ASSERT_TRUE(read_people(people_to_bytes(roll), read.count(), again));
    EXPECT_EQ(again, roll);
    for (std::size_t p = 0; p < roll.patients(); ++p) {
      EXPECT_EQ(read.id(roll.people[p]).low, roll.tables[0].places[p]);
    }
  }
}

TEST(People, ThatAreOutOfOrderOrUnknownAreRefused) {
  const auto reads = [](const std::vector<std::uint32_t>& numbers, std::size_t count) {
    PastRoll roll{std::vector<std::uint32_t>(2), {}, {}};
    return read_people(people_to_bytes({numbers, {}, {}}), count, roll);
  };
  EXPECT_TRUE(reads({3, 4}, 5));
  EXPECT_FALSE(reads({3, 3}, 5));
  EXPECT_FALSE(reads({3, 4}, 4));
  EXPECT_FALSE(reads({3}, 5));
  EXPECT_FALSE(reads({1, 2, 3}, 5));
}

TEST(Everybody, IsHeldByThePracticeThatTheStudySays) {
  Random random(2);
  const records::KeyedHash fingerprints = records::KeyedHash::of_this_run();
  People people;
  for (int i = 0; i < 20; ++i) {
    const crowds::Roll counted = some_roll(random);
    const PastRoll roll = people.enter(counted);
    const Everybody everybody(people, roll, fingerprints);
    ASSERT_EQ(everybody.count(), people.count());
    const std::set<std::uint32_t> in_roll(roll.people.begin(), roll.people.end());
    for (std::size_t p = 0; p < counted.patients(); ++p) {
      const std::uint32_t turn = everybody.turn(*people.find(counted.ids[p]));
      EXPECT_EQ(everybody.practices()[turn], counted.practices[p]);
      EXPECT_EQ(everybody.hashes()[turn], fingerprints(counted.ids[p]));
    }
    EXPECT_TRUE(std::ranges::is_sorted(everybody.practices()));
    std::set<std::uint32_t> turns;
    for (std::uint32_t number = 0; number < people.count(); ++number) {
      EXPECT_TRUE(turns.insert(everybody.turn(number)).second);
      if (!in_roll.contains(number)) {
        EXPECT_EQ(everybody.practices()[everybody.turn(number)], people.practice(number));
      }
    }
  }
}

}  // namespace
}  // namespace parcours::past
