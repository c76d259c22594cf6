#include "post/letter.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "post/testing/sent.h"

namespace parcours::post {
namespace {

using testing::HasSubstr;

constexpr unsigned char vault_seed = 77;
constexpr unsigned char reader_seed = 50;

std::string letter_of(const std::string& text) {
  const auto letter = write_letter(text, practice_key(vault_seed),
                                   practice_key(reader_seed).public_key(), "reader.pub");
  EXPECT_TRUE(letter.has_value()) << letter.error().sentence();
  return letter.value_or("");
}

std::string read_by(unsigned char reader, const std::string& letter, unsigned char vault) {
  const auto text =
      read_letter(letter, practice_key(reader), practice_key(vault).public_key(), "a.letter");
  return text ? *text : text.error().sentence();
}

TEST(Letter, IsReadAsItWasWritten) {
  for (const std::string text : {"One line\n", "", "Né en 1956\n\n\n", "no line feed"}) {
    const std::string ended = text.ends_with('\n') ? text : text + "\n";
    EXPECT_EQ(read_by(reader_seed, letter_of(text), vault_seed), ended);
  }
  const std::string longer(100'000, 'x');
  EXPECT_EQ(read_by(reader_seed, letter_of(longer), vault_seed), longer + "\n");
}

TEST(Letter, ASignatureThatTheTextQuotesIsText) {
  const std::string quoted = "as they wrote:\n" +
                             practice_key(1).sign("another text\n", formalities::letter_signature) +
                             "the end\n";
  EXPECT_EQ(read_by(reader_seed, letter_of(quoted), vault_seed), quoted);
}

TEST(Letter, G1AnotherKeyReadsNothing) {
  EXPECT_THAT(read_by(51, letter_of("secret\n"), vault_seed), HasSubstr("for another key"));
  EXPECT_EQ(letter_of("secret\n").find("secret"), std::string::npos);
}

TEST(Letter, G1ItsSizeHidesHowMuchItHolds) {
  EXPECT_EQ(letter_of("nothing\n").size(), letter_of(std::string(2000, 'x')).size());
}

TEST(Letter, G2NoByteCanBeChanged) {
  const std::string letter = letter_of("a text\n");
  for (std::size_t i = 0; i < letter.size(); i += 7) {
    std::string changed = letter;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_NE(read_by(reader_seed, changed, vault_seed), "a text\n") << i;
  }
  EXPECT_NE(read_by(reader_seed, letter.substr(0, letter.size() - 1), vault_seed), "a text\n");
}

TEST(Letter, G2OnlyTheVaultIsBelieved) {
  EXPECT_THAT(read_by(reader_seed, letter_of("a text\n"), 78),
              HasSubstr("another key made the signature"));
}

TEST(Letter, AKeyOfHardwareCannotOpenOne) {
  const formalities::PublicKey hardware = *formalities::parse_public_key(
      "sk-ssh-ed25519@openssh.com AAAAGnNrLXNzaC1lZDI1NTE5QG9wZW5zc2guY29tAAAAIAAAAAAAAAAAAAAAAAAA"
      "AAAAAAAAAAAAAAAAAAAAAAAAAAAABHNzaDo=",
      "hardware.pub");
  const auto letter = write_letter("a text\n", practice_key(vault_seed), hardware, "hardware.pub");
  ASSERT_FALSE(letter.has_value());
  EXPECT_EQ(letter.error().sentence(),
            "hardware.pub: this key only signs, so nothing can be sealed for it; make one that is "
            "a file: parcours key make");
}

TEST(Letter, WhatIsNoLetterIsSaid) {
  EXPECT_THAT(read_by(reader_seed, "", vault_seed), HasSubstr("not a sealed letter"));
  EXPECT_THAT(read_by(reader_seed, "parcours-letter 2\n", vault_seed), HasSubstr("format"));
  EXPECT_THAT(read_by(reader_seed, "parcours-letter 1\n", vault_seed),
              HasSubstr("for another key"));
}

}  // namespace
}  // namespace parcours::post
