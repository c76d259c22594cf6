#include "practice/exchange.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>

#include "practice/deeds.h"
#include "practice/testing/made_practice.h"

namespace parcours::practice {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class Exchange : public testing::Test {
 protected:
  Exchange() {
    EXPECT_TRUE(made.ready().pack());
    fs::create_directory(made.place("usb"));
  }
  Result<Answered> take(const fs::path& file) const {
    Office office = made.open();
    return take_receipt(office, file);
  }
  MadePractice made;
};

TEST_F(Exchange, PackagesGoOutWholeUnderThePracticesName) {
  Office office = made.open();
  const auto sent = send(office, made.place("usb"));
  ASSERT_TRUE(sent) << sent.error().sentence();
  EXPECT_EQ(*records::digest_of_file(made.place("usb") / "cabinet-012-000001.package"),
            *records::digest_of_file(office.package(1)));
  EXPECT_TRUE(office.state().waiting.at(1).sent);
}

TEST_F(Exchange, APackageThatWasChangedIsNotSent) {
  Office office = made.open();
  std::ofstream(office.package(1), std::ios::app) << "x";
  EXPECT_THAT(send(office, made.place("usb")).error().sentence(),
              HasSubstr("not as it was packed"));
  EXPECT_TRUE(fs::is_empty(made.place("usb")));
}

// G1
TEST_F(Exchange, AReceiptDeletesItsPackage) {
  const auto answered = take(made.receipt(1));
  ASSERT_TRUE(answered) << answered.error().sentence();
  EXPECT_TRUE(fs::is_empty(made.folder() / "outbox"));
  EXPECT_EQ(made.open().state().next_number(), 2u);
}

TEST_F(Exchange, ARefusedPackageLeavesItsNumberToTheNext) {
  const auto answered = take(
      made.receipt(1, post::RefusedPackage{post::Refusal::not_covered, "a row is not covered", 1}));
  ASSERT_TRUE(answered) << answered.error().sentence();
  EXPECT_FALSE(answered->waits);
  EXPECT_TRUE(fs::is_empty(made.folder() / "outbox"));
  EXPECT_EQ(made.open().state().next_number(), 1u);
}

TEST_F(Exchange, APackageThatCameTooEarlyStillWaits) {
  ASSERT_TRUE(made.pack());
  const auto answered = take(made.receipt(
      2, post::RefusedPackage{post::Refusal::package_missing, "package 1 is missing", 1}));
  ASSERT_TRUE(answered) << answered.error().sentence();
  EXPECT_TRUE(answered->waits);
  EXPECT_EQ(made.open().state().waiting.size(), 2u);
}

std::uint64_t confirmed_in(const MadePractice& made, std::uint64_t package) {
  return made.opened(package).confirmed.value_or(post::Confirmed()).number;
}

TEST_F(Exchange, TheNextPackageConfirmsTheReceiptsThatHaveComeWithoutAGap) {
  ASSERT_TRUE(made.pack());
  ASSERT_TRUE(made.pack());
  EXPECT_EQ(confirmed_in(made, 3), 0u);
  ASSERT_TRUE(take(made.receipt(2)));
  ASSERT_TRUE(made.pack());
  EXPECT_EQ(confirmed_in(made, 4), 0u);  // that of 1 has not come
  const auto first = take(made.receipt(1));
  ASSERT_TRUE(first);
  ASSERT_TRUE(made.pack());
  EXPECT_EQ(confirmed_in(made, 5), 2u);
  ASSERT_TRUE(take(made.receipt(3, post::RefusedPackage{post::Refusal::not_covered, "x", 3})));
  ASSERT_TRUE(made.pack());  // takes its number
  EXPECT_EQ(confirmed_in(made, 3), 2u);
}

// G2
TEST_F(Exchange, AReceiptOfAnotherVaultOrPackageCountsForNothing) {
  const fs::path good = made.receipt(1);
  std::string text = *read_file(good);
  text.replace(text.find("taken"), 5, "token");
  ASSERT_TRUE(write_file(made.place("forged"), text));
  EXPECT_FALSE(take(made.place("forged")));
  ASSERT_TRUE(take(good));
  EXPECT_THAT(take(good).error().sentence(), HasSubstr("which does not wait for one"));
  ASSERT_TRUE(made.pack());
  EXPECT_TRUE(fs::exists(made.folder() / "outbox/000002.package"));
}

TEST_F(Exchange, AReceiptNamesTheVeryFile) {
  const fs::path first = made.receipt(1, post::RefusedPackage{post::Refusal::not_covered, "x", 1});
  ASSERT_TRUE(take(first));
  ASSERT_TRUE(made.pack());
  EXPECT_THAT(take(first).error().sentence(), HasSubstr("another file"));
}

TEST_F(Exchange, WhoLeavesKeepsTheLogAlone) {
  {
    Office office = made.open();
    ASSERT_TRUE(leave(office));
  }
  const Result<Office> office = Office::open(made.folder(), Language::en);
  ASSERT_FALSE(office);
  EXPECT_EQ(office.error().fault, Fault::rule);
  EXPECT_TRUE(fs::is_empty(made.folder() / "keys"));
  EXPECT_TRUE(fs::is_empty(made.folder() / "outbox"));
  EXPECT_FALSE(fs::exists(made.folder() / "practice.key"));
  EXPECT_EQ(read_log(made.folder(), Language::en)->back().deed, Deed::leave);
}

}  // namespace
}  // namespace parcours::practice
