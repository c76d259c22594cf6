#include "practice/permit_paper.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "post/testing/sent.h"
#include "practice/deeds.h"
#include "practice/testing/made_practice.h"

namespace parcours::practice {
namespace {

using testing::HasSubstr;

class Permits : public testing::Test {
 protected:
  Permits() { made.ready(); }
  // Signs a permit anew, beside the practice's folder.
  std::filesystem::path next(const Changes& changes) {
    Changes all = changes;
    all["permit.reference"] = "\"2027-DR-001\"";
    made.permit(all);
    return made.place("permit.toml");
  }
  std::string refusal(const std::filesystem::path& file) const {
    Office office = made.open();
    const Status taken = take_permit(office, file);
    return taken ? "taken" : taken.error().sentence();
  }
  MadePractice made;
};

TEST_F(Permits, G1APermitThatNobodySignedIsNotWorkedUnder) {
  std::string text = *read_file(made.folder() / "permit.toml");
  const std::string kinds = "[\"consultation\", \"diagnosis\"]";
  text.replace(text.find(kinds), kinds.size(), "[\"consultation\", \"diagnosis\", \"lab\"]");
  text.replace(text.find("\"diagnosis:J*\""), 0, "\"lab:*\", ");
  ASSERT_TRUE(write_file(made.folder() / "permit.toml", text));
  const auto opened = Office::open(made.folder(), Language::en);
  ASSERT_FALSE(opened.has_value());
  EXPECT_EQ(opened.error().fault, Fault::rule);
}

TEST_F(Permits, ANewOneTakesThePlaceAndNeedsTheDoctorsAgreement) {
  EXPECT_EQ(refusal(next({})), "taken");
  EXPECT_EQ(made.open().permit().reference, "2027-DR-001");
  const auto unagreed = made.pack();
  ASSERT_FALSE(unagreed.has_value());
  EXPECT_THAT(unagreed.error().sentence(), HasSubstr("has not agreed"));
  Office office = made.open();
  ASSERT_TRUE(agree(office, "Dr Anne Martin"));
}

TEST_F(Permits, PseudonymsStayTheSameUnderANewOne) {
  ASSERT_TRUE(made.pack().has_value());
  const auto before = made.events(1, {"P1", "P2"});
  ASSERT_EQ(refusal(next({})), "taken");
  {
    Office office = made.open();
    ASSERT_TRUE(agree(office, "Dr Anne Martin"));
  }
  ASSERT_TRUE(made.pack().has_value());
  EXPECT_EQ(made.events(2, {"P1", "P2"}), before);
}

TEST_F(Permits, OneThatFollowsPatientsOtherwiseIsRefused) {
  EXPECT_THAT(refusal(next({{"covers.follow", "\"programme\""}})), HasSubstr("pseudonyms change"));
}

TEST_F(Permits, OneThatDoesNotCoverThePracticeIsRefused) {
  EXPECT_THAT(refusal(next({{"covers.practices", "[\"cabinet-999\"]"}})),
              HasSubstr("does not cover the practice"));
}

TEST_F(Permits, OneThatAnotherKeySignedIsRefused) {
  const auto file = next({});
  ASSERT_TRUE(
      write_file(file.string() + ".sig",
                 post::practice_key(78).sign(*read_file(file), formalities::act_signature)));
  EXPECT_THAT(refusal(file), HasSubstr("no key of a permit-keeper"));
}

TEST_F(Permits, G2WhatAStoppedProgramBeganIsFinishedWhenTheFolderIsOpened) {
  const auto file = next({});
  std::filesystem::create_directory(made.folder() / "next");
  std::filesystem::copy_file(file, made.folder() / "next" / "permit.toml");
  std::filesystem::copy_file(file.string() + ".sig", made.folder() / "next" / "permit.toml.sig");
  // It had written the text and not yet the signature.
  ASSERT_TRUE(write_file(made.folder() / "permit.toml", *read_file(file)));
  EXPECT_EQ(made.open().permit().reference, "2027-DR-001");
  EXPECT_FALSE(std::filesystem::exists(made.folder() / "next"));
}

}  // namespace
}  // namespace parcours::practice
