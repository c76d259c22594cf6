// How long the vault keeps a receipt, and what answers a package whose receipt it keeps no more.

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "reception/testing/one_practice.h"
#include "vault/catalog.h"
#include "vault/compact.h"

namespace parcours::reception {
namespace {

using testing::ElementsAre;

class Receipts : public OnePractice {};

post::Confirmed confirming(const post::Receipt& receipt) {
  return {receipt.number, post::receipt_digest(receipt)};
}

// By the number of its package, what the vault keeps of each receipt.
std::vector<bool> receipts_kept(const Panel& panel) {
  vault::Catalog catalog = *vault::Catalog::open(panel.vault(), vault::Sqlite::Access::read);
  const vault::CatalogContents contents = *catalog.read();
  std::vector<bool> kept;
  for (const vault::Package& package : contents.packages) {
    kept.push_back(!package.delivery->receipt.empty());
  }
  return kept;
}

TEST_F(Receipts, AReceiptIsKeptUntilThePracticeConfirmsThatItHasCome) {
  for (std::uint64_t number : {1, 2}) {
    send(visits(panel, "cabinet-1", number));
    panel.receive();
  }
  EXPECT_THAT(receipts_kept(panel), ElementsAre(true, true));
  post::Contents third = visits(panel, "cabinet-1", 3);
  third.confirmed = confirming(panel.receipt("cabinet-1-2"));
  send(third);
  panel.receive();
  EXPECT_THAT(receipts_kept(panel), ElementsAre(false, false, true));
  EXPECT_TRUE(is_sound(panel));
}

TEST_F(Receipts, APackageWhoseReceiptIsKeptNoMoreIsAnsweredWithOneMadeAnew) {
  const std::string first = panel.package(visits(panel, "cabinet-1", 1), 50);
  panel.put("p1", first);
  panel.receive();
  const post::Receipt was = panel.receipt("cabinet-1-1");
  EXPECT_FALSE(was.made_anew);
  post::Contents contents = visits(panel, "cabinet-1", 2);
  contents.confirmed = confirming(was);
  const std::string second = panel.package(contents, 50);
  panel.put("p2", second);
  panel.receive();
  const std::string kept = panel.receipt_text("cabinet-1-2");

  panel.put("p1", first);
  EXPECT_EQ(panel.receive().answered_again, 1u);
  const post::Receipt anew = panel.receipt("cabinet-1-1");
  EXPECT_TRUE(anew.made_anew);
  EXPECT_FALSE(anew.refused);
  EXPECT_EQ(anew.package, was.package);
  EXPECT_EQ(anew.permit, was.permit);
  EXPECT_EQ(anew.taken.events, was.taken.events);
  panel.put("p2", second);
  panel.receive();
  EXPECT_EQ(panel.receipt_text("cabinet-1-2"), kept);
}

TEST_F(Receipts, OfAReceiptThatIsNotTheVaultsNothingIsBelieved) {
  send(visits(panel, "cabinet-1", 1));
  panel.receive();
  post::Receipt other = panel.receipt("cabinet-1-1");
  ++other.taken.patients;
  post::Contents second = visits(panel, "cabinet-1", 2);
  second.confirmed = confirming(other);
  send(second);
  panel.receive();
  EXPECT_EQ(panel.answer("cabinet-1-2"), "taken");
  EXPECT_THAT(receipts_kept(panel), ElementsAre(true, true));
}

TEST_F(Receipts, AReceiptThatNobodyConfirmsIsKeptAsLongAsTheOperatorSays) {
  send(visits(panel, "cabinet-1", 1));
  panel.receive();
  Progress none(Progress::Manner::none);
  const auto after = [&](int days) {
    return vault::compact(panel.vault(), none, Stop(),
                          {.day = Day{today().number + days}, .receipts_older_than = 90})
        ->receipts_removed;
  };
  EXPECT_EQ(after(90), 0u);
  EXPECT_THAT(receipts_kept(panel), ElementsAre(true));
  EXPECT_EQ(after(91), 1u);
  EXPECT_THAT(receipts_kept(panel), ElementsAre(false));
  EXPECT_TRUE(is_sound(panel));
}

}  // namespace
}  // namespace parcours::reception
