#include "post/body.h"

#include <gtest/gtest.h>

#include "base/random.h"
#include "post/testing/sent.h"

namespace parcours::post {
namespace {

TEST(Body, ReadsWhatItWrote) {
  for (std::uint64_t seed = 0; seed < 300; ++seed) {
    const Contents contents = in_order(random_contents(seed, 25));
    const auto again = contents_of(body_of(contents));
    ASSERT_TRUE(again.has_value()) << seed << ": " << again.error().sentence();
    EXPECT_EQ(shown(*again), shown(contents)) << seed;
  }
}

TEST(Body, IsTheSameForTheSameRowsInAnyOrder) {
  const Contents contents = random_contents(4, 30);
  Contents turned = contents;
  std::ranges::reverse(turned.patients);
  std::ranges::reverse(turned.objections);
  EXPECT_EQ(body_of(in_order(turned)), body_of(in_order(contents)));
}

TEST(Body, EveryBeginningAndEveryAdditionIsRefused) {
  const std::string body = body_of(small_contents());
  for (std::size_t size = 0; size < body.size(); ++size) {
    EXPECT_FALSE(contents_of(body.substr(0, size)).has_value()) << size;
  }
  EXPECT_FALSE(contents_of(body + '\0').has_value());
}

TEST(Body, ChangedBytesGiveAnErrorOrContentsThatPass) {
  const std::string body = body_of(in_order(random_contents(9, 8)));
  Random random(1);
  for (int i = 0; i < 20'000; ++i) {
    std::string changed = body;
    for (std::uint32_t changes = 1 + random.below(3); changes > 0; --changes) {
      changed[random.below(static_cast<std::uint32_t>(changed.size()))] =
          static_cast<char>(random.below(256));
    }
    const auto contents = contents_of(changed);
    if (contents) {
      EXPECT_TRUE(check(*contents).has_value());
    } else {
      EXPECT_FALSE(contents.error().found.empty());
    }
  }
}

TEST(Body, CountsThatTheBytesCannotHoldTakeNoMemory) {
  const std::string body = body_of(small_contents());
  for (std::size_t at = 0; at < body.size(); ++at) {
    // The largest number that the bytes can say, in each place.
    const std::string large =
        body.substr(0, at) + std::string(9, '\xff') + '\x01' + body.substr(at);
    EXPECT_FALSE(contents_of(large).has_value() && at > 100) << at;
  }
}

TEST(Body, AnEventTakesFewBytes) {
  Contents contents = random_contents(3, 0);
  contents.codes = {{vocabulary::KindId{1}, "icd10", "J45"}};
  for (int i = 0; i < 1000; ++i) {
    rows::EventRow row;
    row.patient = {1, 1};
    row.day = Day{19'000 + i};
    row.kind = 1;
    row.value = 6.5;
    contents.events.push_back(row);
  }
  EXPECT_LT(body_of(in_order(contents)).size(), 5 * 1000 + 500);
}

}  // namespace
}  // namespace parcours::post
