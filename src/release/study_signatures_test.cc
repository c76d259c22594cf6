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

namespace parcours::release {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

formalities::SigningKey key_of(unsigned char byte) {
  records::Secret seed(32);
  std::ranges::fill(seed.bytes(), byte);
  return formalities::SigningKey::of_seed(seed);
}

// Marie is of the data team, Claire and Marie are checkers.
class StudySignatures : public testing::Test {
 protected:
  StudySignatures() {
    grant("Marie", formalities::Role::data_team, 1);
    grant("Marie", formalities::Role::checker, 2);
    grant("Claire", formalities::Role::checker, 3);
  }
  void act(formalities::RoleAct::Action action, const std::string& name, formalities::Role role,
           unsigned char key) const {
    const formalities::RoleAct made{action,
                                    {name, role, key_of(key).public_key()},
                                    formalities().vault(),
                                    formalities().acts()};
    PARCOURS_CHECK(vault::enter_signed(small.place(), text_of(made)));
  }
  void grant(const std::string& name, formalities::Role role, unsigned char key) const {
    act(formalities::RoleAct::Action::grant, name, role, key);
  }
  formalities::Formalities formalities() const { return *vault::formalities_of(small.place()); }
  const formalities::Permit& permit() const {
    static const formalities::Permit permit =
        *formalities::parse_permit(vault::broad_permit(Calendar::dates), "permit.toml");
    return permit;
  }
  StudyPapers papers() const {
    return {.study_file = folder.path() / "study.toml", .study = "a study", .rules = "rules"};
  }
  void sign(formalities::Role role, unsigned char key, const StudyPapers& as) const {
    const std::string text = study_to_sign(role, as, formalities().vault(), permit());
    PARCOURS_CHECK(write_file(study_signature_file(papers().study_file, role),
                              key_of(key).sign(text, formalities::study_signature)));
  }
  void sign(formalities::Role role, unsigned char key) const { sign(role, key, papers()); }
  // The English sentences of what is not covered.
  std::vector<std::string> missing(const std::vector<std::string>& roles = {"data-team",
                                                                            "checker"}) const {
    std::vector<std::string> sentences;
    const JudgedSignatures judged = judge_signatures(papers(), formalities(), permit(), roles);
    for (const study::PermitFinding& finding : judged.findings) {
      if (!finding.covered) {
        sentences.push_back(finding.sentence.en);
      }
    }
    return sentences;
  }

  vault::SmallVault small = *vault::SmallVault::make({.buckets = 1});
  ScratchFolder folder = *ScratchFolder::make(std::filesystem::temp_directory_path(), "signed-");
};

TEST_F(StudySignatures, WhatNoPermitAsksForIsNotNeeded) {
  EXPECT_THAT(missing({}), IsEmpty());
}

TEST_F(StudySignatures, G1WithoutASignatureNothingIsReleased) {
  EXPECT_THAT(missing(), ElementsAre(HasSubstr("the data team"), HasSubstr("a checker")));
}

TEST_F(StudySignatures, G1TwoPeopleWithTheirRolesAreEnough) {
  sign(formalities::Role::data_team, 1);
  sign(formalities::Role::checker, 3);
  EXPECT_THAT(missing(), IsEmpty());
}

TEST_F(StudySignatures, TheKeysOfThoseWhoSignedAreTold) {
  sign(formalities::Role::checker, 3);
  const JudgedSignatures judged = judge_signatures(papers(), formalities(), permit(), {"checker"});
  ASSERT_EQ(judged.signatures.size(), 1u);
  EXPECT_EQ(judged.signatures.front().key, formalities::fingerprint(key_of(3).public_key()));
}

TEST_F(StudySignatures, G1AKeyWithoutTheRoleDoesNotCount) {
  sign(formalities::Role::data_team, 3);
  EXPECT_THAT(missing({"data-team"}), ElementsAre(HasSubstr("the data team")));
}

TEST_F(StudySignatures, G1WhoHasLostTheRoleDoesNotCount) {
  sign(formalities::Role::checker, 3);
  act(formalities::RoleAct::Action::revoke, "Claire", formalities::Role::checker, 3);
  EXPECT_THAT(missing({"checker"}), ElementsAre(HasSubstr("a checker")));
}

TEST_F(StudySignatures, G2NobodyChecksTheirOwnStudyWithAnotherKeyEither) {
  sign(formalities::Role::data_team, 1);
  sign(formalities::Role::checker, 2);
  EXPECT_THAT(missing(), ElementsAre("Whoever made the study has checked it, too."));
}

TEST_F(StudySignatures, ASignatureHoldsForTheSameStudyAndRulesAlone) {
  StudyPapers other = papers();
  other.study = "another study";
  sign(formalities::Role::checker, 3, other);
  EXPECT_THAT(missing({"checker"}), ElementsAre(HasSubstr("a checker")));
  other = papers();
  other.rules = "looser rules";
  sign(formalities::Role::checker, 3, other);
  EXPECT_THAT(missing({"checker"}), ElementsAre(HasSubstr("a checker")));
}

TEST_F(StudySignatures, OneRolesSignatureIsNotAnothers) {
  grant("Claire", formalities::Role::data_team, 3);
  sign(formalities::Role::checker, 3);
  std::filesystem::rename(study_signature_file(papers().study_file, formalities::Role::checker),
                          study_signature_file(papers().study_file, formalities::Role::data_team));
  EXPECT_THAT(missing({"data-team"}), ElementsAre(HasSubstr("the data team")));
}

}  // namespace
}  // namespace parcours::release
