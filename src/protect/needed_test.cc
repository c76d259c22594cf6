#include "protect/needed.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <bit>

#include "protect/secondary.h"
#include "protect/testing/any_sums.h"
#include "sums/elimination.h"

namespace parcours::protect {
namespace {

using namespace example;

bool gives_away(const Sums& sums, const Hidden& hidden) {
  const sums::Elimination found = sums::eliminate(sums.relations, hidden);
  return std::ranges::any_of(found.determined, [&](std::uint32_t s) { return sums.unsafe[s]; });
}

// The needed sums that could be shown at all.
std::vector<std::uint32_t> wanted(const Sums& sums) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t s = 0; s < sums.needed.size(); ++s) {
    if (sums.needed[s] && !sums.unsafe[s]) {
      found.push_back(s);
    }
  }
  return found;
}

std::vector<std::uint32_t> shown(const Sums& sums, const Hidden& hidden) {
  std::vector<std::uint32_t> found = wanted(sums);
  std::erase_if(found, [&](std::uint32_t s) { return hidden[s]; });
  return found;
}

// The slow twin: whether any pattern at all is safe and shows these sums, each pattern tried.
bool some_pattern_shows(const Sums& sums, const std::vector<std::uint32_t>& all_of) {
  std::vector<std::uint32_t> free;
  for (std::uint32_t s = 0; s < sums.unsafe.size(); ++s) {
    if (!sums.unsafe[s] && !sums.fixed[s] && std::ranges::find(all_of, s) == all_of.end()) {
      free.push_back(s);
    }
  }
  for (std::uint64_t pattern = 0; pattern < std::uint64_t{1} << free.size(); ++pattern) {
    Hidden hidden = sums.unsafe;
    for (std::size_t i = 0; i < free.size(); ++i) {
      hidden[free[i]] = (pattern >> i & 1) != 0;
    }
    if (!gives_away(sums, hidden) && !teaches(sums, hidden)) {
      return true;
    }
  }
  return false;
}

// No pattern shows one needed sum more beside those that are shown.
void hold_to_needs(const Sums& sums, const Hidden& hidden) {
  std::vector<std::uint32_t> beside = shown(sums, hidden);
  for (const std::uint32_t s : wanted(sums)) {
    if (hidden[s]) {
      beside.push_back(s);
      RC_ASSERT(!some_pattern_shows(sums, beside));
      beside.pop_back();
    }
  }
}

void need_some(Sums& sums) {
  const int one_in = *rc::gen::inRange(1, 4);
  sums.needed.assign(sums.unsafe.size(), false);
  for (std::size_t s = 0; s < sums.needed.size(); ++s) {
    sums.needed[s] = *rc::gen::inRange(0, one_in) == 0;
  }
}

TEST(Needed, G1G2ShowsAllThatSomePatternShowsInEveryTwoByTwoTable) {
  // Every choice of one or two unsafe cells, every choice of needed ones; the grand total is fixed.
  for (std::uint32_t unsafe = 1; unsafe < 1 << 8; ++unsafe) {
    if (std::popcount(unsafe) > 2) {
      continue;
    }
    for (std::uint32_t needed = 1; needed < 1 << 8; needed += 3) {
      Sums sums = sums_of({2, 2});
      sums.fixed.back() = true;
      sums.needed.assign(9, false);
      for (std::size_t s = 0; s < 8; ++s) {
        sums.unsafe[s] = (unsafe >> s & 1) != 0;
        sums.needed[s] = (needed >> s & 1) != 0;
      }
      const Hidden hidden = hide(sums).value();
      ASSERT_TRUE(sums::eliminate(sums.relations, hidden).determined.empty());
      for (const std::uint32_t s : wanted(sums)) {
        std::vector<std::uint32_t> beside = shown(sums, hidden);
        beside.push_back(s);
        ASSERT_NE(some_pattern_shows(sums, beside), hidden[s]) << unsafe << " " << needed;
      }
    }
  }
}

RC_GTEST_PROP(Needed, G1G2ShowsAllThatSomePatternShows, ()) {
  Sums sums =
      sums_of(*rc::gen::elementOf(std::vector<std::vector<std::size_t>>{{4}, {5}, {2, 2}, {3, 2}}));
  for (std::size_t s = 0; s + 1 < sums.unsafe.size(); ++s) {
    sums.unsafe[s] = *rc::gen::inRange(0, 4) == 0;
    sums.costs[s] = *rc::gen::inRange<std::uint64_t>(1, 100);
  }
  sums.fixed.back() = true;
  need_some(sums);
  const Hidden hidden = hide(sums).value();
  RC_ASSERT(sums::eliminate(sums.relations, hidden).determined.empty());
  hold_to_needs(sums, hidden);
}

RC_GTEST_PROP(Needed, G1G2ShowsAllThatSomePatternShowsWhereSomebodyIsAlone, ()) {
  Counts counts = any_counts(6, 0, true);
  RC_PRE(counts.sums.unsafe.size() <= 16);
  need_some(counts.sums);
  for (std::size_t s = 0; s < counts.sums.needed.size(); s += 2) {
    counts.sums.needed[s] = true;  // leaves fewer patterns to try
  }
  const Result<Hidden> hidden = hide(counts.sums);
  RC_PRE(hidden.has_value());
  RC_ASSERT(!teaches(counts.sums, *hidden));
  hold_to_needs(counts.sums, *hidden);
}

// Of widths the audit is asked about the pattern that hides most.
RC_GTEST_PROP(Needed, G2NoMoreCanBeShownWhereWidthsAreAsked, ()) {
  Counts counts = any_counts(6, 6, false);
  Sums& sums = counts.sums;
  need_some(sums);
  const Result<Hidden> hidden = hide(sums);
  RC_PRE(hidden.has_value());
  for (const sums::Interval& interval : audited(counts, *hidden)) {
    RC_ASSERT(interval.reached_width() >= 6);
  }
  for (const std::uint32_t s : wanted(sums)) {
    if ((*hidden)[s]) {
      Hidden most = sums.fixed;
      most.flip();
      for (const std::uint32_t kept : shown(sums, *hidden)) {
        most[kept] = false;
      }
      most[s] = false;
      RC_ASSERT(std::ranges::any_of(audited(counts, most),
                                    [](const sums::Interval& found) { return narrow(found, 6); }));
    }
  }
}

TEST(Needed, ASumIsShownWhereADearerOneCanBeHiddenInItsPlace) {
  Sums sums = sums_of({3});
  sums.unsafe[0] = sums.fixed[3] = true;
  sums.costs = {1, 9, 5, 100};
  sums.needed = {false, false, true, false};
  EXPECT_EQ(hide(sums).value(), (std::vector<bool>{true, true, false, false}));
}

TEST(Needed, OfTwoThatCannotBothBeShownTheDearerOneIs) {
  Sums sums = sums_of({3});
  sums.unsafe[0] = sums.fixed[3] = true;
  sums.costs = {1, 9, 5, 100};
  sums.needed = {true, true, true, true};
  EXPECT_EQ(hide(sums).value(), (std::vector<bool>{true, false, true, false}));
}

TEST(Needed, NothingIsKeptOfWhatNoPatternMakesSafe) {
  Sums sums = sums_of({2});
  sums.unsafe[0] = sums.fixed[1] = sums.fixed[2] = true;
  sums.needed.assign(3, true);
  EXPECT_EQ(hide(sums).error().fault, Fault::rule);
}

}  // namespace
}  // namespace parcours::protect
