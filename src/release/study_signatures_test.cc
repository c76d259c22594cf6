#include "release/study_signatures.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/check.h"
#include "base/files.h"
#include "formalities/act_text.h"
#include "vault/formal.h"
#include "vault/testing/permits.h"
#include "vault/testing/worlds.h"

namespace parcours {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

SigningKey key_of(unsigned char byte) {
  Secret seed(32);
  std::ranges::fill(seed.bytes(), byte);
  return SigningKey::of_seed(seed);
}

// Marie is of the data team, Claire and Marie are checkers.
class StudySignatures : public testing::Test {
 protected:
  StudySignatures() {
    grant("Marie", Role::data_team, 1);
    grant("Marie", Role::checker, 2);
    grant("Claire", Role::checker, 3);
  }
  void act(RoleAct::Action action, const std::string& name, Role role, unsigned char key) const {
    const RoleAct made{action, {name, role, key_of(key).public_key()}, formalities().vault()};
    PARCOURS_CHECK(enter_signed(small.place(), text_of(made)));
  }
  void grant(const std::string& name, Role role, unsigned char key) const {
    act(RoleAct::Action::grant, name, role, key);
  }
  Formalities formalities() const { return *formalities_of(small.place()); }
  const Permit& permit() const {
    static const Permit permit = *parse_permit(broad_permit(Calendar::dates), "permit.toml");
    return permit;
  }
  StudyPapers papers() const {
    return {.study_file = folder.path() / "study.toml", .study = "a study", .rules = "rules"};
  }
  void sign(Role role, unsigned char key, const StudyPapers& as) const {
    const std::string text = study_to_sign(role, as, formalities().vault(), permit());
    PARCOURS_CHECK(write_file(study_signature_file(papers().study_file, role),
                              key_of(key).sign(text, study_signature)));
  }
  void sign(Role role, unsigned char key) const { sign(role, key, papers()); }
  // The English sentences of what is not covered.
  std::vector<std::string> missing(const std::vector<std::string>& roles = {"data-team",
                                                                            "checker"}) const {
    std::vector<std::string> sentences;
    const JudgedSignatures judged = judge_signatures(papers(), formalities(), permit(), roles);
    for (const PermitFinding& finding : judged.findings) {
      if (!finding.covered) {
        sentences.push_back(finding.sentence.en);
      }
    }
    return sentences;
  }

  SmallVault small = *SmallVault::make({.buckets = 1});
  ScratchFolder folder = *ScratchFolder::make(std::filesystem::temp_directory_path(), "signed-");
};

TEST_F(StudySignatures, WhatNoPermitAsksForIsNotNeeded) {
  EXPECT_THAT(missing({}), IsEmpty());
}

TEST_F(StudySignatures, G1WithoutASignatureNothingIsReleased) {
  EXPECT_THAT(missing(), ElementsAre(HasSubstr("the data team"), HasSubstr("a checker")));
}

TEST_F(StudySignatures, G1TwoPeopleWithTheirRolesAreEnough) {
  sign(Role::data_team, 1);
  sign(Role::checker, 3);
  EXPECT_THAT(missing(), IsEmpty());
}

TEST_F(StudySignatures, TheKeysOfThoseWhoSignedAreTold) {
  sign(Role::checker, 3);
  const JudgedSignatures judged = judge_signatures(papers(), formalities(), permit(), {"checker"});
  ASSERT_EQ(judged.signatures.size(), 1u);
  EXPECT_EQ(judged.signatures.front().key, fingerprint(key_of(3).public_key()));
}

TEST_F(StudySignatures, G1AKeyWithoutTheRoleDoesNotCount) {
  sign(Role::data_team, 3);
  EXPECT_THAT(missing({"data-team"}), ElementsAre(HasSubstr("the data team")));
}

TEST_F(StudySignatures, G1WhoHasLostTheRoleDoesNotCount) {
  sign(Role::checker, 3);
  act(RoleAct::Action::revoke, "Claire", Role::checker, 3);
  EXPECT_THAT(missing({"checker"}), ElementsAre(HasSubstr("a checker")));
}

TEST_F(StudySignatures, G2NobodyChecksTheirOwnStudyWithAnotherKeyEither) {
  sign(Role::data_team, 1);
  sign(Role::checker, 2);
  EXPECT_THAT(missing(), ElementsAre("Whoever made the study has checked it, too."));
}

TEST_F(StudySignatures, ASignatureHoldsForTheSameStudyAndRulesAlone) {
  StudyPapers other = papers();
  other.study = "another study";
  sign(Role::checker, 3, other);
  EXPECT_THAT(missing({"checker"}), ElementsAre(HasSubstr("a checker")));
  other = papers();
  other.rules = "looser rules";
  sign(Role::checker, 3, other);
  EXPECT_THAT(missing({"checker"}), ElementsAre(HasSubstr("a checker")));
}

TEST_F(StudySignatures, OneRolesSignatureIsNotAnothers) {
  grant("Claire", Role::data_team, 3);
  sign(Role::checker, 3);
  std::filesystem::rename(study_signature_file(papers().study_file, Role::checker),
                          study_signature_file(papers().study_file, Role::data_team));
  EXPECT_THAT(missing({"data-team"}), ElementsAre(HasSubstr("the data team")));
}

}  // namespace
}  // namespace parcours
