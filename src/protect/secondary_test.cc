#include "protect/secondary.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "protect/publishing.h"
#include "protect/testing/any_sums.h"
#include "sums/elimination.h"

namespace parcours::protect {
namespace {

using namespace example;

Sums any_sums() {
  Sums sums = sums_of(*rc::gen::elementOf(std::vector<std::vector<std::size_t>>{
      {4}, {3, 3}, {4, 5}, {2, 2, 2}, {3, 2, 4}, {2, 2, 2, 2}}));
  const auto rare = *rc::gen::inRange(2, 12);
  for (std::size_t s = 0; s + 1 < sums.unsafe.size(); ++s) {
    sums.unsafe[s] = *rc::gen::inRange(0, rare) == 0;
    sums.costs[s] = *rc::gen::inRange<std::uint64_t>(1, 100);
  }
  sums.fixed.back() = *rc::gen::arbitrary<bool>();  // the grand total
  return sums;
}

RC_GTEST_PROP(Secondary, G1LeavesNoHiddenSumDetermined, ()) {
  const Sums sums = any_sums();
  const std::vector<bool> hidden = hide(sums).value();
  RC_ASSERT(sums::eliminate(sums.relations, hidden).determined.empty());
  for (std::size_t s = 0; s < hidden.size(); ++s) {
    RC_ASSERT(hidden[s] || !sums.unsafe[s]);
    RC_ASSERT(!hidden[s] || !sums.fixed[s]);
  }
}

RC_GTEST_PROP(Secondary, G2HidesNothingThatCouldBePublishedByItself, ()) {
  const Sums sums = any_sums();
  std::vector<bool> hidden = hide(sums).value();
  for (std::size_t s = 0; s < hidden.size(); ++s) {
    if (!hidden[s] || sums.unsafe[s]) {
      continue;
    }
    hidden[s] = false;
    bool gives_away = false;
    for (const std::uint32_t sum : sums::eliminate(sums.relations, hidden).determined) {
      gives_away = gives_away || sums.unsafe[sum];
    }
    RC_ASSERT(gives_away);
    hidden[s] = true;
  }
}

// How many exposed sums the practices work out, each from all that it is alone in.
std::size_t learnt_by_practices(const Sums& sums, const Hidden& hidden) {
  std::size_t learnt = 0;
  for (const std::uint32_t practice : {1u, 2u}) {
    Hidden open = hidden;
    for (std::size_t s = 0; s < open.size(); ++s) {
      open[s] = open[s] && sums.practice[s] != practice;
    }
    for (const std::uint32_t sum : sums::eliminate(sums.relations, open).determined) {
      learnt += sums.exposed[sum] ? 1 : 0;
    }
  }
  return learnt;
}

// The effort suffices to ask the practices about each sum, or about none.
RC_GTEST_PROP(Secondary, CoversPracticesHoweverMuchTheyKnow, ()) {
  Sums sums = any_sums();
  sums.exposed = sums.unsafe;
  for (std::size_t s = 0; s < sums.unsafe.size(); ++s) {
    sums.practice.push_back(sums.unsafe[s] ? *rc::gen::inRange(0u, 3u) : 0);
    sums.alone.push_back(sums.practice[s] != 0);
  }
  sums.counts.assign(sums.unsafe.size(), 5);
  Hidden all = sums.fixed;
  all.flip();
  std::vector<bool> safe = sums.unsafe;
  safe.flip();
  for (const std::uint64_t effort : {std::uint64_t{0}, most_operations}) {
    const Result<Hidden> made = publish_again(sums, all, nullptr, safe, effort);
    if (made) {
      RC_ASSERT(learnt_by_practices(sums, *made) <= learnt_by_practices(sums, all));
      RC_ASSERT(sums::eliminate(sums.relations, *made).determined.empty());
    }
  }
}

// A group of 11 that is published whatever happens, of one patient and ten others; no table shows
// these.
Sums one_and_ten() {
  Sums sums;
  sums.relations = {{{{0, 1}, {1, -1}, {2, -1}}}};
  sums.counts = {11, 1, 10};
  sums.costs = {1, 1, 1};
  sums.fixed = {true, false, false};
  sums.unsafe = sums.unseen = sums.exposed = {false, true, true};
  sums.alone = {false, true, false};
  return sums;
}

TEST(Secondary, StandsByWhatAReleaseBeforeTellsAnInsider) {
  Sums sums = one_and_ten();
  EXPECT_FALSE(hide(sums)) << "whoever is alone learns of the ten";
  sums.before = sums.fixed;
  EXPECT_EQ(hide(sums).value(), (std::vector<bool>{false, true, true}));
}

TEST(Secondary, StandsByWhatAPracticeAddsUpOfItsOwn) {
  Sums sums = one_and_ten();
  sums.counts = {8, 4, 4};
  sums.fixed = {false, false, false};
  sums.unsafe = sums.unseen = sums.exposed = {true, true, true};
  sums.alone = {false, true, true};
  sums.practice = {0, 3, 3};
  EXPECT_EQ(hide(sums).value(), (std::vector<bool>{true, true, true}));
}

TEST(Secondary, HidesNothingWhereNothingIsUnsafe) {
  EXPECT_EQ(hide(sums_of({3, 3})).value(), std::vector<bool>(16));
}

TEST(Secondary, HidesTheCheaperOfTwo) {
  Sums sums = sums_of({3});
  sums.unsafe[0] = true;
  sums.costs = {1, 9, 5, 100};
  EXPECT_EQ(hide(sums).value(), (std::vector<bool>{true, false, true, false}));
}

TEST(Secondary, RefusesASumThatIsUnsafeAndPublishedAnyway) {
  Sums sums = sums_of({3});
  sums.unsafe[3] = sums.fixed[3] = true;
  EXPECT_EQ(hide(sums).error().fault, Fault::rule);
}

TEST(Secondary, RefusesAnUnsafeSumThatTheFixedOnesGiveAway) {
  Sums sums = sums_of({2});
  sums.unsafe[0] = sums.fixed[1] = sums.fixed[2] = true;
  EXPECT_EQ(hide(sums).error().fault, Fault::rule);
}

RC_GTEST_PROP(Secondary, G3EveryUnsafeSumIsAsWideAsAsked, ()) {
  const Counts counts = any_counts(6, 6, false);
  const Result<Hidden> hidden = hide(counts.sums);
  RC_PRE(hidden.has_value());
  RC_ASSERT(sums::eliminate(counts.sums.relations, *hidden).determined.empty());
  for (const sums::Interval& interval : audited(counts, *hidden)) {
    RC_ASSERT(interval.reached_width() >= 6);
  }
}

RC_GTEST_PROP(Secondary, G4NobodyWhoIsAloneInASumLearnsAnother, ()) {
  const Counts counts = any_counts(6, 0, true);
  const Result<Hidden> hidden = hide(counts.sums);
  RC_PRE(hidden.has_value());
  RC_ASSERT(!teaches(counts.sums, *hidden));
}

RC_GTEST_PROP(Secondary, G2HidesNothingThatCouldBePublishedByItselfWithWidthsAndInsiders, ()) {
  const Counts counts = any_counts(6, 6, *rc::gen::arbitrary<bool>());
  const Result<Hidden> hidden = hide(counts.sums);
  RC_PRE(hidden.has_value());
  for (std::size_t c = 0; c < hidden->size(); ++c) {
    if (!(*hidden)[c] || counts.sums.unsafe[c]) {
      continue;
    }
    std::vector<bool> mutant = *hidden;
    mutant[c] = false;
    const std::vector<sums::Interval> found = audited(counts, mutant);
    const bool too_narrow = std::ranges::any_of(
        found, [](const sums::Interval& interval) { return narrow(interval, 6); });
    RC_ASSERT(too_narrow || teaches(counts.sums, mutant));
  }
}

TEST(Secondary, RefusesWhatNothingMakesWide) {
  // Two people of four, of a total of four that is published: 1 to 3 is all that there can be.
  Sums sums = sums_of({2});
  sums.counts = {2, 2, 4};
  sums.unsafe = {true, true, false};
  sums.fixed = {false, false, true};
  sums.least = 1;
  sums.width = 2;
  EXPECT_EQ(hide(sums).value(), (std::vector<bool>{true, true, false}));
  sums.width = 3;
  EXPECT_EQ(hide(sums).error().fault, Fault::rule);
}

}  // namespace
}  // namespace parcours::protect
