#include "post/package.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "base/bytes.h"
#include "base/files.h"
#include "formalities/signature.h"
#include "post/body.h"
#include "post/deflated.h"
#include "post/seal.h"
#include "post/testing/sent.h"

namespace parcours::post {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;
using testing::Not;

const VaultKeys& keys_of(unsigned char vault) {
  static const VaultKeys one = vault_keys(1);
  static const VaultKeys two = vault_keys(2);
  return vault == 1 ? one : two;
}

std::string package_for(const Contents& contents, unsigned char vault = 1,
                        unsigned char practice = 50) {
  const auto made = package_of(contents, vault_card(keys_of(vault)), practice_key(practice));
  EXPECT_TRUE(made.has_value()) << made.error().sentence();
  return made.value_or("");
}

std::expected<Contents, Refused> opened(std::string_view package, unsigned char vault = 1,
                                        unsigned char practice = 50) {
  static const formalities::PublicKey usual = practice_key(50).public_key();
  auto found = open_package(package, keys_of(vault),
                            practice == 50 ? usual : practice_key(practice).public_key());
  if (!found) {
    return std::unexpected(std::move(found).error());
  }
  return std::move(found->contents);
}

std::string_view why(const std::expected<Contents, Refused>& found) {
  return found ? "opened" : to_string(found.error().why);
}

// What a practice signs that makes its packages with a program of its own.
std::string signed_by(unsigned char practice, const std::string& letter) {
  return letter + practice_key(practice).sign(letter, formalities::package_signature);
}

std::string with_body(const Header& header, std::string_view body) {
  const std::string packed = *deflated(body);
  const std::string clear = clear_part(header, sealed_size(packed.size()));
  return signed_by(50, clear + *sealed(packed, clear, keys_of(1).seal_key()));
}

std::optional<std::string> unsealed_with(const VaultKeys& keys, const Envelope& envelope) {
  return unsealed(envelope.sealed, envelope.clear, keys.pairs().front().key,
                  keys.pairs().front().secret);
}

TEST(Package, G3OpensAsItWasWritten) {
  for (std::uint64_t seed = 0; seed < 100; ++seed) {
    const Contents contents = random_contents(seed, 40);
    const auto again = opened(package_for(contents));
    ASSERT_TRUE(again.has_value()) << seed << ": " << again.error().error.sentence();
    EXPECT_EQ(shown(*again), shown(in_order(contents))) << seed;
  }
}

TEST(Package, G3OneOfSeveralChunksOpensAsItWasWritten) {
  const Contents contents = random_contents(5, 12'000);
  const std::string package = package_for(contents);
  EXPECT_GT(package.size(), 3u << 16);
  const auto again = opened(package);
  ASSERT_TRUE(again.has_value());
  EXPECT_EQ(shown(*again), shown(in_order(contents)));
}

TEST(Package, SaysWhoSentIt) {
  const std::string package = package_for(small_contents());
  const auto header = read_header(package);
  ASSERT_TRUE(header.has_value());
  records::Digester digester;
  digester.take(package);
  EXPECT_EQ(*header, (Header{vault_number(1), "cabinet-012", 7, digester.finish()}));
}

TEST(Package, G1EveryChangedBitIsAnError) {
  const std::string package = package_for(small_contents());
  for (std::size_t at = 0; at < package.size(); ++at) {
    for (int bit = 0; bit < 8; ++bit) {
      std::string changed = package;
      changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
      const auto found = opened(changed);
      ASSERT_FALSE(found.has_value()) << at;
      EXPECT_FALSE(found.error().error.found.empty());
    }
  }
}

TEST(Package, G1EveryBeginningIsCutOff) {
  const std::string package = package_for(small_contents());
  for (std::size_t size = 0; size < package.size(); ++size) {
    EXPECT_EQ(why(opened(package.substr(0, size))), "cut-off") << size;
  }
}

TEST(Package, G1NothingMayFollow) {
  const std::string package = package_for(small_contents());
  EXPECT_FALSE(opened(package + "\n").has_value());
  EXPECT_FALSE(opened(package + "x").has_value());
  EXPECT_EQ(why(opened(package + package)), "altered");
}

TEST(Package, G1ASignatureThatIsWrittenInAnotherWayIsRefused) {
  std::string package = package_for(small_contents());
  package.insert(package.rfind("\n-----END"), "\r");
  EXPECT_EQ(why(opened(package)), "altered");
}

TEST(Package, G2TheFileHoldsNoWordOfTheContents) {
  const std::string package = package_for(random_contents(5, 400));
  for (const char* word : {"icd10", "fr-department", "2026-DR-014", "2026-11-23", "reason"}) {
    EXPECT_THAT(package, Not(HasSubstr(word)));
  }
}

TEST(Package, G2TwoOfTheSameContentsShareNothingThatIsSealed) {
  const std::string one = package_for(small_contents());
  const std::string other = package_for(small_contents());
  const auto first = envelope_of(one);
  const auto second = envelope_of(other);
  ASSERT_TRUE(first && second);
  EXPECT_EQ(first->clear, second->clear);
  for (std::size_t at = 0; at + 8 <= first->sealed.size(); ++at) {
    EXPECT_NE(first->sealed.substr(at, 8), second->sealed.substr(at, 8));
  }
}

TEST(Package, G2ItsLengthHidesHowMuchItHolds) {
  Contents more = small_contents();
  more.events.resize(60, more.events.back());
  EXPECT_EQ(package_for(more).size(), package_for(small_contents()).size());
}

TEST(Package, G2AnotherVaultsKeyOpensNothing) {
  const std::string package = package_for(small_contents());
  const auto envelope = envelope_of(package);
  ASSERT_TRUE(envelope.has_value());
  EXPECT_TRUE(unsealed_with(keys_of(1), *envelope).has_value());
  EXPECT_FALSE(unsealed_with(keys_of(2), *envelope).has_value());
  EXPECT_EQ(why(opened(package, 2)), "other-vault");
}

// The vault 1 had the pair 1, and has the pair 9 now.
std::expected<OpenedPackage, Refused> opened_after_renewal(
    const std::string& package, const std::vector<unsigned char>& pairs) {
  return open_package(package, renewed_keys(1, pairs, 2), practice_key(50).public_key());
}

TEST(Package, G5AKeyOfTheVaultOpensNothingThatWasSealedToItsNextOne) {
  const auto made =
      package_of(small_contents(), vault_card(renewed_keys(1, {9}, 2)), practice_key(50));
  ASSERT_TRUE(made.has_value());
  EXPECT_FALSE(unsealed_with(keys_of(1), *envelope_of(*made)).has_value());
}

TEST(Package, SealedToAnOldKeyOpensWhileTheVaultHasItAndSaysSo) {
  const auto found = opened_after_renewal(package_for(small_contents()), {9, 1});
  ASSERT_TRUE(found.has_value());
  EXPECT_TRUE(found->old_card);
  EXPECT_EQ(shown(found->contents), shown(in_order(small_contents())));
}

TEST(Package, SealedToAKeyThatTheVaultHasDestroyedIsRefusedAsOfAnOldCard) {
  const auto found = opened_after_renewal(package_for(small_contents()), {9});
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(to_string(found.error().why), "old-card");
}

TEST(Package, EachThingThatIsWrongHasAReasonOfItsOwn) {
  const std::string package = package_for(small_contents());
  EXPECT_EQ(why(opened("PK\x03\x04 and so on")), "not-a-package");
  EXPECT_EQ(why(opened("parcours-package one\n")), "not-a-package");
  EXPECT_EQ(why(opened("")), "cut-off");
  EXPECT_EQ(why(opened(package, 1, 51)), "other-key");
  const auto future = opened("parcours-package 2\n" + package.substr(19));
  EXPECT_EQ(why(future), "future-format");
  EXPECT_THAT(future.error().error.sentence(),
              HasSubstr("this package is of format 2; this program reads 1"));
}

// The practice that signs is admitted, and the sealed bytes are another one's.
TEST(Package, G4NobodySignsWhatAnotherPracticeSealed) {
  const std::string package = package_for(small_contents());
  const auto envelope = envelope_of(package);
  ASSERT_TRUE(envelope.has_value());
  const std::string same_name = signed_by(51, std::string(envelope->letter));
  EXPECT_EQ(why(opened(same_name)), "other-key");

  Header mine = envelope->header;
  mine.practice = "cabinet-013";
  const std::string clear = clear_part(mine, envelope->sealed.size());
  EXPECT_EQ(why(opened(signed_by(51, clear + std::string(envelope->sealed)), 1, 51)), "altered");
}

TEST(Package, G4TheSealedBytesOfAPackageServeUnderNoOtherNumber) {
  const std::string package = package_for(small_contents());
  const auto envelope = envelope_of(package);
  ASSERT_TRUE(envelope.has_value());
  Header next = envelope->header;
  ++next.number;
  const std::string clear = clear_part(next, envelope->sealed.size());
  EXPECT_EQ(why(opened(signed_by(50, clear + std::string(envelope->sealed)))), "altered");
}

TEST(Package, G4TheContentsSayTheSameAsTheHeader) {
  const std::string body = body_of(small_contents());
  EXPECT_EQ(why(opened(with_body({vault_number(1), "cabinet-012", 7, {}}, body))), "opened");
  EXPECT_EQ(why(opened(with_body({vault_number(1), "cabinet-012", 8, {}}, body))), "altered");
  EXPECT_EQ(why(opened(with_body({vault_number(1), "cabinet-01", 7, {}}, body))), "altered");
}

TEST(Package, ContentsThatBreakTheFormatAreRefusedAlsoWhenSigned) {
  const Header header{vault_number(1), "cabinet-012", 7, {}};
  Contents consulted = small_contents();
  consulted.events[0].provenance = 3;
  const auto found = opened(with_body(header, body_of(consulted)));
  EXPECT_EQ(why(found), "malformed");
  EXPECT_THAT(found.error().error.sentence(), HasSubstr("event 1 has a provenance"));
  EXPECT_EQ(why(opened(with_body(header, "no body"))), "malformed");
}

TEST(Package, ASealedBombIsRefused) {
  const Header header{vault_number(1), "cabinet-012", 7, {}};
  const std::string zeros(std::size_t{1} << 26, '\0');
  EXPECT_EQ(why(opened(with_body(header, zeros))), "malformed");
  std::string packed = *deflated(zeros);
  for (std::size_t i = 0; i < 8; ++i) {
    packed[i] = '\x7f';  // a size that no memory has
  }
  EXPECT_FALSE(inflated(packed, std::size_t{1} << 29).has_value());
  const std::string clear = clear_part(header, sealed_size(packed.size()));
  EXPECT_EQ(why(opened(signed_by(50, clear + *sealed(packed, clear, keys_of(1).seal_key())))),
            "malformed");
}

TEST(Package, ThePracticeIsToldBeforeItSigns) {
  const VaultCard card = vault_card(keys_of(1));
  Contents contents = small_contents();
  contents.vault = vault_number(2);
  EXPECT_THAT(package_of(contents, card, practice_key(50)).error().sentence(),
              HasSubstr("another vault than the card's"));
  contents = small_contents();
  contents.events[0].provenance = 3;
  EXPECT_THAT(package_of(contents, card, practice_key(50)).error().sentence(),
              HasSubstr("only consulted"));
  VaultCard bad = card;
  bad.seal = {};
  EXPECT_THAT(package_of(small_contents(), bad, practice_key(50)).error().sentence(),
              HasSubstr("cannot be sealed to"));
}

TEST(Package, ItsFileIsItsOwnersAlone) {
  const fs::path folder = fs::path(testing::TempDir()) / "package_test";
  fs::remove_all(folder);
  fs::create_directory(folder);
  const fs::path file = folder / "2026-11.parcours";
  ASSERT_TRUE(write_package(file, small_contents(), vault_card(keys_of(1)), practice_key(50)));
  EXPECT_EQ(fs::status(file).permissions(), fs::perms::owner_read | fs::perms::owner_write);
  EXPECT_EQ(std::distance(fs::directory_iterator(folder), {}), 1);
  const auto bytes = read_package(file);
  ASSERT_TRUE(bytes.has_value());
  EXPECT_TRUE(opened(*bytes).has_value());
  EXPECT_FALSE(read_package(folder / "other").has_value());
  fs::remove_all(folder);
}

TEST(Package, ReasonsHaveNamesThatStay) {
  EXPECT_EQ(to_string(Refusal::not_a_package), "not-a-package");
  EXPECT_EQ(to_string(Refusal::number_used), "number-used");
  EXPECT_EQ(to_string(Refusal::not_covered), "not-covered");
  for (std::size_t i = 0; i < refusals; ++i) {
    const auto one = static_cast<Refusal>(i);
    EXPECT_EQ(find_refusal(to_string(one)), one);
    EXPECT_FALSE(sentence(one).en.empty() || sentence(one).fr.empty());
  }
  EXPECT_FALSE(find_refusal("other").has_value());
}

}  // namespace
}  // namespace parcours::post
