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
  TwoReleases(Rules rules, std::vector<Someone> before, const std::string& study_before,
              std::vector<Someone> after, const std::string& study_after)
      : rules_(std::move(rules)),
        before_(ask(std::move(before), study_before, fingerprints_)),
        after_(ask(std::move(after), study_after, fingerprints_)) {
    const Result<Protected> made = protect(before_.counted, rules_);
    EXPECT_TRUE(made) << made.error().sentence();
    first_ = made->tables;
  }

  const std::vector<Table>& first() const { return first_; }
  const Panel& before() const { return before_; }
  const Panel& after() const { return after_; }

  Counted remembering() const {
    PastRelease past{
        .entry = {.number = 1}, .told = before_.told, .tables = first_, .roll = before_.roll};
    Counted counted = after_.counted;
    const Status added =
        add_past(past, after_.told, after_.roll,
                 {.few = 11, .practices_exact = 3, .fingerprints = fingerprints_}, counted);
    EXPECT_TRUE(added) << added.error().sentence();
    return counted;
  }

  std::vector<Table> second(const Counted& counted) const {
    const Result<Protected> made = protect(counted, rules_);
    EXPECT_TRUE(made) << made.error().sentence();
    return made ? made->tables : std::vector<Table>();
  }

 private:
  const Rules rules_;
  const KeyedHash fingerprints_ = KeyedHash::of_this_run();
  Panel before_;
  Panel after_;
  std::vector<Table> first_;
};

}  // namespace parcours::outsider
