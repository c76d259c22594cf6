#include "practice/card.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "formalities/act_text.h"
#include "post/testing/sent.h"
#include "practice/testing/made_practice.h"

namespace parcours::practice {
namespace {

using testing::HasSubstr;

class RenewedCards : public testing::Test {
 protected:
  // The act of a new key, in a file that a key signs.
  std::filesystem::path renewal(std::uint64_t number, unsigned char keeper = 77,
                                unsigned char vault = 1) const {
    const std::string text = formalities::text_of(formalities::SealingAct{
        .key = post::seal_pair(static_cast<unsigned char>(100 + number)).key,
        .number = number,
        .old_days = 30,
        .vault = post::vault_number(vault)});
    const std::filesystem::path file = made.place("renewal.toml");
    EXPECT_TRUE(write_file(file, text));
    EXPECT_TRUE(write_file(file.string() + ".sig",
                           post::practice_key(keeper).sign(text, formalities::act_signature)));
    return file;
  }
  std::string refusal(const std::filesystem::path& file) const {
    Office office = made.open();
    const auto taken = renew_card(office, file);
    EXPECT_FALSE(taken.has_value());
    return taken ? "taken" : taken.error().sentence();
  }

  MadePractice made;
};

TEST_F(RenewedCards, ANewKeyIsOnTheCardFromThenOn) {
  made.ready();
  Office office = made.open();
  const auto taken = renew_card(office, renewal(2));
  ASSERT_TRUE(taken.has_value()) << taken.error().sentence();
  EXPECT_EQ(office.card().seal, post::seal_pair(102).key);
  EXPECT_EQ(taken->fingerprint, post::card_fingerprint(office.card()));
}

TEST_F(RenewedCards, TheCardIsStillRenewedWhenTheFolderIsOpenedAgain) {
  made.ready();
  {
    Office office = made.open();
    ASSERT_TRUE(renew_card(office, renewal(2)).has_value());
  }
  EXPECT_EQ(made.open().card().number, 2u);
}

TEST_F(RenewedCards, PackagesThatWaitAreCounted) {
  made.ready();
  ASSERT_TRUE(made.pack().has_value());
  Office office = made.open();
  const auto taken = renew_card(office, renewal(2));
  ASSERT_TRUE(taken.has_value());
  EXPECT_EQ(taken->waiting, 1u);
  EXPECT_EQ(taken->old_days, 30);
}

TEST_F(RenewedCards, G1ARenewalThatNoKeeperOfTheCardSignedIsRefused) {
  made.ready();
  EXPECT_THAT(refusal(renewal(2, 78)), HasSubstr("no key of a permit-keeper"));
}

TEST_F(RenewedCards, G1ARenewalOfAnotherVaultIsRefused) {
  made.ready();
  EXPECT_THAT(refusal(renewal(2, 77, 2)), HasSubstr("another vault"));
}

TEST_F(RenewedCards, G1AnOlderRenewalNeverBringsAnOldKeyBack) {
  made.ready();
  {
    Office office = made.open();
    ASSERT_TRUE(renew_card(office, renewal(3)).has_value());
  }
  EXPECT_THAT(refusal(renewal(2)), HasSubstr("has key 3 already"));
}

TEST_F(RenewedCards, G1ARenewalThatWasChangedIsRefused) {
  made.ready();
  const auto file = renewal(2);
  const std::string text = *read_file(file) + "# more\n";
  ASSERT_TRUE(write_file(file, text));
  Office office = made.open();
  EXPECT_FALSE(renew_card(office, file).has_value());
  EXPECT_EQ(office.card().number, 1u);
}

TEST_F(RenewedCards, APermitIsNoRenewal) {
  made.ready();
  EXPECT_THAT(refusal(made.place("permit.toml")), HasSubstr("not the renewal"));
}

}  // namespace
}  // namespace parcours::practice
