#include "reception/receive.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>

#include "base/files.h"
#include "post/step_two.h"
#include "post/testing/sent.h"
#include "reception/testing/one_practice.h"
#include "vault/formal.h"
#include "vault/living.h"
#include "vault/testing/damage.h"

namespace parcours::reception {
namespace {

namespace fs = std::filesystem;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

// Diagnoses alone, and no field of a patient.
std::string diagnoses_permit(const std::string& reference, const std::string& otherwise) {
  std::string text = vault::broad_permit(Calendar::dates, reference);
  const std::size_t at = text.find("kinds      = [");
  text.replace(at, text.find('\n', at) - at, "kinds      = [\"diagnosis\"]");
  text = replaced(text, "fields     = [\"birth_year\", \"sex\", \"place\"]", "fields     = []");
  return replaced(text, "otherwise  = \"cut\"", "otherwise  = \"" + otherwise + "\"");
}

class Receive : public OnePractice {
 protected:
  // The one receipt that is called after a digest.
  std::string unproved() const {
    const std::vector<std::string> names = Panel::names_in(panel.receipts());
    EXPECT_THAT(names, SizeIs(1));
    EXPECT_EQ(names.at(0).size(), 64 + std::string(".receipt").size()) << names.at(0);
    return names.at(0).substr(0, 64);
  }
  void nothing_came() const {
    EXPECT_THAT(panel.rows(), IsEmpty());
    EXPECT_THAT(Panel::names_in(panel.inbox()), IsEmpty());
  }
};

TEST_F(Receive, TakesAPackageAndAnswersIt) {
  send(visits(panel, "cabinet-1", 1));
  const ReceiveSummary summary = panel.receive();
  EXPECT_EQ(summary.taken, 1);
  EXPECT_EQ(summary.rounds, 1);
  EXPECT_EQ(summary.all_refused(), 0);
  const std::string name = panel.vault_name("cabinet-1");
  const vocabulary::KindId diagnosis = *vocabulary::find_kind("diagnosis");
  const vocabulary::KindId lab_result = *vocabulary::find_kind("lab");
  std::vector<std::string> expected = {
      patient_line(two(cleo), 1980, records::Sex::female, "69"),
      patient_line(two(dora), records::no_birth_year, records::Sex::unknown, ""),
      event_line(two(cleo), name, 20000, {diagnosis, "icd10", "J45"}, records::no_value),
      event_line(two(cleo), name, 20001, {lab_result, "icd10", "R03"}, 12.5),
      event_line(two(dora), name, 20002, {diagnosis, "icd10", "I10"}, records::no_value)};
  std::ranges::sort(expected);
  EXPECT_EQ(panel.rows(), expected);
  EXPECT_THAT(Panel::names_in(panel.inbox()), IsEmpty());
  const post::Receipt receipt = panel.receipt("cabinet-1-1");
  EXPECT_FALSE(receipt.refused.has_value());
  EXPECT_EQ(receipt.practice, "cabinet-1");
  EXPECT_EQ(receipt.permit, vault::test_permit);
  EXPECT_EQ(receipt.taken.patients, 1);
  EXPECT_EQ(receipt.taken.events, (std::vector<post::KindCount>{{diagnosis, 2}, {lab_result, 1}}));
  EXPECT_THAT(receipt.taken.cut, IsEmpty());
}

TEST_F(Receive, G2APackageSentTwiceGetsTheSameReceipt) {
  const std::string package = panel.package(visits(panel, "cabinet-1", 1), 50);
  panel.put("a", package);
  panel.put("b", package);  // twice at once
  ReceiveSummary summary = panel.receive();
  EXPECT_EQ(summary.taken, 1);
  EXPECT_EQ(summary.answered_again, 1);
  EXPECT_EQ(summary.rounds, 2);
  const std::string receipt = panel.receipt_text("cabinet-1-1");
  const auto rows = panel.rows();
  fs::remove(panel.receipts() / "cabinet-1-1.receipt");
  panel.put("c", package);
  summary = panel.receive();
  EXPECT_EQ(summary.taken, 0);
  EXPECT_EQ(summary.answered_again, 1);
  EXPECT_EQ(panel.receipt_text("cabinet-1-1"), receipt);
  EXPECT_EQ(panel.rows(), rows);
}

TEST_F(Receive, G2TheSameReceiptAlsoWhenThePracticeHasANewKeyOrHasLeft) {
  const std::string package = panel.package(visits(panel, "cabinet-1", 1), 50);
  panel.put("a", package);
  panel.receive();
  const std::string receipt = panel.receipt_text("cabinet-1-1");
  panel.admit("cabinet-1", 51);
  panel.put("a", package);
  EXPECT_EQ(panel.receive().answered_again, 1);
  EXPECT_EQ(panel.receipt_text("cabinet-1-1"), receipt);
  panel.leave("cabinet-1");
  panel.put("a", package);
  EXPECT_EQ(panel.receive().answered_again, 1);
  EXPECT_EQ(panel.receipt_text("cabinet-1-1"), receipt);
}

TEST_F(Receive, G1PackagesThatLieInAnotherOrderAreTakenInTheirs) {
  panel.put("z", panel.package(visits(panel, "cabinet-1", 1), 50));
  panel.put("m", panel.package(visits(panel, "cabinet-1", 2), 50));
  panel.put("a", panel.package(visits(panel, "cabinet-1", 3), 50));
  const ReceiveSummary summary = panel.receive();
  EXPECT_EQ(summary.taken, 3);
  EXPECT_EQ(summary.rounds, 1);
}

TEST_F(Receive, G1AfterAGapNothingIsTaken) {
  send(visits(panel, "cabinet-1", 1));
  send(visits(panel, "cabinet-1", 3));
  const ReceiveSummary summary = panel.receive();
  EXPECT_EQ(summary.taken, 1);
  EXPECT_EQ(panel.answer("cabinet-1-3"), "package-missing");
  EXPECT_EQ(panel.receipt("cabinet-1-3").refused->next_number, 2);
  EXPECT_THAT(Panel::names_in(panel.inbox()), IsEmpty());
}

TEST_F(Receive, G1AnotherPackageUnderAUsedNumberIsRefused) {
  send(visits(panel, "cabinet-1", 1));
  panel.receive();
  const auto rows = panel.rows();
  post::Contents other = panel.contents("cabinet-1", 1);
  add_event(other, cleo, 30000, "diagnosis", "X");
  send(other);
  panel.receive();
  ASSERT_TRUE(fs::remove(panel.receipts() / "cabinet-1-1.receipt"));  // the first's, which stays
  EXPECT_EQ(panel.answer("cabinet-1-1"), "number-used");
  EXPECT_EQ(panel.rows(), rows);
}

TEST_F(Receive, ASecondPackageOfOnePeriodReplacesTheFirstInANextRound) {
  post::Contents second = panel.contents("cabinet-1", 2);
  second.period = "day-1";
  add_event(second, cleo, 20005, "diagnosis", "J46");
  send(visits(panel, "cabinet-1", 1));
  send(second);
  send(visits(panel, "cabinet-1", 3));
  const ReceiveSummary summary = panel.receive();
  EXPECT_EQ(summary.taken, 3);
  EXPECT_EQ(summary.rounds, 2);
  EXPECT_EQ(summary.replaced, 1);
  EXPECT_THAT(panel.rows(), SizeIs(6));
}

TEST_F(Receive, WhatIsNoPackageOfAKnownPracticeIsCalledAfterItsDigest) {
  panel.put("a", "PK and so on");
  panel.receive();
  EXPECT_EQ(panel.answer(unproved()), "not-a-package");
  nothing_came();
}

TEST_F(Receive, OneThatIsCutOff) {
  std::string package = panel.package(visits(panel, "cabinet-1", 1), 50);
  package.resize(package.size() - 20);
  panel.put("a", package);
  panel.receive();
  EXPECT_EQ(panel.answer(unproved()), "cut-off");
  nothing_came();
}

TEST_F(Receive, OneThatIsAltered) {
  std::string package = panel.package(visits(panel, "cabinet-1", 1), 50);
  package[package.size() / 2] ^= 1;
  panel.put("a", package);
  panel.receive();
  EXPECT_THAT(panel.answer(unproved()), testing::AnyOf("altered", "cut-off"));
  nothing_came();
}

TEST_F(Receive, OneOfAFutureFormat) {
  panel.put("a",
            "parcours-package 2\n" + panel.package(visits(panel, "cabinet-1", 1), 50).substr(19));
  panel.receive();
  EXPECT_EQ(panel.answer(unproved()), "future-format");
  nothing_came();
}

TEST_F(Receive, OneOfAnUnknownPractice) {
  send(visits(panel, "cabinet-2", 1), 51);
  panel.receive();
  EXPECT_EQ(panel.answer(unproved()), "unknown-practice");
  nothing_came();
}

TEST_F(Receive, G5AForgedOneChangesNothingForThePractice) {
  send(visits(panel, "cabinet-1", 1), 51);
  panel.put("true", panel.package(visits(panel, "cabinet-1", 1), 50));
  const ReceiveSummary summary = panel.receive();
  EXPECT_EQ(summary.taken, 1);
  EXPECT_EQ(summary.refused[static_cast<std::size_t>(post::Refusal::other_key)], 1);
  EXPECT_EQ(panel.answer("cabinet-1-1"), "taken");
  EXPECT_THAT(Panel::names_in(panel.receipts()), SizeIs(2));
}

TEST_F(Receive, ANameThatIsAPathNamesNoFile) {
  panel.admit("../../cabinet", 52);
  send(visits(panel, "../../cabinet", 1), 52);
  EXPECT_EQ(panel.receive().taken, 1);
  EXPECT_EQ(panel.answer(unproved()), "taken");
}

TEST_F(Receive, OneOfASuspendedPractice) {
  panel.suspend("cabinet-1");
  send(visits(panel, "cabinet-1", 1));
  panel.receive();
  EXPECT_EQ(panel.answer("cabinet-1-1"), "suspended");
  nothing_came();
  panel.admit("cabinet-1", 50);
  send(visits(panel, "cabinet-1", 1));
  EXPECT_EQ(panel.receive().taken, 1);
}

TEST_F(Receive, OneOfAPracticeThatHasLeft) {
  panel.leave("cabinet-1");
  send(visits(panel, "cabinet-1", 1));
  panel.receive();
  EXPECT_EQ(panel.answer("cabinet-1-1"), "left");
  nothing_came();
}

TEST_F(Receive, OneThatIsMeantForAnotherVault) {
  const Panel other = Panel::make();
  other.admit("cabinet-1", 50);
  panel.put("a", other.package(visits(other, "cabinet-1", 1), 50));
  panel.receive();
  EXPECT_EQ(panel.answer("cabinet-1-1"), "other-vault");
  nothing_came();
}

TEST_F(Receive, OneUnderAPermitThatEnded) {
  const std::string ended =
      replaced(vault::broad_permit(Calendar::dates, "OLD"), "valid     = [2000-01-01, 2199-12-31]",
               "valid     = [2000-01-01, 2020-12-31]");
  panel.enter(ended);
  send(visits(panel, "cabinet-1", 1, ended));
  panel.receive();
  EXPECT_EQ(panel.answer("cabinet-1-1"), "other-permit");
  nothing_came();
  send(visits(panel, "cabinet-1", 1, ended));
  EXPECT_EQ(panel.receive(day_of(2019, 5, 1)).taken, 1);
  EXPECT_EQ(panel.receipt("cabinet-1-1").permit, "OLD");
}

TEST_F(Receive, OneUnderAnotherTextOfThePermit) {
  post::Contents contents = visits(panel, "cabinet-1", 1);
  records::Digester digester;
  digester.take(std::string_view("another text"));
  contents.permit_digest = digester.finish();
  send(contents);
  panel.receive();
  EXPECT_EQ(panel.answer("cabinet-1-1"), "other-permit");
  nothing_came();
}

TEST_F(Receive, G3WhatThePermitDoesNotCoverIsCut) {
  const std::string permit = diagnoses_permit("NARROW", "cut");
  panel.enter(permit);
  post::Contents contents = visits(panel, "cabinet-1", 1, permit);
  contents.cut = {{"its kind", 3}, {"other", ~std::uint64_t{0}}};
  send(contents);
  const ReceiveSummary summary = panel.receive();
  EXPECT_EQ(summary.cut, 1);
  const post::Receipt receipt = panel.receipt("cabinet-1-1");
  EXPECT_THAT(receipt.taken.cut, ElementsAre(post::CutCount{"its kind", 4},
                                             post::CutCount{"other", ~std::uint64_t{0}}));
  EXPECT_EQ(receipt.taken.events,
            (std::vector<post::KindCount>{{*vocabulary::find_kind("diagnosis"), 2}}));
  EXPECT_THAT(panel.rows(), testing::Contains(patient_line(two(cleo), records::no_birth_year,
                                                           records::Sex::unknown, "")));
  // Not even the code of what was cut is in the vault.
  EXPECT_THAT(vault::files_holding(panel.vault().path(), "R03"), IsEmpty());
}

// Neither a row nor the receipt, the practice's name or the objection that the vault keeps.
TEST_F(Receive, NothingOfAPackageIsInAnEncryptedVaultInTheClear) {
  for (const vault::AtRest at_rest : {vault::AtRest::plain, vault::AtRest::encrypted}) {
    const Panel one = Panel::make(2, at_rest);
    one.admit("cabinet-1", 1);
    post::Contents contents = visits(one, "cabinet-1", 1);
    add_event(contents, dora, 20003, "diagnosis", "Z-PLANTED-99");
    contents.objections = {{9, 9}};
    one.put("cabinet-1-1", one.package(contents, 1));
    ASSERT_EQ(one.receive().taken, 1);
    ASSERT_EQ(one.receipt("cabinet-1-1").practice, "cabinet-1");
    for (const char* planted : {"Z-PLANTED-99", "cabinet-1", "SQLite format", "DuckDB version"}) {
      EXPECT_EQ(vault::files_holding(one.vault().path(), planted).empty(),
                at_rest == vault::AtRest::encrypted)
          << planted;
    }
  }
}

TEST_F(Receive, G3ItIsRefusedWhereThePermitSaysSo) {
  const std::string permit = diagnoses_permit("NARROW", "refuse");
  panel.enter(permit);
  send(visits(panel, "cabinet-1", 1, permit));
  panel.receive();
  EXPECT_EQ(panel.answer("cabinet-1-1"), "not-covered");
  EXPECT_THAT(panel.receipt("cabinet-1-1").refused->sentence, HasSubstr("1 by its kind"));
  nothing_came();
}

TEST_F(Receive, G3APracticeThatThePermitDoesNotNameBringsNothing) {
  const std::string permit = replaced(vault::broad_permit(Calendar::dates, "OTHERS"),
                                      "practices  = \"all\"", "practices  = [\"cabinet-9\"]");
  panel.enter(permit);
  send(visits(panel, "cabinet-1", 1, permit));
  EXPECT_EQ(panel.receive().cut, 4);
  EXPECT_THAT(panel.receipt("cabinet-1-1").taken.cut,
              ElementsAre(post::CutCount{"its practice", 4}));
  nothing_came();
}

TEST_F(Receive, G3AnObjectionHoldsForEarlierAndLaterPackages) {
  send(visits(panel, "cabinet-1", 1));
  panel.receive();
  post::Contents objection = panel.contents("cabinet-1", 2);
  objection.objections = {cleo};
  send(objection);
  const ReceiveSummary summary = panel.receive();
  EXPECT_EQ(summary.objections, 1);
  EXPECT_EQ(panel.receipt("cabinet-1-2").taken.objections, 1);
  EXPECT_THAT(panel.rows(), SizeIs(2));  // dora's
  post::Contents late = visits(panel, "cabinet-1", 3);
  send(late);
  EXPECT_EQ(panel.receive().objected, 3);
  EXPECT_THAT(panel.receipt("cabinet-1-3").taken.cut, ElementsAre(post::CutCount{"objection", 3}));
  EXPECT_THAT(panel.rows(), SizeIs(3));
}

TEST_F(Receive, G3AnObjectionInALaterPackageOfTheSameRoundHolds) {
  panel.admit("cabinet-2", 51);
  send(visits(panel, "cabinet-1", 1));
  post::Contents objection = panel.contents("cabinet-2", 1);
  objection.objections = {cleo};
  panel.put("o", panel.package(objection, 51));
  const ReceiveSummary summary = panel.receive();
  EXPECT_EQ(summary.rounds, 1);
  EXPECT_EQ(summary.objected, 3);
  EXPECT_EQ(panel.receipt("cabinet-1-1").taken.patients, 0);
  EXPECT_THAT(panel.rows(), SizeIs(2));
}

TEST_F(Receive, TheSamePatientInTwoProgrammesCannotBeJoined) {
  const Panel other = Panel::make();
  other.admit("cabinet-1", 50);
  send(visits(panel, "cabinet-1", 1));
  panel.receive();
  other.put("a", other.package(visits(other, "cabinet-1", 1), 50));
  other.receive();
  std::vector<std::string> all = panel.rows();
  std::ranges::copy(other.rows(), std::back_inserter(all));
  std::set<std::string> pseudonyms;
  for (const std::string& line : all) {
    pseudonyms.insert(line.substr(0, 32));
  }
  EXPECT_THAT(pseudonyms, SizeIs(4));
  EXPECT_NE(panel.vault_name("cabinet-1"), other.vault_name("cabinet-1"));
}

TEST_F(Receive, APatientOfWhomEveryFactIsTooOldDoesNotEnter) {
  std::string brief = vault::broad_permit(Calendar::dates, "T-2");
  brief = replaced(brief, "rules ", "supersedes = \"2026-DR-014\"\nrules ");
  brief = replaced(brief, "years = 100\nfrom  = \"collection\"", "years = 2\nfrom  = \"fact\"");
  panel.enter(brief);
  post::Contents contents = panel.contents("cabinet-1", 1, brief);
  add_patient(contents, cleo, 1980, records::Sex::female, "69");
  add_event(contents, cleo, formalities::years_before(today(), 3).number, "diagnosis", "J45");
  add_patient(contents, dora, 1990, records::Sex::female);
  add_event(contents, dora, formalities::years_before(today(), 3).number, "diagnosis", "J45");
  add_event(contents, dora, formalities::years_before(today(), 1).number, "diagnosis", "I10");
  send(contents);
  panel.receive();
  const post::Receipt receipt = panel.receipt("cabinet-1-1");
  EXPECT_EQ(receipt.taken.patients, 1u);
  EXPECT_THAT(receipt.taken.cut, ElementsAre(post::CutCount{"its retention", 2}));
  EXPECT_THAT(panel.rows(), SizeIs(2));
}

TEST_F(Receive, APeriodThatIsSentAgainBringsNothingWhoseTimeIsOver) {
  std::string brief = vault::broad_permit(Calendar::dates, "T-2");
  brief = replaced(brief, "rules ", "supersedes = \"2026-DR-014\"\nrules ");
  brief = replaced(brief, "years = 100", "years = 2");
  panel.enter(brief);
  const auto period = [&](std::uint64_t number, Day late) {
    post::Contents contents = panel.contents("cabinet-1", number, brief);
    contents.period = "all";
    add_patient(contents, cleo, 1980, records::Sex::female, "69");
    add_event(contents, cleo, formalities::years_before(today(), 4).number, "diagnosis", "J45");
    add_event(contents, dora, late.number, "diagnosis", "I10");
    return post::in_order(std::move(contents));
  };
  send(period(1, formalities::years_before(today(), 4)));
  panel.receive();
  ASSERT_TRUE(vault::edit_catalog(
      panel.vault().path(), "UPDATE packages SET imported_at = '" +
                                to_string(formalities::years_before(today(), 3), Calendar::dates) +
                                "T08:00:00Z'"));
  send(period(2, today()));
  panel.receive();
  const post::Receipt receipt = panel.receipt("cabinet-1-2");
  EXPECT_THAT(receipt.taken.cut, ElementsAre(post::CutCount{"its retention", 1}));
  EXPECT_EQ(receipt.taken.patients, 0u);
  EXPECT_THAT(panel.rows(), SizeIs(2));  // a fact of Dora's, and Dora
}

// A crash after the commit: the receipt is not there, and the package still is.
TEST_F(Receive, G2AReceiptThatCouldNotBeWrittenIsWrittenNextTime) {
  send(visits(panel, "cabinet-1", 1));
  const fs::path in_its_place = panel.receipts() / "cabinet-1-1.receipt";
  fs::create_directory(in_its_place);
  const auto failed = panel.try_to_receive({.threads = 1, .memory_megabytes = 100});
  ASSERT_FALSE(failed.has_value());
  const auto rows = panel.rows();
  EXPECT_THAT(rows, SizeIs(5));
  EXPECT_THAT(Panel::names_in(panel.inbox()), SizeIs(1));
  fs::remove(in_its_place);
  const ReceiveSummary summary = panel.receive();
  EXPECT_EQ(summary.taken, 0);
  EXPECT_EQ(summary.answered_again, 1);
  EXPECT_EQ(panel.answer("cabinet-1-1"), "taken");
  EXPECT_EQ(panel.receipt("cabinet-1-1").taken.patients, 1);
  EXPECT_EQ(panel.rows(), rows);
  EXPECT_THAT(Panel::names_in(panel.inbox()), IsEmpty());
}

TEST_F(Receive, StoppedItLeavesAllAsItWas) {
  send(visits(panel, "cabinet-1", 1));
  Progress none(Progress::Manner::none);
  Stop stop;
  stop.request();
  const auto result =
      receive(panel.vault(), panel.key(), panel.inbox(), panel.receipts(), {}, none, stop);
  ASSERT_FALSE(result.has_value());
  EXPECT_EQ(result.error().fault, Fault::stopped);
  EXPECT_THAT(Panel::names_in(panel.inbox()), SizeIs(1));
  EXPECT_THAT(panel.rows(), IsEmpty());
}

// Twenty codes of one patient each, as numbers of patients would be.
TEST_F(Receive, G4CodesThatLookLikeIdentifiersKeepTheirOwnPackageOutAlone) {
  for (unsigned char i = 2; i <= 9; ++i) {
    const std::string name = "cabinet-" + std::to_string(i);
    panel.admit(name, static_cast<unsigned char>(50 + i));
    post::Contents contents = visits(panel, name, 1);
    if (i == 5) {
      for (std::uint64_t one = 0; one < 40; ++one) {
        add_event(contents, {9, one}, 20000, "diagnosis", "no-" + std::to_string(one));
        contents.codes.back().system = "numbers";
      }
    }
    panel.put(name, panel.package(post::in_order(contents), static_cast<unsigned char>(50 + i)));
  }
  const ReceiveSummary summary = panel.receive();
  EXPECT_EQ(summary.taken, 7);
  EXPECT_EQ(summary.refused[static_cast<std::size_t>(post::Refusal::malformed)], 1);
  EXPECT_EQ(panel.answer("cabinet-5-1"), "malformed");
  EXPECT_THAT(vault::files_holding(panel.vault().path(), "no-1"), IsEmpty());
}

TEST_F(Receive, ARoundOfFewRowsTakesOneAfterAnother) {
  for (std::uint64_t number = 1; number <= 5; ++number) {
    send(visits(panel, "cabinet-1", number));
  }
  const auto summary =
      panel.try_to_receive({.threads = 2, .memory_megabytes = 100, .round_rows = 5});
  ASSERT_TRUE(summary.has_value());
  EXPECT_EQ(summary->taken, 5);
  EXPECT_EQ(summary->rounds, 3);
  EXPECT_THAT(panel.rows(), SizeIs(2 + 5 * 3));
}

TEST_F(Receive, OtherFilesAndLinksArePassedOver) {
  send(visits(panel, "cabinet-1", 1));
  std::ofstream(panel.inbox() / "note.txt") << "hello";
  fs::create_symlink(panel.inbox() / "note.txt", panel.inbox() / "link.package");
  const ReceiveSummary summary = panel.receive();
  EXPECT_EQ(summary.taken, 1);
  EXPECT_EQ(summary.passed_over, 2);
  EXPECT_THAT(Panel::names_in(panel.inbox()), SizeIs(2));
}

}  // namespace
}  // namespace parcours::reception
