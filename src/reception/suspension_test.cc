// A package on its way while its permit is suspended.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "formalities/act_text.h"
#include "reception/testing/one_practice.h"
#include "vault/formal.h"

namespace parcours::reception {
namespace {

using formalities::StatusAct;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;

class Suspension : public OnePractice {
 protected:
  void change(StatusAct::Action action) const {
    const formalities::Formalities formalities = *vault::formalities_of(panel.vault());
    panel.enter(formalities::text_of(
        StatusAct{action, vault::test_permit, "a doubt", formalities.vault(), formalities.acts()}));
  }
};

TEST_F(Suspension, APackageThatComesWhileItLastsIsRefusedAndThePracticeIsToldToWait) {
  change(StatusAct::Action::suspend);
  send(visits(panel, "cabinet-1", 1));
  panel.receive();
  EXPECT_EQ(panel.answer("cabinet-1-1"), "other-permit");
  EXPECT_THAT(panel.rows(), IsEmpty());
  const Text& told = post::sentence(post::Refusal::other_permit);
  EXPECT_THAT(told.en, HasSubstr("If it is suspended, wait until it is resumed"));
  EXPECT_THAT(told.fr, HasSubstr("Si elle est suspendue, attendez"));
}

TEST_F(Suspension, APackageThatWasMadeBeforeItIsTakenOnceItIsOver) {
  const post::Contents before = visits(panel, "cabinet-1", 1);
  change(StatusAct::Action::suspend);
  change(StatusAct::Action::resume);
  send(before);
  EXPECT_EQ(panel.receive().taken, 1u);
  EXPECT_THAT(panel.rows(), Not(IsEmpty()));
}

TEST_F(Suspension, WhatCameBeforeItIsReadAgainOnceItIsOver) {
  send(visits(panel, "cabinet-1", 1));
  panel.receive();
  const std::vector<std::string> before = panel.rows();
  ASSERT_THAT(before, Not(IsEmpty()));
  change(StatusAct::Action::suspend);
  EXPECT_THAT(panel.rows(), IsEmpty());
  change(StatusAct::Action::resume);
  EXPECT_EQ(panel.rows(), before);
}

TEST_F(Suspension, AnObjectionThatComesWhileItLastsCounts) {
  change(StatusAct::Action::suspend);
  post::Contents objection = panel.contents("cabinet-1", 1);
  objection.objections = {cleo};
  send(objection);
  EXPECT_EQ(panel.receive().objections, 1u);
  change(StatusAct::Action::resume);
  send(visits(panel, "cabinet-1", 1));
  EXPECT_EQ(panel.receive().objected, 3u);  // a row and two facts of hers
}

}  // namespace
}  // namespace parcours::reception
