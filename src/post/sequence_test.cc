#include "post/sequence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>

#include "base/random.h"
#include "post/testing/sent.h"

namespace parcours::post {
namespace {

using testing::HasSubstr;

records::Digest digest_of_byte(unsigned char byte) {
  std::array<unsigned char, records::Digest::size> bytes;
  bytes.fill(byte);
  return records::Digest(bytes);
}

// Two packages were taken, with the digests 1 and 2; permit A has the digest 10, B the digest 11.
Standing two_taken() {
  return {vault_number(1),
          formalities::PracticeStatus::admitted,
          {digest_of_byte(1), digest_of_byte(2)},
          {{"A", digest_of_byte(10)}, {"B", digest_of_byte(11)}}};
}

Arrived package_with(std::uint64_t number, unsigned char digest) {
  return {vault_number(1), number, digest_of_byte(digest), "A", digest_of_byte(10)};
}

std::string answer(const Arrived& package, const Standing& standing) {
  const Decision decision = decide(package, standing);
  EXPECT_EQ(decision.next, standing.next());
  EXPECT_EQ(decision.step == Step::refuse, decision.refused.has_value());
  switch (decision.step) {
    case Step::take:
      return "take";
    case Step::answer_again:
      return "again";
    case Step::refuse:
      break;
  }
  return std::string(to_string(decision.refused->why));
}

struct Case {
  const char* name;
  void (*change)(Arrived&, Standing&);
  const char* answer;
};

// Each begins with the third package as it should be.
constexpr Case sequence_cases[] = {
    {"the next", [](Arrived&, Standing&) {}, "take"},
    {"the next, of another permit in force",
     [](Arrived& a, Standing&) { a.permit = "B", a.permit_digest = digest_of_byte(11); }, "take"},
    {"the first of a practice", [](Arrived& a, Standing& s) { a.number = 1, s.taken.clear(); },
     "take"},
    {"the last one again", [](Arrived& a, Standing&) { a = package_with(2, 2); }, "again"},
    {"the first one again", [](Arrived& a, Standing&) { a = package_with(1, 1); }, "again"},
    {"another one with the last number", [](Arrived& a, Standing&) { a = package_with(2, 9); },
     "number-used"},
    {"the first one's bytes with the second number",
     [](Arrived& a, Standing&) { a = package_with(2, 1); }, "number-used"},
    {"one without a number", [](Arrived& a, Standing&) { a.number = 0; }, "number-used"},
    {"the one after the next", [](Arrived& a, Standing&) { a.number = 4; }, "package-missing"},
    {"the largest number", [](Arrived& a, Standing&) { a.number = ~std::uint64_t{0}; },
     "package-missing"},
    {"the second of a practice that sent none",
     [](Arrived& a, Standing& s) { a.number = 2, s.taken.clear(); }, "package-missing"},
    {"of nobody", [](Arrived&, Standing& s) { s.practice = {}; }, "unknown-practice"},
    {"of a suspended practice",
     [](Arrived&, Standing& s) { s.practice = formalities::PracticeStatus::suspended; },
     "suspended"},
    {"of one that left",
     [](Arrived&, Standing& s) { s.practice = formalities::PracticeStatus::left; }, "left"},
    {"taken before the practice was suspended",
     [](Arrived& a, Standing& s) {
       a = package_with(2, 2), s.practice = formalities::PracticeStatus::suspended;
     },
     "again"},
    {"taken before the practice left",
     [](Arrived& a, Standing& s) {
       a = package_with(1, 1), s.practice = formalities::PracticeStatus::left;
     },
     "again"},
    {"taken before the permit ended",
     [](Arrived& a, Standing& s) { a = package_with(1, 1), s.permits.clear(); }, "again"},
    {"of another vault", [](Arrived& a, Standing&) { a.vault = vault_number(2); }, "other-vault"},
    {"of another vault, with a number and a digest that were taken",
     [](Arrived& a, Standing&) { a = package_with(2, 2), a.vault = vault_number(2); },
     "other-vault"},
    {"of no permit in force", [](Arrived&, Standing& s) { s.permits.clear(); }, "other-permit"},
    {"of an unknown permit", [](Arrived& a, Standing&) { a.permit = "C"; }, "other-permit"},
    {"of another text of the permit",
     [](Arrived& a, Standing&) { a.permit_digest = digest_of_byte(12); }, "other-permit"},
    {"of another permit's text",
     [](Arrived& a, Standing&) { a.permit_digest = digest_of_byte(11); }, "other-permit"},
    {"a gap and no permit", [](Arrived& a, Standing& s) { a.number = 9, s.permits.clear(); },
     "package-missing"},
};

TEST(Sequence, EachCaseHasItsAnswer) {
  for (const Case& one : sequence_cases) {
    Arrived package = package_with(3, 3);
    Standing standing = two_taken();
    one.change(package, standing);
    EXPECT_EQ(answer(package, standing), one.answer) << one.name;
  }
}

TEST(Sequence, ARefusalSaysWhichNumberComesNext) {
  const Standing standing = two_taken();
  EXPECT_THAT(decide(package_with(2, 9), standing).refused->error.sentence(),
              HasSubstr("make it anew as number 3"));
  EXPECT_THAT(decide(package_with(5, 9), standing).refused->error.sentence(),
              HasSubstr("this is package 5, and the vault has taken 2; send package 3 first"));
}

TEST(Sequence, WhatArrivedIsWhatWasOpened) {
  const Contents contents = small_contents();
  const Header header{contents.vault, contents.practice, contents.number, digest_of_byte(5)};
  const Arrived found = arrived(header, contents);
  EXPECT_EQ(found.vault, contents.vault);
  EXPECT_EQ(found.number, contents.number);
  EXPECT_EQ(found.digest, digest_of_byte(5));
  EXPECT_EQ(found.permit, contents.permit);
  EXPECT_EQ(found.permit_digest, contents.permit_digest);
}

// Packages arrive late, twice, and forged, in any order.
TEST(Sequence, G1G2WhateverArrivesOneOfEachNumberIsTakenInOrder) {
  for (std::uint64_t seed = 0; seed < 200; ++seed) {
    Random random(seed);
    Standing standing = two_taken();
    standing.taken.clear();
    std::set<unsigned char> seen;
    for (int i = 0; i < 300; ++i) {
      const std::uint64_t number = 1 + random.below(10);
      const auto digest = static_cast<unsigned char>(20 * (random.below(10) == 0) + number);
      const Decision decision = decide(package_with(number, digest), standing);
      if (decision.step == Step::take) {
        EXPECT_EQ(number, standing.next());
        standing.taken.push_back(digest_of_byte(digest));
        EXPECT_TRUE(seen.insert(digest).second);
      } else if (decision.step == Step::answer_again) {
        EXPECT_TRUE(seen.contains(digest));  // G3
      } else {
        EXPECT_FALSE(seen.contains(digest));
      }
    }
    EXPECT_EQ(standing.taken.size(), seen.size());
  }
}

}  // namespace
}  // namespace parcours::post
