#include "post/vault_card.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "post/testing/sent.h"

namespace parcours::post {
namespace {

using testing::HasSubstr;
using testing::MatchesRegex;

VaultCard three_keepers() {
  VaultCard card = vault_card(vault_keys(1));
  card.keepers.push_back({R"(Jean "Le \ Gardien" Noël)", practice_key(3).public_key()});
  card.keepers.push_back({"Anne Martin", practice_key(4).public_key()});
  return card;
}

std::string replaced(std::string text, std::string_view from, std::string_view to) {
  const std::size_t at = text.find(from);
  EXPECT_NE(at, std::string::npos) << from;
  return text.replace(at, from.size(), to);
}

TEST(VaultCard, G1ReadsWhatItWrote) {
  const VaultCard card = three_keepers();
  const auto again = parse_card(write_card(card), "card.toml");
  ASSERT_TRUE(again.has_value()) << again.error().sentence();
  EXPECT_EQ(*again, card);
}

TEST(VaultCard, WhatIsWrongIsNamedWithItsLine) {
  const std::string text = write_card(three_keepers());
  const auto error = [&](std::string_view from, std::string_view to) {
    const auto card = parse_card(replaced(text, from, to), "card.toml");
    return card ? "taken" : card.error().sentence();
  };
  EXPECT_THAT(error("format  = 2", "format = 3"),
              HasSubstr("card.toml:3: this card is of format 3; this program reads 2"));
  EXPECT_THAT(error("vault   = \"01", "vault = \"0"),
              HasSubstr("card.toml:4: not the number of a vault"));
  EXPECT_THAT(error("seal    = \"", "seal = \"0"), HasSubstr("not a key to seal to"));
  EXPECT_THAT(error("ssh-ed25519 ", "ssh-rsa "), HasSubstr("card.toml:7"));
  EXPECT_THAT(error("vault ", "vauld "), HasSubstr("vauld"));
  EXPECT_THAT(error("Anne Martin", "Anne\\nMartin"), HasSubstr("card.toml:10"));
  EXPECT_FALSE(parse_card("format = 2", "card.toml").has_value());
  EXPECT_THAT(parse_card(text.substr(0, text.find("[[")), "card.toml").error().sentence(),
              HasSubstr("no permit-keeper"));
}

TEST(VaultCard, G2TheFingerprintIsOfAllThatItSaysAndOfNothingElse) {
  const VaultCard card = three_keepers();
  const std::string spoken = card_fingerprint(card);
  EXPECT_THAT(spoken, MatchesRegex("([0-9a-f]{4} ){9}[0-9a-f]{4}"));
  const auto commented = parse_card("# my own words\n" + write_card(card), "card.toml");
  ASSERT_TRUE(commented.has_value());
  EXPECT_EQ(card_fingerprint(*commented), spoken);

  VaultCard other = card;
  other.seal[31] ^= 1;
  EXPECT_NE(card_fingerprint(other), spoken);
  other = card;
  other.number = 2;
  EXPECT_NE(card_fingerprint(other), spoken);
  other = card;
  other.vault = vault_number(2);
  EXPECT_NE(card_fingerprint(other), spoken);
  other = card;
  other.receipt = practice_key(9).public_key();
  EXPECT_NE(card_fingerprint(other), spoken);
  other = card;
  other.keepers.pop_back();
  EXPECT_NE(card_fingerprint(other), spoken);
  other = card;
  std::swap(other.keepers[0], other.keepers[2]);
  EXPECT_NE(card_fingerprint(other), spoken);
}

}  // namespace
}  // namespace parcours::post
