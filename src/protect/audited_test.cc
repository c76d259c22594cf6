// What `protect` publishes, looked at by the audit, which knows nothing of how it was protected;
// and the same with something opened, which the audit must find.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <map>
#include <optional>

#include "protect/protect.h"
#include "protect/testing/any_world.h"
#include "sums/elimination.h"
#include "sums/intervals.h"

namespace parcours::protect {
namespace {

using example::any_world;
using example::World;

constexpr std::uint32_t least_patients = 5;
constexpr std::int64_t least_width = 4;

Rules strict() {
  Rules rules = example::rules(least_patients, 1);
  rules.width_min = least_width;
  return rules;
}

// All tables as one system: an unknown for each set of people, hidden where every cell of it is.
struct Audited {
  std::vector<std::int64_t> counts;
  std::vector<bool> hidden;
  sums::System system;

  Audited(const crowds::Counted& in, const std::vector<tables::Table>& tables) {
    std::map<Uint128, std::uint32_t> unknowns;
    for (std::size_t t = 0; t < tables.size(); ++t) {
      for (std::size_t c = 0; c < tables[t].cells.size(); ++c) {
        const crowds::Crowd& crowd = in.tables[t].cells[c];
        const auto [at, fresh] = unknowns.emplace(crowd.fingerprint, counts.size());
        if (fresh) {
          add(crowd.patients, true);
        }
        hidden[at->second] =
            hidden[at->second] && tables[t].cells[c].status == tables::CellStatus::confidential;
      }
      for (tables::Relation relation : tables::relations_of(tables[t])) {
        for (tables::Relation::Term& term : relation.terms) {
          term.cell = unknowns.at(in.tables[t].cells[term.cell].fingerprint);
        }
        system.relations.push_back(std::move(relation));
      }
    }
  }

  std::uint32_t add(std::int64_t count, bool is_hidden) {
    counts.push_back(count);
    hidden.push_back(is_hidden);
    return static_cast<std::uint32_t>(counts.size() - 1);
  }

  // A figure too small that is shown, one that is determined, or one that is too narrow.
  bool finds() {
    sums::IntervalQuestion question;
    question.solution = counts;
    question.enough = least_width;
    system.ranges.clear();
    for (std::uint32_t c = 0; c < counts.size(); ++c) {
      const bool unsafe = counts[c] > 0 && counts[c] < least_patients;
      if (unsafe && !hidden[c]) {
        return true;
      }
      if (unsafe) {
        question.cells.push_back(c);
      }
      system.ranges.push_back(hidden[c] ? sums::Range{1, sums::no_limit}
                                        : sums::Range{counts[c], counts[c]});
    }
    if (!sums::eliminate(system.relations, hidden).determined.empty()) {
      return true;
    }
    if (question.cells.empty()) {
      return false;
    }
    Progress progress(Progress::Manner::none);
    const std::vector<sums::Interval> found =
        sums::intervals(system, question, progress, Stop()).value();
    return std::ranges::any_of(found, [](const sums::Interval& interval) {
      return interval.reached_width() < least_width;
    });
  }

  // One of the hidden figures at random.
  std::optional<std::uint32_t> any_hidden() const {
    std::vector<std::uint32_t> all;
    for (std::uint32_t c = 0; c < hidden.size(); ++c) {
      if (hidden[c]) {
        all.push_back(c);
      }
    }
    return all.empty() ? std::nullopt : std::optional(*rc::gen::elementOf(all));
  }
};

tables::Needs any_needs() {
  return {*rc::gen::element(tables::HidingCost::margins, tables::HidingCost::cells,
                            tables::HidingCost::patients),
          {{{"v0"}}, {{"v1", "v2"}}, {{"v0", "v3"}, {}}}};
}

RC_GTEST_PROP(AuditOfProtected, FindsNothing, ()) {
  const World world = any_world();
  const Result<Protected> out = protect(world.in, strict(), any_needs());
  RC_PRE(out.has_value());
  RC_ASSERT(!Audited(world.in, out->tables).finds());
}

RC_GTEST_PROP(AuditOfProtected, FindsAHiddenCellThatIsShown, ()) {
  const World world = any_world();
  const Result<Protected> out = protect(world.in, strict());
  RC_PRE(out.has_value());
  Audited mutant(world.in, out->tables);
  const std::optional<std::uint32_t> shown = mutant.any_hidden();
  RC_PRE(shown.has_value());
  mutant.hidden[*shown] = false;
  RC_ASSERT(mutant.finds());
}

RC_GTEST_PROP(AuditOfProtected, FindsThatAnUnsafeCellWasTakenForASafeOne, ()) {
  const World world = any_world();
  Rules loose = strict();
  loose.patients_min = 2;
  const Result<Protected> out = protect(world.in, loose);
  RC_PRE(out.has_value());
  const auto between = [](const crowds::Crowd& crowd) {
    return crowd.patients >= 2 && crowd.patients < least_patients;
  };
  bool one_is_shown = false;
  for (std::size_t t = 0; t < out->tables.size(); ++t) {
    for (std::size_t c = 0; c < out->tables[t].cells.size(); ++c) {
      one_is_shown =
          one_is_shown || (between(world.in.tables[t].cells[c]) &&
                           out->tables[t].cells[c].status == tables::CellStatus::published);
    }
  }
  RC_PRE(one_is_shown);
  RC_ASSERT(Audited(world.in, out->tables).finds());
}

// A further table that splits a hidden group of people in two, and shows both.
RC_GTEST_PROP(AuditOfProtected, FindsAMarginThatSplitsAHiddenCell, ()) {
  const World world = any_world();
  const Result<Protected> out = protect(world.in, strict());
  RC_PRE(out.has_value());
  Audited mutant(world.in, out->tables);
  const std::optional<std::uint32_t> split = mutant.any_hidden();
  RC_PRE(split.has_value());
  const std::int64_t part = mutant.counts[*split] / 2;
  const std::uint32_t one = mutant.add(part, false);
  const std::uint32_t other = mutant.add(mutant.counts[*split] - part, false);
  mutant.system.relations.push_back({{{*split, 1}, {one, -1}, {other, -1}}});
  RC_ASSERT(mutant.finds());
}

TEST(AuditOfProtected, FindsThatNoWidthWasAskedFor) {
  // 2 and 3 of the 5 in a row: neither is determined, and both are known to be 1 to 4.
  const std::vector<example::Person> people = example::people_of({2, 3, 0, 9, 9, 9, 9, 9, 9}, 3);
  const crowds::Counted in = example::counted(people, {example::table(people, {0, 1}, {3, 3})});
  Rules loose = strict();
  loose.width_min = 0;
  EXPECT_TRUE(Audited(in, protect(in, loose).value().tables).finds());
  EXPECT_FALSE(Audited(in, protect(in, strict()).value().tables).finds());
}

}  // namespace
}  // namespace parcours::protect
