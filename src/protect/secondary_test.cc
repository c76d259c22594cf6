#include "protect/secondary.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>

#include "audit/elimination.h"
#include "audit/insiders.h"
#include "audit/intervals.h"
#include "base/random.h"

namespace parcours {
namespace {

// A table of n dimensions and everything that can be asked of it.
Sums sums_of(std::vector<std::size_t> categories) {
  Table table;
  for (const std::size_t count : categories) {
    table.dimensions.push_back({"d", {}, std::vector<Category>(count), true});
  }
  const std::size_t cells = table.cell_count();
  return {relations_of(table), std::vector<bool>(cells), std::vector<bool>(cells),
          std::vector<std::uint64_t>(cells, 1)};
}

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
  RC_ASSERT(eliminate(sums.relations, hidden).determined.empty());
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
    for (const std::uint32_t sum : eliminate(sums.relations, hidden).determined) {
      gives_away = gives_away || sums.unsafe[sum];
    }
    RC_ASSERT(gives_away);
    hidden[s] = true;
  }
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

// A table of people, those of fewer than `min` unsafe, asked to be this wide. Zeros are published.
struct Counts {
  Sums sums;
  std::vector<Relation> relations;  // among all cells
};

Counts any_counts(std::int64_t min, std::int64_t width, bool with_insiders) {
  const auto shape = *rc::gen::elementOf(
      std::vector<std::vector<std::size_t>>{{5}, {3, 3}, {4, 4}, {2, 2, 3}, {3, 3, 2}});
  Sums sums = sums_of(shape);
  const std::vector<Relation> relations = sums.relations;
  Table table;
  for (const std::size_t count : shape) {
    table.dimensions.push_back({"d", {}, std::vector<Category>(count), true});
  }
  sums.counts.assign(sums.unsafe.size(), 0);
  for (std::size_t c = 0; c < sums.counts.size(); ++c) {
    sums.counts[c] = table.inner(c) ? *rc::gen::inRange<std::int64_t>(0, 25) : 0;
  }
  for (std::size_t again = 0; again < shape.size(); ++again) {
    for (const Relation& relation : relations) {
      std::int64_t sum = 0;
      for (const Relation::Term& term : relation.terms) {
        sum += term.coefficient == 1 ? 0 : sums.counts[term.cell];
      }
      sums.counts[relation.terms.front().cell] = sum;
    }
  }
  for (std::size_t c = 0; c < sums.counts.size(); ++c) {
    const std::int64_t count = sums.counts[c];
    sums.unsafe[c] = count > 0 && count < min;
    sums.fixed[c] = count == 0 || c + 1 == sums.counts.size();
    sums.costs[c] = static_cast<std::uint64_t>(count);
    if (with_insiders) {
      sums.alone.push_back(count == 1);
      sums.exposed.push_back(sums.unsafe[c]);
    }
  }
  sums.width = width;
  sums.least = 1;
  return {std::move(sums), relations};
}

// The intervals of the unsafe cells, by the audit.
std::vector<Interval> audited(const Counts& counts, const std::vector<bool>& hidden) {
  System system;
  system.relations = counts.relations;
  IntervalQuestion question;
  question.solution = counts.sums.counts;
  for (std::uint32_t c = 0; c < hidden.size(); ++c) {
    const std::int64_t count = counts.sums.counts[c];
    system.ranges.push_back(hidden[c] ? Range{1, no_limit} : Range{count, count});
    if (counts.sums.unsafe[c]) {
      question.cells.push_back(c);
    }
  }
  if (question.cells.empty()) {
    return {};
  }
  Progress progress(Progress::Manner::none);
  return intervals(system, question, progress, Stop()).value();
}

bool narrow(const Interval& interval, std::int64_t width) {
  return interval.width() < width;
}

bool teaches(const Sums& sums, const std::vector<bool>& hidden) {
  Random random(7);
  for (const auto& group : bonds(Echelon(sums.relations, hidden), random)) {
    if (!sums.alone.empty() && who_learns(sums, group)) {
      return true;
    }
  }
  return false;
}

RC_GTEST_PROP(Secondary, G3EveryUnsafeSumIsAsWideAsAsked, ()) {
  const Counts counts = any_counts(6, 6, false);
  const Result<Hidden> hidden = hide(counts.sums);
  RC_PRE(hidden.has_value());
  RC_ASSERT(eliminate(counts.sums.relations, *hidden).determined.empty());
  for (const Interval& interval : audited(counts, *hidden)) {
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
    const std::vector<Interval> found = audited(counts, mutant);
    const bool too_narrow =
        std::ranges::any_of(found, [](const Interval& interval) { return narrow(interval, 6); });
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
}  // namespace parcours
