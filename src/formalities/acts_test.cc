#include "formalities/acts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "formalities/act_text.h"
#include "formalities/testing/permit_text.h"
#include "formalities/testing/signed_acts.h"

namespace parcours::formalities {
namespace {

using testing::AllOf;
using testing::HasSubstr;

std::string named(const std::string& reference, const std::string& supersedes = {}) {
  return permit_text({{"permit.reference", "\"" + reference + "\""},
                      {"permit.supersedes", supersedes.empty() ? "" : "\"" + supersedes + "\""}});
}

class Acts : public testing::Test {
 protected:
  void add(const std::string& text) {
    const Status done = vault.add(signed_act(text, anne), "act");
    ASSERT_TRUE(done) << done.error().sentence();
  }
  std::string refusal(const Act& act) {
    const Status done = vault.add(act, "act");
    EXPECT_FALSE(done);
    if (done) {
      return {};
    }
    EXPECT_EQ(done.error().fault, Fault::rule) << done.error().sentence();
    return done.error().sentence();
  }
  std::string refusal(const std::string& text) { return refusal(signed_act(text, anne)); }

  SigningKey anne = test_key(1);
  SigningKey bruno = test_key(2);
  Formalities vault = kept_by_anne();
  Day today = *day_of(2026, 11, 23);
};

TEST_F(Acts, TheFirstGrantsTheFirstPermitKeeperWhoSignsIt) {
  Formalities fresh{std::string(test_vault)};
  const auto first = [&](const std::string& text, const SigningKey& key) {
    const Status done = fresh.add(signed_act(text, key), "act");
    return done ? std::string("done") : done.error().found;
  };
  const std::string refused = "the first act of a vault must grant its first permit-keeper";
  EXPECT_EQ(first(named("A"), anne), refused);
  EXPECT_EQ(first(role_act("Anne", "checker", anne.public_key(), "grant"), anne), refused);
  EXPECT_EQ(first(role_act("Anne", "permit-keeper", anne.public_key(), "revoke"), anne), refused);
  EXPECT_EQ(first(role_act("Anne", "permit-keeper", anne.public_key(), "grant"), bruno), refused);
  EXPECT_THAT(first(role_act("Anne", "permit-keeper", anne.public_key(), "grant", "0000"), anne),
              HasSubstr("another vault"));
  Act forged = signed_act(role_act("Anne", "permit-keeper", anne.public_key(), "grant"), anne);
  forged.text += "# more\n";
  EXPECT_FALSE(fresh.add(forged, "act"));
  EXPECT_TRUE(fresh.holders().empty());
  EXPECT_EQ(first(role_act("Anne", "permit-keeper", anne.public_key(), "grant"), anne), "done");
  EXPECT_EQ(fresh.holders().size(), 1u);
}

TEST_F(Acts, G1NeedTheSignatureOfWhoIsPermitKeeperThen) {
  EXPECT_THAT(refusal(signed_act(named("A"), bruno)),
              AllOf(HasSubstr("no permit-keeper"), HasSubstr("Anne Martin")));
  add(role_act("Bruno Petit", "checker", bruno.public_key(), "grant"));
  EXPECT_THAT(refusal(signed_act(named("A"), bruno)), HasSubstr("no permit-keeper"));
  add(role_act("Bruno Petit", "permit-keeper", bruno.public_key(), "grant"));
  EXPECT_TRUE(vault.add(signed_act(named("A"), bruno), "act"));
  EXPECT_EQ(vault.permit("A")->signer_name, "Bruno Petit");
  EXPECT_EQ(vault.permit("A")->signer, bruno.public_key());

  Act changed = signed_act(named("B"), anne);
  changed.text += "\n";
  EXPECT_THAT(refusal(changed), HasSubstr("not over this text"));
  Act other_use = signed_act(named("B"), anne);
  other_use.signature = anne.sign(other_use.text, package_signature);
  EXPECT_THAT(refusal(other_use), HasSubstr("another use"));

  add(role_act("Bruno Petit", "permit-keeper", bruno.public_key(), "revoke"));
  EXPECT_THAT(refusal(signed_act(named("B"), bruno)), HasSubstr("no permit-keeper"));
  EXPECT_NE(vault.permit("A"), nullptr);  // what was entered stays
}

TEST_F(Acts, G3AnOldActThatIsEnteredAgainChangesNothing) {
  const std::string grant =
      role_act("Bruno Petit", "permit-keeper", bruno.public_key(), "grant") + "after = 1\n";
  add(grant);
  add(role_act("Bruno Petit", "permit-keeper", bruno.public_key(), "revoke"));
  EXPECT_THAT(refusal(grant),
              AllOf(HasSubstr("this very act was entered before"), HasSubstr("after = 3")));
  EXPECT_EQ(vault.holders().size(), 1u);
  add(named("A"));
  add(status_act("A", "suspend", "a doubt"));
  const std::string resume = status_act("A", "resume", "no doubt");
  add(resume);
  add(status_act("A", "suspend", "another doubt"));
  EXPECT_THAT(refusal(resume), HasSubstr("entered before"));
  EXPECT_FALSE(vault.permit("A")->in_force(today));
}

TEST_F(Acts, WhatWasDoneOnceIsDoneAgainByANewAct) {
  const std::string grant = role_act("Bruno Petit", "checker", bruno.public_key(), "grant");
  const std::string revoke = role_act("Bruno Petit", "checker", bruno.public_key(), "revoke");
  add(grant);
  add(revoke);
  add(grant + "after = 3\n");
  EXPECT_EQ(vault.holders().size(), 2u);
  EXPECT_EQ(vault.acts(), 4u);
}

TEST_F(Acts, TheLastPermitKeeperStays) {
  const std::string leave = role_act("Anne Martin", "permit-keeper", anne.public_key(), "revoke");
  EXPECT_THAT(refusal(leave), HasSubstr("last permit-keeper"));
  add(role_act("Bruno Petit", "permit-keeper", bruno.public_key(), "grant"));
  add(leave);
  EXPECT_EQ(vault.holders().size(), 1u);
}

TEST_F(Acts, AKeyIsOnePersonsAndOnePractices) {
  EXPECT_THAT(refusal(role_act("Bruno Petit", "checker", anne.public_key(), "grant")),
              HasSubstr("this key is Anne Martin's"));
  add(practice_act("cabinet-012", bruno.public_key(), "admit"));
  EXPECT_THAT(refusal(practice_act("cabinet-013", bruno.public_key(), "admit")),
              HasSubstr("cabinet-012"));
}

TEST_F(Acts, PracticesAreAdmittedSuspendedAndLeave) {
  EXPECT_THAT(refusal(practice_act("cabinet-012", bruno.public_key(), "suspend")),
              HasSubstr("no practice cabinet-012"));
  add(practice_act("cabinet-012", bruno.public_key(), "admit"));
  EXPECT_THAT(refusal(practice_act("cabinet-012", bruno.public_key(), "admit") + "after = 2\n"),
              HasSubstr("already"));
  add(practice_act("cabinet-012", bruno.public_key(), "suspend"));
  EXPECT_EQ(vault.practice("cabinet-012")->status, PracticeStatus::suspended);
  add(practice_act("cabinet-012", bruno.public_key(), "admit") + "after = 3\n");
  add(practice_act("cabinet-012", test_key(3).public_key(), "admit"));  // another key
  EXPECT_EQ(vault.practice("cabinet-012")->key, test_key(3).public_key());
  EXPECT_THAT(refusal(practice_act("cabinet-012", bruno.public_key(), "leave")),
              HasSubstr("not the key"));
  add("[practice]\nname = \"cabinet-012\"\naction = \"leave\"\nvault = \"3f2a9c\"\n");
  EXPECT_EQ(vault.practice("cabinet-012")->status, PracticeStatus::left);
  EXPECT_EQ(vault.practice("cabinet-013"), nullptr);
}

TEST_F(Acts, OfAnotherVaultAreRefused) {
  add(named("A"));
  for (const std::string& text : {role_act("Bruno", "checker", bruno.public_key(), "grant", "0000"),
                                  practice_act("cabinet-012", bruno.public_key(), "admit", "0000"),
                                  status_act("A", "suspend", "a doubt", "0000")}) {
    EXPECT_THAT(refusal(text), HasSubstr("another vault"));
  }
}

TEST_F(Acts, APermitIsEnteredOnce) {
  add(named("A"));
  EXPECT_THAT(refusal(named("A")), HasSubstr("permit A is entered already"));
  EXPECT_THAT(refusal(named("A") + "# changed\n"), HasSubstr("another permit A"));
}

TEST_F(Acts, APermitTakesThePlaceOfAnother) {
  EXPECT_THAT(refusal(named("B", "A")), HasSubstr("no permit A is entered"));
  add(named("A"));
  add(named("B", "A"));
  add(named("C", "B"));
  EXPECT_EQ(vault.permit("A")->status, PermitStatus::superseded);
  EXPECT_EQ(vault.permit("A")->superseded_by, "B");
  EXPECT_EQ(vault.successor("A"), vault.permit("C"));
  EXPECT_EQ(vault.successor("C"), vault.permit("C"));
  EXPECT_EQ(vault.successor("D"), nullptr);
  EXPECT_THAT(refusal(named("D", "A")), AllOf(HasSubstr("superseded by B"), HasSubstr("name C")));
  EXPECT_THAT(refusal(status_act("A", "withdraw", "over")), HasSubstr("superseded by B"));
  const auto old = vault.to_study("A", today);
  ASSERT_FALSE(old);
  EXPECT_THAT(old.error().sentence(), AllOf(HasSubstr("superseded by B"), HasSubstr("name C")));
}

TEST_F(Acts, APermitIsSuspendedResumedAndWithdrawn) {
  add(named("A"));
  EXPECT_TRUE(vault.permit("A")->in_force(today));
  EXPECT_THAT(refusal(status_act("A", "resume", "why")), HasSubstr("not suspended"));
  add(status_act("A", "suspend", "a doubt"));
  EXPECT_FALSE(vault.permit("A")->in_force(today));
  EXPECT_EQ(vault.permit("A")->why_not(today), "permit A is suspended: a doubt");
  EXPECT_THAT(refusal(status_act("A", "suspend", "more")), HasSubstr("already"));
  add(status_act("A", "resume", "no doubt"));
  EXPECT_TRUE(vault.permit("A")->in_force(today));
  add(status_act("A", "withdraw", "it ended"));
  EXPECT_EQ(vault.permit("A")->why_not(today), "permit A was withdrawn: it ended");
  EXPECT_THAT(refusal(status_act("A", "resume", "again")), HasSubstr("withdrawn"));
  EXPECT_THAT(refusal(named("B", "A")), HasSubstr("withdrawn"));
  EXPECT_THAT(refusal(status_act("Z", "suspend", "why")), HasSubstr("no permit Z"));
}

TEST_F(Acts, APermitIsInForceFromItsFirstDayToItsLast) {
  add(named("A"));
  const KnownPermit& permit = *vault.permit("A");
  EXPECT_FALSE(permit.in_force(*day_of(2025, 12, 31)));
  EXPECT_TRUE(permit.in_force(*day_of(2026, 1, 1)));
  EXPECT_TRUE(permit.in_force(*day_of(2029, 12, 31)));
  EXPECT_FALSE(permit.in_force(*day_of(2030, 1, 1)));
  EXPECT_EQ(permit.why_not(*day_of(2030, 1, 1)), "permit A ended on 2029-12-31");
  EXPECT_EQ(permit.why_not(*day_of(2025, 1, 1)), "permit A begins on 2026-01-01");
  EXPECT_EQ(permit.why_not(today), "");
}

TEST_F(Acts, OneCollectsUnderTheOnlyPermitOrTheOneThatIsNamed) {
  const auto why = [&](std::string_view reference) {
    const auto found = vault.to_collect(reference, today);
    EXPECT_FALSE(found);
    return found ? std::string() : found.error().sentence();
  };
  EXPECT_THAT(why(""), HasSubstr("no permit to collect under"));
  EXPECT_THAT(why("A"), HasSubstr("no permit 'A' is entered"));
  add(named("A"));
  EXPECT_EQ(*vault.to_collect("", today), vault.permit("A"));
  add(named("B"));
  EXPECT_THAT(why(""), HasSubstr("name one of them: A, B"));
  EXPECT_EQ(*vault.to_collect("B", today), vault.permit("B"));
  add(permit_text({{"permit.reference", "\"C\""}, {"permit.uses", "[\"studies\"]"}}));
  EXPECT_THAT(why("C"), HasSubstr("does not allow collection"));
  EXPECT_EQ(*vault.to_study("C", today), vault.permit("C"));
  EXPECT_THAT(vault.to_study("", today).error().sentence(), HasSubstr("A, B, C"));
}

TEST_F(Acts, ThatSayNothingOrTooMuchAreErrorsOfInput) {
  const auto fault = [&](const std::string& text) {
    const Status done = vault.add(signed_act(text, anne), "act.toml");
    EXPECT_FALSE(done);
    EXPECT_EQ(done.error().fault, Fault::input);
    return done.error().sentence();
  };
  EXPECT_THAT(fault(""), HasSubstr("this is no act"));
  EXPECT_THAT(fault("[role"), HasSubstr("act.toml:1"));
  EXPECT_THAT(fault(status_act("A", "suspend", "w") + "[role]\n"), HasSubstr("more than one act"));
  EXPECT_THAT(fault(status_act("A", "withdrawn", "w")), HasSubstr("'withdraw'"));
  EXPECT_THAT(fault("[status]\npermit = \"A\"\n"), HasSubstr("[status] has no 'action'"));
  EXPECT_THAT(fault("role = 3\n"), HasSubstr("a table"));
  Act untimed = signed_act(named("A"), anne);
  untimed.entered_at = "yesterday";
  EXPECT_FALSE(vault.add(untimed, "act"));
  EXPECT_TRUE(vault.permits().empty());
}

TEST_F(Acts, AreToldInBothLanguages) {
  const auto told = [](const std::string& text) {
    return sentences(*parse_act(text, "act")).front();
  };
  EXPECT_THAT(told(role_act("Anne", "checker", anne.public_key(), "grant")).en,
              HasSubstr("Anne becomes checker with the key SHA256:"));
  EXPECT_THAT(told(practice_act("cabinet-012", anne.public_key(), "admit")).fr,
              HasSubstr("Le cabinet cabinet-012 peut désormais envoyer"));
  EXPECT_EQ(told(status_act("A", "suspend", "a doubt")).en,
            "Permit A is suspended in the vault 3f2a9c: a doubt.");
  EXPECT_THAT(told(named("A")).en, HasSubstr("Permit A"));
}

TEST(ActText, G1_WhatIsWrittenIsRead) {
  const PublicKey key = test_key(4).public_key();
  const std::string name = "Anne \"\\ Martin\"";
  for (const auto action : {RoleAct::Action::grant, RoleAct::Action::revoke}) {
    for (const Role role : {Role::permit_keeper, Role::data_team, Role::checker}) {
      const auto read = parse_act(text_of(RoleAct{action, {name, role, key}, "3f"}), "act");
      ASSERT_TRUE(read) << read.error().sentence();
      const auto& act = std::get<RoleAct>(*read);
      EXPECT_EQ(act.action, action);
      EXPECT_EQ(act.holder.name, name);
      EXPECT_EQ(act.holder.role, role);
      EXPECT_EQ(act.holder.key, key);
      EXPECT_EQ(act.vault, "3f");
    }
  }
  for (const auto action :
       {PracticeAct::Action::admit, PracticeAct::Action::suspend, PracticeAct::Action::leave}) {
    const bool admit = action == PracticeAct::Action::admit;
    const auto read = parse_act(
        text_of(PracticeAct{action, "cabinet", admit ? std::optional(key) : std::nullopt, "3f"}),
        "act");
    ASSERT_TRUE(read) << read.error().sentence();
    EXPECT_EQ(std::get<PracticeAct>(*read).action, action);
    EXPECT_EQ(std::get<PracticeAct>(*read).key.has_value(), admit);
  }
  for (const auto action :
       {StatusAct::Action::suspend, StatusAct::Action::resume, StatusAct::Action::withdraw}) {
    const auto read = parse_act(text_of(StatusAct{action, "A-1", "a doubt", "3f", 12}), "act");
    ASSERT_TRUE(read) << read.error().sentence();
    EXPECT_EQ(std::get<StatusAct>(*read).action, action);
    EXPECT_EQ(std::get<StatusAct>(*read).why, "a doubt");
    EXPECT_EQ(std::get<StatusAct>(*read).after, 12u);
  }
}

std::string sealing(std::uint64_t number, unsigned char byte, int old_days = 0,
                    std::string_view vault = test_vault) {
  SealingAct act{.number = number, .old_days = old_days, .vault = std::string(vault)};
  act.key.fill(byte);
  return text_of(act);
}

TEST_F(Acts, SealingKeysFollowOneAnotherByNumber) {
  add(sealing(1, 1));
  EXPECT_THAT(refusal(sealing(1, 2)), HasSubstr("the vault waits for 2"));
  EXPECT_THAT(refusal(sealing(3, 2)), HasSubstr("the vault waits for 2"));
  add(sealing(2, 2, 30));
  EXPECT_EQ(vault.sealing_keys().size(), 2u);
}

TEST_F(Acts, ASealingKeyNeverComesBack) {
  add(sealing(1, 1));
  add(sealing(2, 2));
  EXPECT_THAT(refusal(sealing(3, 1)), HasSubstr("before"));
}

TEST_F(Acts, ASealingKeyIsForOneVault) {
  EXPECT_THAT(refusal(sealing(1, 1, 0, "0000")), HasSubstr("another vault"));
}

// The acts were entered on 2026-11-23.
TEST_F(Acts, TheSealingKeyBeforeOpensForTheDaysThatTheActSays) {
  add(sealing(1, 1));
  EXPECT_TRUE(vault.opens(0, Day{today.number + 1000}));
  add(sealing(2, 2, 30));
  EXPECT_TRUE(vault.opens(0, Day{today.number + 29}));
  EXPECT_FALSE(vault.opens(0, Day{today.number + 30}));
  EXPECT_TRUE(vault.opens(1, Day{today.number + 1000}));
}

TEST_F(Acts, ARenewalWithoutDaysClosesAllKeysBeforeIt) {
  add(sealing(1, 1));
  add(sealing(2, 2, 30));
  add(sealing(3, 3, 0));
  EXPECT_FALSE(vault.opens(0, today));
  EXPECT_FALSE(vault.opens(1, today));
}

ClockAct ahead() {
  return {.newest = *day_of(2036, 5, 1),
          .today = *day_of(2026, 11, 23),
          .why = "the battery was empty",
          .vault = std::string(test_vault)};
}

TEST_F(Acts, TheTextOfACorrectionOfTheClockIsReadBack) {
  const auto read = parse_act(text_of(ahead()), "act");
  ASSERT_TRUE(read) << read.error().sentence();
  const auto& act = std::get<ClockAct>(*read);
  EXPECT_EQ(act.newest, ahead().newest);
  EXPECT_EQ(act.today, ahead().today);
  EXPECT_EQ(act.why, ahead().why);
  EXPECT_EQ(act.vault, ahead().vault);
}

TEST_F(Acts, ACorrectionOfTheClockIsForADayThatIsPast) {
  ClockAct act = ahead();
  act.newest = act.today;
  const auto read = parse_act(text_of(act), "act");
  ASSERT_FALSE(read);
  EXPECT_THAT(read.error().found, HasSubstr("not after"));
}

TEST_F(Acts, WhatWasEnteredByAClockThatWasAheadCountsFromItsCorrection) {
  Act early = signed_act(named("A"), anne);
  early.entered_at = "2036-05-01T08:00:00Z";
  ASSERT_TRUE(vault.add(early, "act"));
  add(text_of(ahead()));
  EXPECT_EQ(day_of_moment(vault.permit("A")->entered_at), ahead().today);
}

TEST_F(Acts, ACorrectionOfTheClockIsEnteredOnTheDayThatItNames) {
  ClockAct act = ahead();
  act.today = *day_of(2026, 11, 22);
  EXPECT_THAT(refusal(text_of(act)), HasSubstr("it is entered on 2026-11-23"));
}

// As entered on a day.
Act on_day(const std::string& text, const SigningKey& key, const char* day) {
  Act act = signed_act(text, key);
  act.entered_at = std::string(day) + "T08:00:00Z";
  return act;
}

// Permits of the tests end on 2029-12-31.
TEST_F(Acts, G4ThatSupersedeAnEndedPermitDoNotBringItsRecordsBack) {
  add(named("A"));
  ASSERT_TRUE(vault.add(on_day(named("B", "A"), anne, "2030-01-01"), "act"));
  ASSERT_NE(vault.died_with("A"), nullptr);
  EXPECT_EQ(vault.died_with("A")->permit.reference, "A");
  EXPECT_EQ(vault.died_with("B"), nullptr);
}

TEST_F(Acts, G4ThatSupersedeAPermitOnItsLastDayComeInTime) {
  add(named("A"));
  ASSERT_TRUE(vault.add(on_day(named("B", "A"), anne, "2029-12-31"), "act"));
  EXPECT_EQ(vault.died_with("A"), nullptr);
}

TEST_F(Acts, G4ThatSupersedeAnEndedSuccessorDoNotBringTheFirstRecordsBack) {
  add(named("A"));
  add(named("B", "A"));
  ASSERT_TRUE(vault.add(on_day(named("C", "B"), anne, "2030-01-01"), "act"));
  ASSERT_NE(vault.died_with("A"), nullptr);
  EXPECT_EQ(vault.died_with("A")->permit.reference, "B");
}

TEST_F(Acts, APermitOfAnotherHolderSaysFromWhomItTakesTheRecords) {
  add(named("A"));
  const auto held_by = [](const std::string& holder, const std::string& from) {
    return permit_text({{"permit.reference", "\"B\""},
                        {"permit.supersedes", "\"A\""},
                        {"permit.holder", "\"" + holder + "\""},
                        {"permit.takes_over_from", from.empty() ? "" : "\"" + from + "\""}});
  };
  EXPECT_THAT(refusal(held_by("Institut", "")),
              AllOf(HasSubstr("Observatoire holds permit A"),
                    HasSubstr("takes_over_from = \"Observatoire\"")));
  EXPECT_THAT(refusal(held_by("Institut", "Agence")), HasSubstr("Observatoire holds permit A"));
  EXPECT_THAT(refusal(held_by("Observatoire", "Agence")), HasSubstr("leave 'takes_over_from' out"));
  add(held_by("Institut", "Observatoire"));
  EXPECT_EQ(vault.successor("A")->permit.holder, "Institut");
}

}  // namespace
}  // namespace parcours::formalities
