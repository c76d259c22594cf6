#include "reception/objections.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "base/files.h"
#include "reception/testing/one_practice.h"
#include "vault/compact.h"
#include "vault/forget.h"
#include "vault/formal.h"

namespace parcours::reception {
namespace {

class Withdrawn : public OnePractice {};

// Cleo's rows that live.
std::size_t of_cleo(const Panel& panel, const records::PatientId& cleo_there) {
  const std::string start = fmt::format("{:016x}{:016x}", cleo_there.high, cleo_there.low);
  return static_cast<std::size_t>(std::ranges::count_if(
      panel.rows(), [&](const std::string& row) { return row.starts_with(start); }));
}

void compact_now(const Panel& panel) {
  Progress none(Progress::Manner::none);
  ASSERT_TRUE(vault::compact(panel.vault(), none, Stop()));
}

TEST_F(Withdrawn, AWithdrawnObjectionLetsInWhatIsSentFromThenOnAndNothingFromBefore) {
  send(visits(panel, "cabinet-1", 1));
  panel.receive();
  ASSERT_EQ(of_cleo(panel, two(cleo)), 3u);
  post::Contents objection = panel.contents("cabinet-1", 2);
  objection.objections = {cleo};
  send(objection);
  panel.receive();
  EXPECT_EQ(of_cleo(panel, two(cleo)), 0u);

  post::Contents again = visits(panel, "cabinet-1", 3);
  again.period = "2031-01";
  again.withdrawn = {cleo};
  send(again);
  const ReceiveSummary summary = panel.receive();
  EXPECT_EQ(summary.withdrawn, 1u);
  EXPECT_EQ(summary.objected, 0u);
  EXPECT_EQ(panel.receipt("cabinet-1-3").taken.withdrawn, 1u);
  EXPECT_EQ(of_cleo(panel, two(cleo)), 3u);  // of the last package alone
  compact_now(panel);
  EXPECT_EQ(of_cleo(panel, two(cleo)), 3u);

  again = visits(panel, "cabinet-1", 4);
  again.period = "2031-02";
  again.withdrawn = {cleo};  // every later package says it
  send(again);
  EXPECT_EQ(panel.receive().withdrawn, 0u);
  EXPECT_EQ(of_cleo(panel, two(cleo)), 5u);  // she is one patient, with two events a package
  objection = panel.contents("cabinet-1", 5);
  objection.period = "2031-03";
  objection.objections = {cleo};
  send(objection);
  panel.receive();
  EXPECT_EQ(of_cleo(panel, two(cleo)), 0u);
  EXPECT_TRUE(is_sound(panel));
}

TEST_F(Withdrawn, NobodyWithdrawsAnObjectionThatAnotherTold) {
  panel.admit("cabinet-2", 51);
  send(visits(panel, "cabinet-1", 1));
  panel.receive();
  ASSERT_EQ(*vault::note_objections(panel.vault(), {two(cleo)}), 1u);
  post::Contents objection = panel.contents("cabinet-1", 2);
  objection.objections = {cleo};
  send(objection);
  EXPECT_EQ(panel.receive().objections, 0u);  // she objects already
  post::Contents other = panel.contents("cabinet-2", 1);
  other.withdrawn = {cleo};
  panel.put("o", panel.package(other, 51));
  EXPECT_EQ(panel.receive().withdrawn, 0u);
  const auto withdrawn = vault::withdraw_objections(panel.vault(), {two(cleo)});
  ASSERT_TRUE(withdrawn);
  EXPECT_EQ(withdrawn->withdrawn, 1u);
  EXPECT_EQ(withdrawn->still, 1u);
  post::Contents late = visits(panel, "cabinet-1", 3);
  late.period = "2031-01";
  send(late);
  EXPECT_EQ(panel.receive().objected, 3u);
  late = visits(panel, "cabinet-1", 4);
  late.period = "2031-02";
  late.withdrawn = {cleo};
  send(late);
  EXPECT_EQ(panel.receive().withdrawn, 1u);
  EXPECT_EQ(of_cleo(panel, two(cleo)), 3u);
}

// The vault keeps the patient's no, and not by whom it learnt it.
TEST_F(Withdrawn, AnObjectionOutlivesThePracticeThatToldIt) {
  post::Contents contents = visits(panel, "cabinet-1", 1);
  contents.patients.clear();
  std::erase_if(contents.events, [](const rows::EventRow& row) { return row.patient == cleo; });
  contents.objections = {cleo};
  send(post::in_order(std::move(contents)));
  panel.receive();
  ASSERT_EQ(vault::withdraw_objections(panel.vault(), {two(cleo)})->still, 1u);
  const std::string name = panel.vault_name("cabinet-1");
  Progress none(Progress::Manner::none);
  ASSERT_TRUE(vault::forget(panel.vault(), vault::PracticeToForget{name}, none, Stop()));
  const std::string catalog = *read_file(vault::catalog_path(panel.vault().path()));
  EXPECT_EQ(catalog.find(name), std::string::npos);
  EXPECT_EQ(*vault::note_objections(panel.vault(), {two(cleo)}), 0u);  // she objects already
  const auto withdrawn = vault::withdraw_objections(panel.vault(), {two(cleo)});
  EXPECT_EQ(withdrawn->withdrawn, 1u);
  EXPECT_EQ(withdrawn->still, 0u);
}

TEST_F(Withdrawn, ARefusedPackageWithdrawsNothing) {
  post::Contents objection = panel.contents("cabinet-1", 1);
  objection.objections = {cleo};
  send(objection);
  panel.receive();
  post::Contents early = visits(panel, "cabinet-1", 3);
  early.withdrawn = {cleo};
  send(early);
  EXPECT_EQ(panel.receive().withdrawn, 0u);
  EXPECT_EQ(panel.answer("cabinet-1-3"), "package-missing");
  post::Contents second = visits(panel, "cabinet-1", 2);
  second.period = "2031-01";
  send(second);
  EXPECT_EQ(panel.receive().objected, 3u);
}

// A package under a permit that the vault does not have, which tells that Cleo objects.
post::Contents refused_objection(const Panel& panel, std::uint64_t number, const char* made_at) {
  post::Contents contents =
      panel.contents("cabinet-1", number, vault::broad_permit(Calendar::dates, "T-9"));
  contents.objections = {cleo};
  contents.made_at = made_at;
  return contents;
}

// The first package, refused; the same number anew, with the withdrawal, taken.
void object_and_withdraw(const Panel& panel, const std::string& refused) {
  panel.put("refused", refused);
  ASSERT_EQ(panel.receive().objections, 1u);
  post::Contents anew = visits(panel, "cabinet-1", 1);
  anew.withdrawn = {cleo};
  anew.made_at = "2026-11-24T08:00:00Z";
  panel.put("anew", panel.package(anew, 50));
  ASSERT_EQ(panel.receive().withdrawn, 1u);
}

TEST_F(Withdrawn, AnOldRefusedPackageThatIsBroughtAgainDoesNotObjectAnew) {
  const std::string old = panel.package(refused_objection(panel, 1, "2026-11-23T20:18:00Z"), 50);
  object_and_withdraw(panel, old);
  ASSERT_EQ(of_cleo(panel, two(cleo)), 3u);
  panel.put("again", old);
  EXPECT_EQ(panel.receive().objections, 0u);
  EXPECT_EQ(of_cleo(panel, two(cleo)), 3u);
}

TEST_F(Withdrawn, AnOldRefusedPackageDoesNotObjectAnewAfterACompaction) {
  const std::string old = panel.package(refused_objection(panel, 1, "2026-11-23T20:18:00Z"), 50);
  object_and_withdraw(panel, old);
  compact_now(panel);
  panel.put("again", old);
  EXPECT_EQ(panel.receive().objections, 0u);
}

// Its number need not be used: a practice may have packed several before the first was refused.
TEST_F(Withdrawn, AnOldRefusedPackageOfALaterNumberDoesNotObjectAnew) {
  const std::string old = panel.package(refused_objection(panel, 2, "2026-11-23T20:19:00Z"), 50);
  object_and_withdraw(panel,
                      panel.package(refused_objection(panel, 1, "2026-11-23T20:18:00Z"), 50));
  panel.put("again", old);
  EXPECT_EQ(panel.receive().objections, 0u);
}

// A practice whose folder came from a backup numbers its packages from there.
TEST_F(Withdrawn, ARefusedPackageThatWasMadeSinceObjectsWhateverItsNumber) {
  object_and_withdraw(panel,
                      panel.package(refused_objection(panel, 1, "2026-11-23T20:18:00Z"), 50));
  panel.put("new", panel.package(refused_objection(panel, 1, "2026-11-25T08:00:00Z"), 50));
  EXPECT_EQ(panel.receive().objections, 1u);
  EXPECT_EQ(of_cleo(panel, two(cleo)), 0u);
}

}  // namespace
}  // namespace parcours::reception
