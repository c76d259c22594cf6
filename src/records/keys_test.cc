#include "records/keys.h"

#include <gtest/gtest.h>

#include "records/key_check.h"

namespace parcours::records {
namespace {

ProgrammeKey key_of_byte(unsigned char byte) {
  Secret bytes(ProgrammeKey::size);
  std::ranges::fill(bytes.bytes(), byte);
  return ProgrammeKey(std::move(bytes));
}

// What a vault holds under a key must be found again by every later version of the program. The
// values are those of BLAKE2b and SipHash-2-4 as their specifications have them, in other code.
TEST(Keys, WhatAKeyMakesStaysAsItIs) {
  const ProgrammeKey key = key_of_byte(7);
  const PatientId patient = pseudonym(pseudonym_hash(key), "patient 1");
  EXPECT_EQ(patient, (PatientId{0x4246cc423167d094, 0x9bb778cac7a2f390}));
  EXPECT_EQ(practice_name(practice_hash(key), "Dr A"), "P-712228d168d947f5");
}

TEST(Keys, EachUseHasAKeyOfItsOwn) {
  const ProgrammeKey key = key_of_byte(7);
  EXPECT_NE(pseudonym_hash(key)("the same"), practice_hash(key)("the same"));
  EXPECT_NE(pseudonym_hash(key)("the same"), pseudonym_hash(key_of_byte(8))("the same"));
}

TEST(Keys, G1ANationalNumberHasOnePseudonymHoweverItIsWritten) {
  const KeyedHash hash = pseudonym_hash(ProgrammeKey::generate());
  const PatientId one = pseudonym(hash, "2550814168025");
  for (const char* text :
       {"255081416802538", "2 55 08 14 168 025 38", "2 55 08 14 168 025", " 255081416802538"}) {
    EXPECT_EQ(pseudonym(hash, text), one) << text;
  }
  EXPECT_EQ(pseudonym(hash, "180032a00100193"), pseudonym(hash, "180032A001001"));
  // With a wrong key it is another number, and so is every one of the source's own.
  for (const char* text : {"255081416802537", "25508141680253", "P1", "", "255081416802538x"}) {
    EXPECT_NE(pseudonym(hash, text), one) << text;
  }
  EXPECT_NE(pseudonym(hash, "P 1"), pseudonym(hash, "P1"));
}

TEST(Keys, NoTwoRunsShareAHash) {
  EXPECT_NE(KeyedHash::of_this_run()("a"), KeyedHash::of_this_run()("a"));
  const KeyedHash one = KeyedHash::of_this_run();
  const KeyedHash copy = one;
  EXPECT_EQ(one("a"), copy("a"));
}

TEST(Keys, ACheckFitsItsKeyAlone) {
  const KeyCheck check = check_of(key_of_byte(7));
  EXPECT_TRUE(fits(check, key_of_byte(7)));
  EXPECT_FALSE(fits(check, key_of_byte(8)));
}

TEST(Keys, APassphraseMakesTheSameKeyWithTheSameSaltAlone) {
  const auto made = [](std::string_view text, const PassphraseCost& cost) {
    Secret passphrase(text.size());
    std::ranges::copy(text, passphrase.data());
    return *key_from_passphrase(passphrase, cost);
  };
  PassphraseCost cost = PassphraseCost::fresh();
  EXPECT_TRUE(cost.sound());
  cost.operations = 1;  // this test is not about the cost
  cost.memory_bytes = 1 << 16;
  EXPECT_FALSE(cost.sound());
  const KeyCheck check = check_of(made("six words", cost), cost);
  EXPECT_TRUE(fits(check, made("six words", cost)));
  EXPECT_FALSE(fits(check, made("six wordz", cost)));
  cost.salt[0] ^= 1;
  EXPECT_FALSE(fits(check, made("six words", cost)));
}

}  // namespace
}  // namespace parcours::records
