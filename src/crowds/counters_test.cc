// The algebra of crowds, against crowds of sets.
#include "crowds/counters.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <vector>

namespace parcours::crowds {
namespace {

// A patient and the practices that they were seen in: at least one.
struct Person {
  Uint128 hash;
  std::set<records::PracticeId> practices;
};
using People = std::vector<Person>;

// Hashes as a keyed hash would give them: without pattern, wrapping around.
Uint128 hash_of(std::uint64_t number) {
  return (Uint128{number} + 1) * ((Uint128{0x9e3779b97f4a7c15} << 64) | 0xbf58476d1ce4e5b9);
}

People people_of(const std::vector<std::vector<records::PracticeId>>& practices) {
  People people;
  for (const std::vector<records::PracticeId>& of_one : practices) {
    Person person{hash_of(people.size()), {of_one.begin(), of_one.end()}};
    if (person.practices.empty()) {
      person.practices.insert(0);
    }
    people.push_back(person);
  }
  return people;
}

// One crowd, each arrival coming twice, since a patient may have many events in a cell.
Counters crowd_of(const People& people, std::uint32_t practices_exact) {
  Counters counters = *Counters::make(1, practices_exact);
  const std::uint32_t twice[] = {0, 0};
  std::uint32_t turn = 0;
  for (const Person& person : people) {
    const std::uint32_t first = turn + 1;
    for (const records::PracticeId practice : person.practices) {
      const std::uint32_t key = practice + 1;
      const Arrival arrival{.hash = person.hash,
                            .key = key,
                            .class_word = counters.layout().class_word(key),
                            .turn = ++turn,
                            .first = first};
      counters.add(twice, arrival);
    }
  }
  return counters;
}

Counters sum(const Counters& a, const Counters& b) {
  Counters result = *Counters::make(1, a.layout().kept());
  result.merge(a);
  result.merge(b);
  return result;
}

struct Truth {
  std::uint32_t patients = 0;
  std::uint32_t practices = 0;
  std::uint32_t largest_practice = 0;
  Uint128 fingerprint = 0;
};

Truth truth_of(const People& people) {
  Truth truth;
  std::map<records::PracticeId, std::uint32_t> patients_of;
  for (const Person& person : people) {
    ++truth.patients;
    truth.fingerprint += person.hash;
    for (const records::PracticeId practice : person.practices) {
      truth.largest_practice = std::max(truth.largest_practice, ++patients_of[practice]);
    }
  }
  truth.practices = static_cast<std::uint32_t>(patients_of.size());
  return truth;
}

rc::Gen<std::uint32_t> any_practices_exact() {
  return rc::gen::inRange<std::uint32_t>(1, most_practices_exact + 1);
}

// Few practices and many, so that both sides of the number kept come up.
rc::Gen<People> any_people() {
  return rc::gen::mapcat(
      rc::gen::element<records::PracticeId>(2, 5, 30, 4000), [](records::PracticeId below) {
        return rc::gen::map(
            rc::gen::container<std::vector<std::vector<records::PracticeId>>>(
                rc::gen::resize(3, rc::gen::container<std::vector<records::PracticeId>>(
                                       rc::gen::inRange<records::PracticeId>(0, below)))),
            people_of);
      });
}

RC_GTEST_PROP(Crowds, C1_AnySplitInAnyOrderMergesToTheSameCrowd, ()) {
  const std::uint32_t n = *any_practices_exact();
  People people = *any_people();
  const Counters whole = crowd_of(people, n);
  for (std::size_t i = people.size(); i > 1; --i) {
    std::swap(people[i - 1], people[*rc::gen::inRange<std::size_t>(0, i)]);
  }
  std::vector<People> parts(4);
  for (const Person& person : people) {
    parts[*rc::gen::inRange<std::size_t>(0, parts.size())].push_back(person);
  }
  Counters merged = *Counters::make(1, n);
  for (const People& part : parts) {
    merged.merge(crowd_of(part, n));
  }
  RC_ASSERT(same(merged, 0, whole, 0));
}

RC_GTEST_PROP(Crowds, C1_MergingIsCommutativeAndAssociativeAndTheEmptyCrowdIsNeutral, ()) {
  const std::uint32_t n = *any_practices_exact();
  const Counters a = crowd_of(*any_people(), n);
  const Counters b = crowd_of(*any_people(), n);
  const Counters c = crowd_of(*any_people(), n);
  const Counters nobody = *Counters::make(1, n);
  RC_ASSERT(same(sum(a, b), 0, sum(b, a), 0));
  RC_ASSERT(same(sum(sum(a, b), c), 0, sum(a, sum(b, c)), 0));
  RC_ASSERT(same(sum(a, nobody), 0, a, 0));
  RC_ASSERT(same(sum(nobody, a), 0, a, 0));
}

RC_GTEST_PROP(Crowds, C2_PracticesAreExactUpToTheNumberAskedFor, ()) {
  const std::uint32_t n = *any_practices_exact();
  const People people = *any_people();
  const Truth truth = truth_of(people);
  const Crowd crowd = crowd_of(people, n).crowd(0);
  RC_ASSERT(crowd.patients == truth.patients);
  RC_ASSERT(crowd.practices == std::min(truth.practices, n));
}

RC_GTEST_PROP(Crowds, C3_TheLargestPracticeIsNeverTooLowAndExactUpToOnePracticeMoreThanAskedFor,
              ()) {
  const std::uint32_t n = *any_practices_exact();
  const People people = *any_people();
  const Truth truth = truth_of(people);
  const Crowd crowd = crowd_of(people, n).crowd(0);
  RC_ASSERT(crowd.largest_practice >= truth.largest_practice);
  RC_ASSERT(crowd.largest_practice <= truth.patients);
  if (truth.practices <= n + 1) {
    RC_ASSERT(crowd.largest_practice == truth.largest_practice);
  }
}

RC_GTEST_PROP(Crowds, C4_EqualSetsOfPatientsHaveEqualFingerprintsAndOthersDiffer, ()) {
  People people = *any_people();
  const Crowd before = crowd_of(people, 3).crowd(0);
  RC_ASSERT(before.fingerprint == truth_of(people).fingerprint);
  std::reverse(people.begin(), people.end());
  RC_ASSERT(crowd_of(people, 3).crowd(0).fingerprint == before.fingerprint);
  RC_PRE(!people.empty());
  people.pop_back();
  RC_ASSERT(crowd_of(people, 3).crowd(0).fingerprint != before.fingerprint);
}

RC_GTEST_PROP(Crowds, C5_TheOnlyPracticeIsExact, ()) {
  const std::uint32_t n = *any_practices_exact();
  const People people = *any_people();
  std::set<records::PracticeId> practices;
  for (const Person& person : people) {
    practices.insert(person.practices.begin(), person.practices.end());
  }
  const bool one = n > 1 && practices.size() == 1;
  RC_ASSERT(crowd_of(people, n).crowd(0).only_practice == (one ? *practices.begin() + 1 : 0));
}

TEST(Crowds, C3_ManyPracticesOfOneSizeDoNotLookLikeOneThatDominates) {
  People people;
  for (std::uint64_t i = 0; i < 1000; ++i) {
    people.push_back({hash_of(i), {static_cast<records::PracticeId>(i % 100)}});
  }
  EXPECT_LT(crowd_of(people, 3).crowd(0).largest_practice, 500);
}

TEST(Crowds, OneCacheLineHoldsACrowdOfThreePractices) {
  EXPECT_EQ(CrowdLayout(1).stride(), 16);
  EXPECT_EQ(CrowdLayout(3).stride(), 16);
  EXPECT_EQ(CrowdLayout(3).classes(), 4);
  EXPECT_EQ(CrowdLayout(20).stride(), 64);
  EXPECT_GE(CrowdLayout(20).classes(), 4);
}

TEST(Crowds, ForgettingTurnsKeepsWhatWasCounted) {
  Counters crowd = crowd_of({{hash_of(1), {1, 2}}}, 3);
  const Counters before = crowd_of({{hash_of(1), {1, 2}}}, 3);
  crowd.forget_turns();
  EXPECT_TRUE(same(crowd, 0, before, 0));
  const Arrival next{.hash = hash_of(2),
                     .key = 2,
                     .class_word = crowd.layout().class_word(2),
                     .turn = 1,
                     .first = 1};
  crowd.add(std::vector<std::uint32_t>{0}, next);
  EXPECT_EQ(crowd.crowd(0).patients, 2);
}

TEST(Crowds, AskingForMoreCellsThanMemoryIsAnError) {
  const Result<Counters> counters = Counters::make(std::size_t{1} << 60, 3);
  ASSERT_FALSE(counters);
  EXPECT_EQ(counters.error().fault, Fault::machine);
}

RC_GTEST_PROP(ValueCrowds, MergeToWhatAddingOneByOneGives,
              (const std::vector<std::int32_t>& values)) {
  ValueCrowd whole;
  ValueCrowd parts[3];
  std::vector<Micro> sizes{0, 0};
  Int128 sum = 0;
  for (const std::int32_t value : values) {
    whole.add(value);
    parts[*rc::gen::inRange<std::size_t>(0, 3)].add(value);
    sizes.push_back(std::abs(Micro{value}));
    sum += value;
  }
  ValueCrowd merged = parts[2];
  merged.merge(parts[0]);
  merged.merge(parts[1]);
  RC_ASSERT(merged == whole);
  std::sort(sizes.rbegin(), sizes.rend());
  RC_ASSERT(whole.sum == sum);
  RC_ASSERT(whole.largest == sizes[0]);
  RC_ASSERT(whole.second == sizes[1]);
}

TEST(ValueCrowds, AValueThatCannotBeSummedExactlyIsRefused) {
  EXPECT_EQ(micro(1.5), 1'500'000);
  EXPECT_EQ(micro(-0.000001), -1);
  EXPECT_FALSE(micro(1e13));
  EXPECT_FALSE(micro(std::numeric_limits<double>::infinity()));
  EXPECT_FALSE(micro(std::numeric_limits<double>::quiet_NaN()));
}

}  // namespace
}  // namespace parcours::crowds
