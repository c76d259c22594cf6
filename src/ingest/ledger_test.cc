#include "ingest/ledger.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <map>
#include <string>

#include "base/threads.h"

namespace parcours::ingest {
namespace {

using Counted = std::map<std::string, std::array<std::uint64_t, 4>>;

// G1, and that no count is lost or counted twice, on threads that flush whenever they like.
RC_GTEST_PROP(Ledger, G1WhatBecameOfTheItemsOfASectionAddsUp, ()) {
  Ledger ledger;
  Quarantine quarantine(1'000'000);
  const ReasonId reason = quarantine.reason("bad");
  // Each step: a section, a fate or 4 (flush), how many.
  const auto steps = *rc::gen::container<std::vector<std::array<int, 3>>>(
      rc::gen::container<std::array<int, 3>>(rc::gen::inRange(0, 5)));
  constexpr int workers = 3;
  on_threads(workers, [&](int worker) {
    Tally tally(ledger, quarantine);
    const std::uint32_t file = quarantine.file(fmt::format("f{}", worker));
    std::uint64_t line = 0;
    for (const auto& [name, fate, items] : steps) {
      const SectionId section = ledger.section(fmt::format("s{}", name));
      if (fate == 4) {
        tally.flush();
      } else if (fate == static_cast<int>(Fate::refused)) {
        (void)tally.refuse({section, file, ++line}, reason);
      } else if (fate == static_cast<int>(Fate::left_out)) {
        tally.leave_out(section, ledger.leaving(fmt::format("why{}", name)),
                        static_cast<std::uint64_t>(items));
      } else {
        tally.take(static_cast<Fate>(fate), section);
      }
    }
    tally.flush();
    tally.flush();
  });
  Counted expected;
  std::map<std::string, std::uint64_t> leavings;
  for (const auto& [name, fate, items] : steps) {
    if (fate < 4) {
      const auto n = fate == static_cast<int>(Fate::left_out) ? static_cast<std::uint64_t>(items)
                                                              : std::uint64_t{1};
      if (n > 0) {
        expected[fmt::format("s{}", name)][static_cast<std::size_t>(fate)] += n * workers;
      }
      if (fate == static_cast<int>(Fate::left_out) && n > 0) {
        leavings[fmt::format("why{}", name)] += n * workers;
      }
    }
  }
  Counted counted;
  std::uint64_t items = 0;
  for (const SectionCount& one : ledger.sections()) {
    RC_ASSERT(one.items == one.patients + one.events + one.refused + one.left_out);
    counted[one.section] = {one.patients, one.events, one.refused, one.left_out};
    items += one.items;
  }
  RC_ASSERT(counted == expected);
  RC_ASSERT(ledger.items() == items);
  std::uint64_t last = ~std::uint64_t{0};
  for (const ReasonCount& one : ledger.left_out()) {
    RC_ASSERT(one.rows <= last);
    last = one.rows;
    RC_ASSERT(leavings.at(one.reason) == one.rows);
    leavings.erase(one.reason);
  }
  RC_ASSERT(leavings.empty());
}

TEST(Ledger, RefusesWhatIsMoreThanMayBeBad) {
  Ledger ledger;
  Quarantine quarantine(1);
  const ReasonId reason = quarantine.reason("bad");
  Tally tally(ledger, quarantine);
  const std::uint32_t file = quarantine.file("f");
  EXPECT_TRUE(tally.refuse({ledger.section("s"), file, 1}, reason));
  EXPECT_FALSE(tally.refuse({ledger.section("s"), file, 2}, reason));
}

}  // namespace
}  // namespace parcours::ingest
