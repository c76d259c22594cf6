#include "reception/sealing.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "base/hex.h"
#include "base/random.h"
#include "formalities/act_text.h"
#include "post/testing/sent.h"
#include "reception/testing/one_practice.h"
#include "vault/compact.h"
#include "vault/formal.h"
#include "vault/testing/permits.h"
#include "vault/vault.h"

namespace parcours::reception {
namespace {

using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Sealing : public OnePractice {
 protected:
  static Day in_days(int days) { return Day{today().number + days}; }
  // A package that is sealed as the card of the beginning says.
  void send_by_old_card(std::uint64_t number) const { send(visits(panel, "cabinet-1", number)); }
  vault::CatalogContents contents() const {
    return vault::Catalog::open(panel.vault(), vault::Sqlite::Access::read)->read().value();
  }
  // What the catalog keeps of the key that is on the card.
  std::string secret_on_card() const {
    const vault::CatalogContents now = contents();
    for (const vault::SealingSecret& one : now.sealing) {
      if (one.key == now.formalities.sealing_keys().back().key) {
        return one.closed;
      }
    }
    return {};
  }
};

TEST_F(Sealing, G1APackageOnItsWayOpensForAsLongAsTheActSaysAndItsReceiptSaysSo) {
  panel.renew(30);
  send_by_old_card(1);
  panel.receive(in_days(29));
  EXPECT_EQ(panel.answer("cabinet-1-1"), "taken");
  EXPECT_TRUE(panel.receipt("cabinet-1-1").old_card);
}

TEST_F(Sealing, G1APackageThatComesLaterIsRefusedAsOfAnOldCard) {
  panel.renew(30);
  send_by_old_card(1);
  panel.receive(in_days(30));
  EXPECT_EQ(panel.answer("cabinet-1-1"), "old-card");
}

TEST_F(Sealing, G1WithoutDaysTheOldKeyOpensNothingAtOnce) {
  panel.renew(0);
  send_by_old_card(1);
  panel.receive();
  EXPECT_EQ(panel.answer("cabinet-1-1"), "old-card");
}

TEST_F(Sealing, APackageThatIsSealedToTheNewKeyIsTakenAsEver) {
  panel.renew(30);
  panel.put("p1",
            panel.package(visits(panel, "cabinet-1", 1), 50, post::vault_card(panel.keys_now())));
  panel.receive();
  EXPECT_EQ(panel.answer("cabinet-1-1"), "taken");
  EXPECT_FALSE(panel.receipt("cabinet-1-1").old_card);
}

TEST_F(Sealing, TheNumberOfARefusedPackageGoesToTheNextOne) {
  panel.renew(0);
  send_by_old_card(1);
  panel.receive();
  panel.put("p1",
            panel.package(visits(panel, "cabinet-1", 1), 50, post::vault_card(panel.keys_now())));
  panel.receive();
  EXPECT_TRUE(std::filesystem::exists(panel.receipts() / "cabinet-1-1.receipt"));
}

TEST_F(Sealing, G2AReceptionDestroysTheOldSecretOnceItsTimeIsOver) {
  const std::string old = secret_on_card();
  panel.renew(30);
  panel.receive(in_days(29));
  EXPECT_THAT(vault::files_holding(panel.vault().path(), old), Not(IsEmpty()));
  panel.receive(in_days(30));
  EXPECT_THAT(vault::files_holding(panel.vault().path(), old), IsEmpty());
}

TEST_F(Sealing, G2ACompactionDestroysTheOldSecretOnceItsTimeIsOver) {
  const std::string old = secret_on_card();
  panel.renew(1);
  Progress none(Progress::Manner::none);
  const auto summary = vault::compact(panel.vault(), none, Stop(), {.day = in_days(1)});
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(summary->sealing_keys_destroyed, 1u);
  EXPECT_THAT(vault::files_holding(panel.vault().path(), old), IsEmpty());
}

TEST_F(Sealing, TheSecretOfTheKeyOnTheCardIsNeverDestroyed) {
  panel.renew(0);
  EXPECT_EQ(destroy_old_keys(panel.vault(), in_days(100'000)).value_or(9), 1u);
  EXPECT_FALSE(secret_on_card().empty());
}

TEST_F(Sealing, ARenewalThatWaitsForItsActLeavesTheCardAsItIs) {
  ASSERT_TRUE(begin_renewal(panel.vault(), panel.programme(), 30).has_value());
  EXPECT_EQ(panel.keys_now().seal_key(), panel.keys().seal_key());
}

TEST_F(Sealing, ASecondRenewalDropsTheSecretThatWaitedForItsAct) {
  ASSERT_TRUE(begin_renewal(panel.vault(), panel.programme(), 30).has_value());
  ASSERT_TRUE(begin_renewal(panel.vault(), panel.programme(), 30).has_value());
  EXPECT_EQ(contents().sealing.size(), 2u);
}

TEST_F(Sealing, HowLongTheOldKeyOpensIsSaidByWhoRenewsIt) {
  const auto act = begin_renewal(panel.vault(), panel.programme(), {});
  ASSERT_FALSE(act.has_value());
  EXPECT_THAT(act.error().sentence(), HasSubstr("--old-days"));
}

TEST_F(Sealing, AnActOfAKeyWhoseSecretTheVaultDoesNotHaveIsRefused) {
  const Status done = vault::enter_signed(
      panel.vault(), formalities::text_of(formalities::SealingAct{.key = post::seal_pair(99).key,
                                                                  .number = 2,
                                                                  .old_days = 0,
                                                                  .vault = panel.keys().vault()}));
  ASSERT_FALSE(done.has_value());
  EXPECT_EQ(done.error().fault, Fault::rule);
  EXPECT_THAT(done.error().sentence(), HasSubstr("secret half"));
}

TEST_F(Sealing, AVaultWithoutASealingKeyReceivesNothing) {
  const vault::SmallVault bare =
      *vault::SmallVault::make({.calendar = Calendar::dates, .buckets = 2});
  Progress none(Progress::Manner::none);
  Stop stop;
  const auto received =
      receive(bare.place(), bare.key(), panel.inbox(), panel.receipts(), {}, none, stop);
  ASSERT_FALSE(received.has_value());
  EXPECT_THAT(received.error().sentence(), HasSubstr("no sealing key yet"));
}

// Renews in a process of its own, which is killed after a while. Whether it was.
bool renew_and_die(const Panel& panel, std::chrono::microseconds delay) {
  const pid_t child = ::fork();
  if (child == 0) {
    panel.renew(0);
    static_cast<void>(destroy_old_keys(panel.vault(), today()));
    ::_exit(0);
  }
  std::this_thread::sleep_for(delay);
  ::kill(child, SIGKILL);
  int status = 0;
  ::waitpid(child, &status, 0);
  return WIFSIGNALED(status);
}

TEST_F(Sealing, ARenewalKilledAtAnyPointLeavesTheOldCardOrTheNewOne) {
  Random random(5);
  int killed = 0;
  for (int point = 0; point < 60 && killed < 20; ++point) {
    const std::size_t before = contents().formalities.sealing_keys().size();
    killed += renew_and_die(panel, std::chrono::microseconds(random.below(60'000))) ? 1 : 0;
    const std::size_t after = contents().formalities.sealing_keys().size();
    ASSERT_TRUE(after == before || after == before + 1);
    ASSERT_EQ(panel.keys_now().number(), after);  // and its secret opens
    ASSERT_FALSE(panel.keys_now().pairs().empty());
  }
  EXPECT_GT(killed, 0);
  ASSERT_TRUE(destroy_old_keys(panel.vault(), today()).has_value());
  panel.renew(0);
  ASSERT_TRUE(destroy_old_keys(panel.vault(), today()).has_value());
  EXPECT_EQ(contents().sealing.size(), 1u);
}

}  // namespace
}  // namespace parcours::reception
