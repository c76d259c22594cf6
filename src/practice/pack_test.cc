#include "practice/pack.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "practice/deeds.h"
#include "practice/exchange.h"
#include "practice/step_one.h"
#include "practice/testing/made_practice.h"

namespace parcours::practice {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

std::string sentence(const auto& result) {
  return result ? "" : result.error().sentence();
}

TEST(Pack, WhatThePermitCoversArrivesAtTheVault) {
  MadePractice made;
  const Result<Packed> packed = made.ready().pack();
  ASSERT_TRUE(packed) << packed.error().sentence();
  EXPECT_THAT(made.events(1, {"P1", "P2"}),
              ElementsAre("C of P1 on 2024-01-02", "J20.9 of P2 on 2024-03-04",
                          "J45.0 of P1 on 2024-01-02"));
  const post::Contents contents = made.opened();
  EXPECT_EQ(contents.practice, "cabinet-012");
  EXPECT_EQ(contents.number, 1u);
  EXPECT_EQ(contents.period, "2026-11-27");
  EXPECT_EQ(contents.permit, "2026-DR-014");
  EXPECT_EQ(contents.permit_digest, made.open().permit().digest);
  EXPECT_EQ(contents.patients.size(), 2u);
  EXPECT_THAT(contents.cut,
              ElementsAre(post::CutCount{"its kind", 1}, post::CutCount{"its day", 1}));
}

TEST(Pack, OnlyTheFieldsThatThePermitNamesLeave) {
  MadePractice made(Changes{{"covers.fields", "[\"sex\"]"}});
  ASSERT_TRUE(made.ready().pack());
  for (const rows::PatientRow& row : made.opened().patients) {
    EXPECT_EQ(row.patient.birth_year, records::no_birth_year);
    EXPECT_EQ(row.patient.place, vocabulary::no_code);
    EXPECT_NE(row.patient.sex, records::Sex::unknown);
  }
}

TEST(Pack, NothingLeavesOfAPatientWithoutACoveredEvent) {
  MadePractice made;
  made.exports("P1,1980,F,69\nP2,1950,M,38\n", "P1,2024-01-02,diagnosis,J45.0,\n");
  ASSERT_TRUE(made.ready().pack());
  EXPECT_EQ(made.opened().patients.size(), 1u);
}

// G1
TEST(Pack, NothingIsPackedWithoutTheDoctorsAgreement) {
  MadePractice made;
  ASSERT_TRUE(made.join());
  const Result<Packed> before = made.pack();
  EXPECT_EQ(before.error().fault, Fault::rule);
  EXPECT_THAT(sentence(before), HasSubstr("has not agreed to permit 2026-DR-014"));
  {
    Office office = made.open();
    ASSERT_TRUE(agree(office, "Dr Anne Martin"));
    ASSERT_TRUE(withdraw_agreement(office));
  }
  EXPECT_EQ(made.pack().error().fault, Fault::rule);
  EXPECT_TRUE(fs::is_empty(made.folder() / "outbox"));
}

// G1
// G1
TEST(Pack, APermitThatHasEndedPacksNothing) {
  MadePractice made(Changes{{"permit.valid", "[2199-01-01, 2199-12-31]"}});
  made.ready();
  const Result<Packed> packed = made.pack();
  EXPECT_EQ(packed.error().fault, Fault::rule);
  EXPECT_THAT(sentence(packed), HasSubstr("it holds from 2199-01-01 to 2199-12-31"));
}

TEST(Pack, WhatIsNotCoveredEndsThePackWhereThePermitRefusesIt) {
  MadePractice made(Changes{{"covers.otherwise", "\"refuse\""}});
  made.ready();
  EXPECT_THAT(sentence(made.pack()), HasSubstr("does not cover 2 of the events"));
  made.exports("P1,1980,F,69\n", "P1,2024-01-02,diagnosis,J45.0,\n");
  EXPECT_TRUE(made.pack());
}

TEST(Pack, APatientWhoObjectsDoesNotLeaveAndTheVaultIsTold) {
  MadePractice made;
  made.ready();
  {
    Office office = made.open();
    ASSERT_EQ(object(office, {" P1 "}).value(), 1u);
  }
  ASSERT_TRUE(made.pack());
  EXPECT_THAT(made.events(1, {"P1", "P2"}), ElementsAre("J20.9 of P2 on 2024-03-04"));
  const records::KeyedHash hash =
      records::pseudonym_hash(*read_key(key_file(made.folder(), "all")));
  EXPECT_THAT(made.opened().objections, ElementsAre(pseudonym(hash, "P1")));
}

TEST(Pack, AnObjectionHoldsUnderAKeyThatIsMadeLater) {
  MadePractice made(Changes{{"covers.new_keys", "\"year\""}});
  made.ready();
  {
    Office office = made.open();
    ASSERT_TRUE(object(office, {"P1"}));
  }
  ASSERT_TRUE(made.pack("2031-01-01"));
  EXPECT_THAT(made.events(1, {"P1", "P2"}, "2031"), ElementsAre("J20.9 of P2 on 2024-03-04"));
  const records::KeyedHash later =
      records::pseudonym_hash(*read_key(key_file(made.folder(), "2031")));
  EXPECT_THAT(made.opened().objections, testing::Contains(pseudonym(later, "P1")));
}

TEST(Pack, APatientWhoTakesTheObjectionBackLeavesAgain) {
  MadePractice made;
  made.ready();
  {
    Office office = made.open();
    ASSERT_TRUE(object(office, {"P1"}));
    ASSERT_EQ(take_back(office, {"P1", "P9"}).value(), 1u);
  }
  ASSERT_TRUE(made.pack());
  EXPECT_EQ(made.events(1, {"P1", "P2"}).size(), 3u);
  EXPECT_THAT(made.opened().objections, IsEmpty());
}

TEST(Pack, AWithdrawalTravelsInEveryLaterPackageUntilThePatientObjectsAnew) {
  MadePractice made;
  made.ready();
  const records::PatientId p1 =
      records::pseudonym(records::pseudonym_hash(*read_key(key_file(made.folder(), "all"))), "P1");
  const auto deed = [&](auto what) {
    Office office = made.open();
    ASSERT_EQ(what(office, {"P1"}).value(), 1u);
  };
  deed(object);
  ASSERT_TRUE(made.pack());
  EXPECT_THAT(made.opened(1).withdrawn, IsEmpty());
  deed(take_back);
  for (const std::uint64_t number : {2, 3}) {
    ASSERT_TRUE(made.pack());
    EXPECT_THAT(made.opened(number).objections, IsEmpty());
    EXPECT_THAT(made.opened(number).withdrawn, ElementsAre(p1));
  }
  deed(object);
  ASSERT_TRUE(made.pack());
  EXPECT_THAT(made.opened(4).objections, ElementsAre(p1));
  EXPECT_THAT(made.opened(4).withdrawn, IsEmpty());
}

// Under the key of a later year the vault was told of an objection as well, though only in
// packages.
TEST(Pack, AWithdrawalHoldsUnderEveryKey) {
  MadePractice made(Changes{{"covers.new_keys", "\"year\""}});
  made.ready();
  {
    Office office = made.open();
    ASSERT_TRUE(object(office, {"P1"}));
  }
  ASSERT_TRUE(made.pack("2031-01-01"));
  const std::vector<records::PatientId> told = made.opened(1).objections;
  EXPECT_EQ(told.size(), 2u);
  {
    Office office = made.open();
    ASSERT_TRUE(take_back(office, {"P1"}));
  }
  ASSERT_TRUE(made.pack("2031-01-02"));
  EXPECT_EQ(made.opened(2).withdrawn, told);
}

TEST(Pack, TwoPracticesNeverHaveTheSamePseudonymOfAPatient) {
  MadePractice one;
  MadePractice other;
  ASSERT_TRUE(one.ready().pack());
  ASSERT_TRUE(other.ready().pack());
  for (const rows::EventRow& a : one.opened().events) {
    for (const rows::EventRow& b : other.opened().events) {
      EXPECT_NE(a.patient, b.patient);
    }
  }
}

TEST(Pack, ATimeWithAKeyOfItsOwnHasPseudonymsOfItsOwn) {
  MadePractice made(Changes{{"covers.new_keys", "\"month\""}});
  made.ready();
  ASSERT_TRUE(made.pack("2031-01-01"));
  ASSERT_TRUE(made.pack("2031-02-01"));
  EXPECT_THAT(made.open().state().keys, testing::IsSupersetOf({"2031-01", "2031-02"}));
  for (const rows::EventRow& a : made.opened(1).events) {
    for (const rows::EventRow& b : made.opened(2).events) {
      EXPECT_NE(a.patient, b.patient);
    }
  }
}

TEST(Pack, ADestroyedKeyPacksNothingMore) {
  MadePractice made(Changes{{"covers.new_keys", "\"year\""}});
  made.ready();
  ASSERT_TRUE(made.pack("2031-01-01"));
  {
    Office office = made.open();
    ASSERT_TRUE(destroy_key(office, "2031"));
  }
  EXPECT_FALSE(fs::exists(key_file(made.folder(), "2031")));
  EXPECT_THAT(sentence(made.pack("2031-05-01")), HasSubstr("key of 2031 was destroyed"));
  EXPECT_TRUE(made.pack("2032-05-01"));
}

TEST(Pack, TheProgrammesKeyIsNeededAndUsedWherePatientsAreFollowedAcrossPractices) {
  MadePractice made(Changes{{"covers.follow", "\"programme\""}});
  EXPECT_THAT(sentence(made.join()), HasSubstr("the programme's key is needed"));
  const records::ProgrammeKey share = records::ProgrammeKey::generate();
  ASSERT_TRUE(write_key(made.place("share.key"), share));
  JoinOptions options = made.options();
  options.share = made.place("share.key");
  ASSERT_TRUE(join(options, Language::en));
  {
    Office office = made.open();
    ASSERT_TRUE(agree(office, "Dr Anne Martin"));
  }
  ASSERT_TRUE(made.pack());
  EXPECT_EQ(made.opened().patients.size(), 2u);
  const records::PatientId p1 = records::pseudonym(records::pseudonym_hash(share), "P1");
  EXPECT_TRUE(std::ranges::any_of(
      made.opened().patients, [&](const rows::PatientRow& row) { return row.patient.id == p1; }));
}

TEST(Pack, SeveralPracticesInOneExportAreRefused) {
  MadePractice made;
  made.ready();
  std::string mapping = made_mapping;
  const std::string constant = "practice = { constant = \"own\" }";
  for (std::size_t at = 0; (at = mapping.find(constant)) != std::string::npos;) {
    mapping.replace(at, constant.size(), "practice = \"id\"");
  }
  ASSERT_TRUE(write_file(made.folder() / "mapping.toml", mapping, Readers::owner));
  EXPECT_THAT(sentence(made.pack()), HasSubstr("the records of 2 practices"));
}

// G2: the package was there, and its line in the log was not.
TEST(Pack, APackageThatTheLogDoesNotKnowIsNone) {
  MadePractice made;
  ASSERT_TRUE(made.ready().pack());
  fs::copy_file(made.folder() / "outbox/000001.package", made.folder() / "outbox/000002.package");
  const Office office = made.open();
  EXPECT_FALSE(fs::exists(office.package(2)));
  EXPECT_TRUE(fs::exists(office.package(1)));
  EXPECT_EQ(office.state().next_number(), 2u);
}

TEST(Pack, TheLogAndTheFolderHoldNoNumberOfAPatient) {
  MadePractice made;
  made.exports("NUMBER-17,1980,F,69\n", "NUMBER-17,2024-01-02,diagnosis,J45.0,\n");
  made.ready();
  ASSERT_TRUE(made.pack());
  {
    Office office = made.open();
    ASSERT_TRUE(object(office, {"NUMBER-17"}));
  }
  for (const auto& entry : fs::recursive_directory_iterator(made.folder())) {
    if (entry.is_regular_file() && entry.path().extension() != ".pub") {
      EXPECT_EQ(read_file(entry.path())->find("NUMBER-17"), std::string::npos) << entry.path();
      EXPECT_EQ(fs::status(entry.path()).permissions() & fs::perms::others_all, fs::perms::none)
          << entry.path();
    }
  }
}

// A practice that left and takes part again has other keys, and so other pseudonyms.
TEST(Pack, WhoObjectedBeforeThePracticeLeftIsNotSentWhenItComesBack) {
  MadePractice made;
  made.ready();
  {
    Office office = made.open();
    ASSERT_TRUE(object(office, {"P1"}));
    ASSERT_TRUE(leave(office));
  }
  JoinOptions again = made.options();
  again.folder = made.place("again");
  again.objections = made.folder();
  ASSERT_TRUE(join(again, Language::en));
  Office office = *Office::open(again.folder, Language::en);
  ASSERT_TRUE(agree(office, "Dr Anne Martin"));
  Stop stop;
  const auto chosen = preview(office, {.from = {made.place("export")}}, stop, nullptr);
  ASSERT_TRUE(chosen) << chosen.error().sentence();
  const records::PatientId p1 = records::pseudonym(office.pseudonyms()->front(), "P1");
  EXPECT_THAT(chosen->objectors, ElementsAre(p1));
  for (const rows::EventRow& row : chosen->events) {
    EXPECT_NE(row.patient, p1);
  }
}

}  // namespace
}  // namespace parcours::practice
