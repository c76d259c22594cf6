#include "post/vault_keys.h"

#include <gtest/gtest.h>

#include "post/testing/sent.h"

namespace parcours::post {
namespace {

TEST(VaultKeys, G1TwoVaultsOfOneKeyHaveDifferentPairs) {
  const VaultKeys one(programme_key(1), vault_number(1));
  const VaultKeys other(programme_key(1), vault_number(2));
  EXPECT_NE(one.receipts().public_key(), other.receipts().public_key());
}

TEST(VaultKeys, G1TheSameNumberUnderAnotherKeyHasDifferentPairs) {
  const VaultKeys one(programme_key(1), vault_number(1));
  const VaultKeys other(programme_key(2), vault_number(1));
  EXPECT_NE(one.receipts().public_key(), other.receipts().public_key());
}

// What was signed by a vault must hold under every later version of the program. The value is that
// of BLAKE2b and Ed25519 as their specifications have them, in other code.
TEST(VaultKeys, G2TheyStayAsTheyAre) {
  const VaultKeys keys(programme_key(7), vault_number(1));
  EXPECT_EQ(to_string(keys.receipts().public_key()),
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMGLjEziEBe0eaDlfbCzbawhR+65lk4C01g5p6U3Ho4m");
}

}  // namespace
}  // namespace parcours::post
