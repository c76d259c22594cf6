#include "post/seal_pair.h"

#include <gtest/gtest.h>

#include <span>

#include "base/hex.h"
#include "post/testing/sent.h"

namespace parcours::post {
namespace {

TEST(SealPair, G1ReopensAsItWasClosed) {
  const SealPair pair = SealPair::generate();
  const std::string digits = closed(pair, programme_key(1), vault_number(1));
  const auto again = reopened(pair.key, digits, programme_key(1), vault_number(1));
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(again->secret.text(), pair.secret.text());
  EXPECT_EQ(digits.find(to_hex(std::span(pair.secret.data(), pair.secret.size()))),
            std::string::npos);
}

TEST(SealPair, G1AnotherKeyVaultOrPublicHalfReopensNothing) {
  const SealPair pair = SealPair::generate();
  const std::string digits = closed(pair, programme_key(1), vault_number(1));
  EXPECT_FALSE(reopened(pair.key, digits, programme_key(2), vault_number(1)).has_value());
  EXPECT_FALSE(reopened(pair.key, digits, programme_key(1), vault_number(2)).has_value());
  EXPECT_FALSE(
      reopened(SealPair::generate().key, digits, programme_key(1), vault_number(1)).has_value());
}

TEST(SealPair, G1EveryChangedDigitIsAnError) {
  const SealPair pair = SealPair::generate();
  const std::string digits = closed(pair, programme_key(1), vault_number(1));
  for (std::size_t at = 0; at < digits.size(); ++at) {
    std::string changed = digits;
    changed[at] = changed[at] == '0' ? '1' : '0';
    EXPECT_FALSE(reopened(pair.key, changed, programme_key(1), vault_number(1)).has_value()) << at;
  }
}

TEST(SealPair, TwoAreNeverAlike) {
  EXPECT_NE(SealPair::generate().key, SealPair::generate().key);
}

}  // namespace
}  // namespace parcours::post
