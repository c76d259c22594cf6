#include "past/place_pairs.h"

#include <gtest/gtest.h>

#include <map>
#include <set>

#include "base/random.h"

namespace parcours::past {
namespace {

TEST(PlacePairs, HaveOneNumberEachInTablesOfAnySize) {
  constexpr std::uint32_t large = std::uint32_t{1} << 31;
  PlacePairNumbers few(3, 4);
  PlacePairNumbers many(large, large);
  Random random(1);
  for (int i = 0; i < 1000; ++i) {
    const std::uint32_t past = random.below(5);
    const std::uint32_t now = random.below(6);
    const std::uint32_t number = few.number(past, now);
    ASSERT_EQ(number,
              many.number(past < 3 ? past : large + past - 3, now < 4 ? now : large + now - 4));
    const PlacePair expected{.past = past < 3 ? past : study::no_cell,
                             .now = now < 4 ? now : study::no_cell,
                             .in_past = past <= 3,
                             .in_now = now <= 4};
    ASSERT_EQ(few.pairs()[number], expected);
  }
  EXPECT_EQ(few.pairs(), many.pairs());
  EXPECT_EQ(few.pairs().size(), 5 * 6) << "not counted, and not in the roll, are two more";
}

// A roll of one table, with some of 80 people.
crowds::Roll some_roll(Random& random, std::uint32_t places) {
  crowds::Roll roll;
  roll.tables.resize(1);
  for (std::uint64_t id = 0; id < 80; ++id) {
    if (random.below(3) != 0) {
      roll.ids.push_back({0, id});
      roll.practices.push_back(random.below(6));
      roll.tables[0].places.push_back(random.below(5) == 0 ? study::no_cell : random.below(places));
    }
  }
  return roll;
}

// Held to counting one person after another.
TEST(PlacePairs, CountWhoHasThemAndWhoseTheyAre) {
  Random random(3);
  const records::KeyedHash fingerprints = records::KeyedHash::of_this_run();
  for (int round = 0; round < 100; ++round) {
    People people;
    people.enter(some_roll(random, 2));  // so that some are held elsewhere than the register says
    const crowds::Roll before = some_roll(random, 3);
    const crowds::Roll after = some_roll(random, 4);
    const PastRoll past = people.enter(before);
    const PastRoll now = people.enter(after);
    const Everybody everybody(people, now, fingerprints);

    struct Someone {
      PlacePair pair;
      records::PracticeId practice;
    };
    std::map<std::uint64_t, Someone> slow;
    for (std::size_t i = 0; i < before.patients(); ++i) {
      Someone& person = slow[before.ids[i].low];
      person.pair.past = before.tables[0].places[i];
      person.pair.in_past = true;
      person.practice = before.practices[i];
    }
    for (std::size_t i = 0; i < after.patients(); ++i) {
      Someone& person = slow[after.ids[i].low];
      person.pair.now = after.tables[0].places[i];
      person.pair.in_now = true;
      person.practice = after.practices[i];
    }
    std::vector<HeldElsewhere> elsewhere;
    for (const auto& [id, person] : slow) {
      const std::uint32_t number = *people.find({0, id});
      if (!person.pair.in_now && person.practice != people.practice(number)) {
        elsewhere.push_back({everybody.turn(number), person.practice});
      }
    }

    const Result<PlacePairs> found =
        place_pairs(standing_in(past, 0, 3, everybody), standing_in(now, 0, 4, everybody),
                    everybody, elsewhere, 20);
    ASSERT_TRUE(found);
    std::size_t people_found = 0;
    for (std::size_t i = 0; i < found->size(); ++i) {
      std::uint32_t patients = 0;
      Uint128 hashes = 0;
      std::map<records::PracticeId, std::uint32_t> practices;
      for (const auto& [id, person] : slow) {
        if (person.pair == found->pairs[i]) {
          ++patients;
          hashes += fingerprints(records::PatientId{0, id});
          ++practices[person.practice];
        }
      }
      std::uint32_t largest = 0;
      for (const auto& [practice, of_it] : practices) {
        largest = std::max(largest, of_it);
      }
      const crowds::Crowd crowd = found->people.crowd(i);
      EXPECT_EQ(crowd.patients, patients);
      EXPECT_EQ(crowd.fingerprint, hashes);
      EXPECT_EQ(crowd.practices, practices.size());
      EXPECT_EQ(crowd.largest_practice, largest);
      EXPECT_EQ(crowd.only_practice, practices.size() == 1 ? practices.begin()->first + 1 : 0);
      people_found += patients;
    }
    EXPECT_EQ(people_found, slow.size());
  }
}

}  // namespace
}  // namespace parcours::past
