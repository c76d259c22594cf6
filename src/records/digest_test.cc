#include "records/digest.h"

#include <gtest/gtest.h>

#include <fstream>

#include "base/files.h"

namespace parcours::records {
namespace {

Digest digest_of(std::string_view text) {
  Digester digester;
  digester.take(text);
  return digester.finish();
}

// As `printf abc | b2sum --length=256` prints it.
constexpr const char* of_abc = "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319";

TEST(Digest, IsWhatB2sumPrints) {
  EXPECT_EQ(digest_of("abc").hex(), of_abc);
  EXPECT_EQ(Digest::parse(of_abc), digest_of("abc"));
}

TEST(Digest, OfPiecesIsTheDigestOfTheWhole) {
  Digester digester;
  for (const char* piece : {"a", "", "bc"}) {
    digester.take(std::string_view(piece));
  }
  EXPECT_EQ(digester.finish().hex(), of_abc);
}

TEST(Digest, OfAFile) {
  const ScratchFolder folder =
      *ScratchFolder::make(std::filesystem::temp_directory_path(), "parcours-digest-");
  const std::filesystem::path path = folder.path() / "file";
  std::ofstream(path) << "abc";
  EXPECT_EQ(digest_of_file(path)->hex(), of_abc);
  EXPECT_EQ(digest_of_file(folder.path() / "none").error().fault, Fault::input);
}

TEST(Digest, OfNothingElseIsADigestRead) {
  const std::string hex = of_abc;
  EXPECT_FALSE(Digest::parse(""));
  EXPECT_FALSE(Digest::parse(hex.substr(1)));
  EXPECT_FALSE(Digest::parse(hex + "0"));
  EXPECT_FALSE(Digest::parse("B" + hex.substr(1)));
  EXPECT_FALSE(Digest::parse("x" + hex.substr(1)));
}

}  // namespace
}  // namespace parcours::records
