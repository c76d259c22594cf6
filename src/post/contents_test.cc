#include "post/contents.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "post/limits.h"
#include "post/testing/sent.h"
#include "records/record.h"

namespace parcours::post {
namespace {

using testing::HasSubstr;

TEST(Contents, WhatIsInOrderPasses) {
  EXPECT_TRUE(check(in_order(small_contents())).has_value());
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    const Status passed = check(in_order(random_contents(seed, 20)));
    EXPECT_TRUE(passed.has_value()) << seed << ": " << passed.error().sentence();
  }
}

TEST(Contents, OrderChangesNothingThatIsInOrder) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    const Contents once = in_order(random_contents(seed, 20));
    EXPECT_EQ(shown(in_order(once)), shown(once));
  }
}

TEST(Contents, ACodeThatNoRowNamesIsDropped) {
  Contents contents = small_contents();
  contents.codes.insert(contents.codes.begin() + 1,
                        vocabulary::Code{vocabulary::KindId{2}, "atc", "R03BA"});
  contents.patients[0].patient.place = 2;
  contents.events[1].code = 3;
  contents.events[2].code = 3;
  EXPECT_THAT(check(contents).error().found, HasSubstr("a code that no row names"));
  EXPECT_EQ(shown(in_order(contents)), shown(small_contents()));
}

struct Spoilt {
  const char* said;
  std::function<void(Contents&)> spoil;
};

TEST(Contents, G1EveryThingThatIsWrongIsSaid) {
  const std::string long_text(longest_text + 1, 'a');
  const std::vector<Spoilt> all = {
      {"no number of a vault", [](Contents& c) { c.vault = "3f"; }},
      {"no name of a practice", [](Contents& c) { c.practice = "a\nb"; }},
      {"no name of a practice", [&](Contents& c) { c.practice = long_text; }},
      {"no number of a package", [](Contents& c) { c.number = 0; }},
      {"no period", [](Contents& c) { c.period.clear(); }},
      {"no permit", [](Contents& c) { c.permit_digest = records::Digest(); }},
      {"no moment at which it was made", [](Contents& c) { c.made_at = "yesterday"; }},
      {"a patient who objects and withdrew it",
       [](Contents& c) { c.withdrawn = {c.objections[0]}; }},
      {"rows that are not in order, or a patient twice",
       [](Contents& c) {
         c.withdrawn = {{5, 5}, {5, 5}};
       }},
      {"a confirmed receipt that is not of an earlier package",
       [](Contents& c) { c.confirmed->number = c.number; }},
      {"a confirmed receipt that is not of an earlier package",
       [](Contents& c) { c.confirmed->number = 0; }},
      {"a confirmed receipt that is not of an earlier package",
       [](Contents& c) { c.confirmed->receipt = records::Digest(); }},
      {"code 1 has a kind that this program does not know",
       [](Contents& c) {
         c.codes[0].kind = static_cast<vocabulary::KindId>(vocabulary::kinds().size());
       }},
      {"code 3 has no code, or one that is too long",
       [&](Contents& c) { c.codes[2].code = long_text; }},
      {"code 3 has no code, or one that is too long",
       [](Contents& c) { c.codes[2].code = "\xff"; }},
      {"code 1 has no code, or one that is too long",
       [](Contents& c) { c.codes[0].system.clear(); }},
      {"patient 1 has an unknown sex",
       [](Contents& c) { c.patients[0].patient.sex = static_cast<records::Sex>(3); }},
      {"patient 1 has an impossible year of birth",
       [](Contents& c) { c.patients[0].patient.birth_year = 1700; }},
      {"patient 2 has a place that is not among the codes",
       [](Contents& c) { c.patients[1].patient.place = 0; }},
      {"patient 2 has a place that is not among the codes",
       [](Contents& c) { c.patients[1].patient.place = 3; }},
      {"patient 1 has a practice or a package", [](Contents& c) { c.patients[0].package = 1; }},
      {"event 1 has a practice or a package", [](Contents& c) { c.events[0].practice = 1; }},
      {"event 1 has a code that is not among the codes of events",
       [](Contents& c) { c.events[0].code = 1; }},
      {"event 1 has a code that is not among the codes of events",
       [](Contents& c) { c.events[0].code = 3; }},
      {"event 2 has a kind that differs", [](Contents& c) { c.events[1].kind = 2; }},
      {"event 1 has an impossible day", [](Contents& c) { c.events[0].day = Day{-800'001}; }},
      {"event 3 has an impossible day", [](Contents& c) { c.events[2].day = Day{800'001}; }},
      {"event 1 has a provenance that is not allowed",
       [](Contents& c) { c.events[0].provenance = 3; }},
      {"event 2 has a value that is not a number",
       [](Contents& c) { c.events[1].value = std::numeric_limits<double>::infinity(); }},
      {"rows that are not in order", [](Contents& c) { std::swap(c.patients[0], c.patients[1]); }},
      {"rows that are not in order",
       [](Contents& c) { c.patients[1].patient.id = c.patients[0].patient.id; }},
      {"rows that are not in order", [](Contents& c) { std::swap(c.events[0], c.events[1]); }},
      {"rows that are not in order",
       [](Contents& c) {
         c.objections = {{3, 3}, {3, 3}};
       }},
      {"rows of a patient who objected",
       [](Contents& c) {
         c.objections = {{2, 5}};
       }},
      {"rows of a patient who objected",
       [](Contents& c) {
         c.objections = {{3, 3}, {9, 9}};
       }},
      {"a reason for cut rows", [](Contents& c) { c.cut[0].reason = "a\x1b[2J"; }},
      {"more than a practice can have",
       [](Contents& c) {
         c.cut.resize(101, {"a", 1});
       }},
  };
  for (const Spoilt& one : all) {
    Contents contents = small_contents();
    one.spoil(contents);
    const Status passed = check(contents);
    ASSERT_FALSE(passed.has_value()) << one.said;
    EXPECT_THAT(passed.error().found, HasSubstr(one.said));
  }
}

}  // namespace
}  // namespace parcours::post
