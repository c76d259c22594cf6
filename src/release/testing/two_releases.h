// For tests: two releases of made-up people (outsider.h), of which a reader has both.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "past/together.h"
#include "release/testing/outsider.h"

namespace parcours::outsider {

// Two releases, the second with the first in mind or not.
class TwoReleases {
 public:
  TwoReleases(protect::Rules rules, std::vector<Someone> before, const std::string& study_before,
              std::vector<Someone> after, const std::string& study_after)
      : rules_(std::move(rules)),
        before_(ask(std::move(before), study_before, fingerprints_)),
        after_(ask(std::move(after), study_after, fingerprints_)) {
    const Result<protect::Protected> made = protect::protect(before_.counted, rules_);
    EXPECT_TRUE(made) << made.error().sentence();
    first_ = made->tables;
  }

  const std::vector<tables::Table>& first() const { return first_; }
  const Panel& before() const { return before_; }
  const Panel& after() const { return after_; }

  crowds::Counted remembering() const {
    past::People people;
    const past::PastRelease past{.entry = {.number = 1},
                                 .told = before_.told,
                                 .tables = first_,
                                 .roll = people.enter(before_.roll)};
    const past::PastRoll roll = people.enter(after_.roll);
    crowds::Counted counted = after_.counted;
    const past::Everybody everybody(people, roll, fingerprints_);
    const Status added =
        past::add_past(past, past::rolled(after_.told, roll, after_.counted, everybody), everybody,
                       {.few = 11, .practices_exact = 3}, counted);
    EXPECT_TRUE(added) << added.error().sentence();
    return counted;
  }

  std::vector<tables::Table> second(const crowds::Counted& counted) const {
    const Result<protect::Protected> made = protect::protect(counted, rules_);
    EXPECT_TRUE(made) << made.error().sentence();
    return made ? made->tables : std::vector<tables::Table>();
  }

 private:
  const protect::Rules rules_;
  const records::KeyedHash fingerprints_ = records::KeyedHash::of_this_run();
  Panel before_;
  Panel after_;
  std::vector<tables::Table> first_;
};

}  // namespace parcours::outsider
