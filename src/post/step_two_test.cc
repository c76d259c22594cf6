#include "post/step_two.h"

#include <gtest/gtest.h>

#include <set>

#include "post/testing/sent.h"

namespace parcours::post {
namespace {

records::KeyedHash hash_of(unsigned char byte) {
  return records::pseudonym_hash(programme_key(byte));
}

TEST(StepTwo, IsThePseudonymOfTheDigitsOfStepOne) {
  const records::PatientId one{0x0123456789abcdef, 0xfedcba9876543210};
  EXPECT_EQ(step_two(hash_of(1), one),
            pseudonym(hash_of(1), "step-one:0123456789abcdeffedcba9876543210"));
}

TEST(StepTwo, G2IsNotThePseudonymOfTheSameIdentifier) {
  const records::PatientId one = records::pseudonym(hash_of(1), "patient 1");
  EXPECT_NE(step_two(hash_of(2), one), pseudonym(hash_of(2), "patient 1"));
  EXPECT_NE(step_two(hash_of(2), one), pseudonym(hash_of(2), "0123"));
}

// The same hundred patients in two programmes: what a vault holds, what its key makes of all
// identifiers, and what a practice sends, have no number in common.
TEST(StepTwo, G1NobodyIsJoinedAcrossProgrammesFromOneSidesMaterial) {
  const records::KeyedHash practice_first =
      hash_of(1);  // the practice has a key for each programme
  const records::KeyedHash practice_second = hash_of(2);
  const records::KeyedHash vault_first = hash_of(3);
  const records::KeyedHash vault_second = hash_of(4);
  std::set<records::PatientId> seen;
  constexpr std::size_t patients = 100;
  for (std::size_t i = 0; i < patients; ++i) {
    const std::string id = "patient " + std::to_string(i);
    const records::PatientId sent_first = records::pseudonym(practice_first, id);
    const records::PatientId sent_second = records::pseudonym(practice_second, id);
    seen.insert({sent_first, sent_second, step_two(vault_first, sent_first),
                 step_two(vault_second, sent_second), records::pseudonym(vault_first, id),
                 records::pseudonym(vault_second, id),
                 // one vault's key on what was sent to the other
                 step_two(vault_first, sent_second), step_two(vault_second, sent_first)});
  }
  EXPECT_EQ(seen.size(), 8 * patients);
}

TEST(StepTwo, OnePatientOfOneProgrammeIsFollowed) {
  const records::PatientId sent = records::pseudonym(hash_of(1), "patient 1");
  EXPECT_EQ(step_two(hash_of(2), sent), step_two(hash_of(2), pseudonym(hash_of(1), "patient 1")));
}

}  // namespace
}  // namespace parcours::post
