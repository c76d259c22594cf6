#include "post/vault_keys.h"

#include <gtest/gtest.h>

#include "base/hex.h"
#include "post/testing/sent.h"

namespace parcours::post {
namespace {

TEST(VaultKeys, G1TwoVaultsOfOneKeyHaveDifferentPairs) {
  const VaultKeys one(programme_key(1), vault_number(1));
  const VaultKeys other(programme_key(1), vault_number(2));
  EXPECT_NE(one.seal_key(), other.seal_key());
  EXPECT_NE(one.receipts().public_key(), other.receipts().public_key());
}

TEST(VaultKeys, G1TheSameNumberUnderAnotherKeyHasDifferentPairs) {
  const VaultKeys one(programme_key(1), vault_number(1));
  const VaultKeys other(programme_key(2), vault_number(1));
  EXPECT_NE(one.seal_key(), other.seal_key());
  EXPECT_NE(one.receipts().public_key(), other.receipts().public_key());
}

// What was sealed to a vault must open under every later version of the program. The values are
// those of BLAKE2b, X25519 and Ed25519 as their specifications have them, in other code.
TEST(VaultKeys, G2TheyStayAsTheyAre) {
  const VaultKeys keys(programme_key(7), vault_number(1));
  EXPECT_EQ(to_hex(keys.seal_key()),
            "232bbb359f87236b4ed88ddbd2f61a3eb8081b8e3d4fcafab0e1e6cd5378e826");
  EXPECT_EQ(to_string(keys.receipts().public_key()),
            "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMGLjEziEBe0eaDlfbCzbawhR+65lk4C01g5p6U3Ho4m");
}

}  // namespace
}  // namespace parcours::post
