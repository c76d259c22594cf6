#include "formalities/signing_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <algorithm>
#include <filesystem>

#include "base/files.h"
#include "formalities/signing_key_text.h"
#include "formalities/testing/ssh_keygen.h"

namespace parcours::formalities {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

class SigningKeys : public testing::Test {
 protected:
  SigningKey made(unsigned char number) const {
    records::Secret seed(32);
    std::ranges::fill(seed.bytes(), number);
    return SigningKey::of_seed(seed);
  }
  std::string refusal(const fs::path& path) const {
    const Result<SigningKey> read = SigningKey::read(path);
    EXPECT_FALSE(read);
    return read ? std::string() : read.error().sentence();
  }

  ScratchFolder folder = *ScratchFolder::make(fs::temp_directory_path(), "signing-");
  fs::path file = folder.path() / "anne.key";
};

TEST_F(SigningKeys, AreReadAsTheyWereWrittenAndAreTheirOwnersAlone) {
  const SigningKey key = SigningKey::generate();
  for (const std::string comment : {"", "A", "An", "Anne", "Anne Martin", "Anne Martin."}) {
    const fs::path path = folder.path() / ("key-" + std::to_string(comment.size()));
    ASSERT_TRUE(key.write(path, comment));
    struct stat status {};
    ASSERT_EQ(::stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777, 0600);
    const Result<SigningKey> read = SigningKey::read(path);
    ASSERT_TRUE(read) << read.error().sentence();
    EXPECT_EQ(read->public_key(), key.public_key());
    EXPECT_EQ(read->sign("text", act_signature), key.sign("text", act_signature));
    const std::string line = *read_file(path.string() + ".pub");
    EXPECT_EQ(line, to_string(key.public_key()) + (comment.empty() ? "" : " ") + comment + "\n");
  }
}

TEST_F(SigningKeys, AreNotWrittenInPlaceOfOthers) {
  ASSERT_TRUE(made(1).write(file, "anne"));
  EXPECT_FALSE(made(2).write(file, "anne"));
  fs::remove(file);
  EXPECT_FALSE(made(2).write(file, "anne"));  // the public one is still there
  EXPECT_FALSE(fs::exists(file));
  EXPECT_FALSE(made(2).write(folder.path() / "other", "two\nlines"));
}

TEST_F(SigningKeys, OpenSshReadsThemAndSignsTheSame) {
  if (!have_ssh_keygen()) {
    GTEST_SKIP() << "ssh-keygen is not installed";
  }
  const SigningKey key = made(7);
  ASSERT_TRUE(key.write(file, "Anne Martin"));
  EXPECT_EQ(ssh_keygen("-y -f " + file.string()).output,
            to_string(key.public_key()) + " Anne Martin\n");
  const SshKeygen by_openssh =
      ssh_keygen("-q -Y sign -n parcours-act -f " + file.string(), "a text\n");
  EXPECT_EQ(by_openssh.output.substr(by_openssh.output.find("-----BEGIN")),
            key.sign("a text\n", act_signature));
}

TEST_F(SigningKeys, OfOpenSshAreRead) {
  if (!have_ssh_keygen()) {
    GTEST_SKIP() << "ssh-keygen is not installed";
  }
  ASSERT_EQ(ssh_keygen("-q -t ed25519 -N '' -C anne -f " + file.string()).code, 0);
  const Result<SigningKey> key = SigningKey::read(file);
  ASSERT_TRUE(key) << key.error().sentence();
  EXPECT_EQ(to_string(key->public_key()) + " anne\n", *read_file(file.string() + ".pub"));
}

TEST_F(SigningKeys, WithAPassphraseOrOfAnotherKindAreRefusedWithWhatToDo) {
  if (!have_ssh_keygen()) {
    GTEST_SKIP() << "ssh-keygen is not installed";
  }
  ASSERT_EQ(ssh_keygen("-q -t ed25519 -N 'a long one' -C anne -f " + file.string()).code, 0);
  EXPECT_THAT(refusal(file), testing::AllOf(HasSubstr("passphrase"), HasSubstr("ssh-keygen -Y")));
  const fs::path other = folder.path() / "ecdsa";
  ASSERT_EQ(ssh_keygen("-q -t ecdsa -N '' -C anne -f " + other.string()).code, 0);
  EXPECT_THAT(refusal(other), HasSubstr("Ed25519"));
}

TEST_F(SigningKeys, WithAnyBitChangedAreRefusedOrStillTheSame) {
  const SigningKey key = made(3);
  ASSERT_TRUE(key.write(file, "anne"));
  const std::string text = *read_file(file);
  for (std::size_t bit = 0; bit < 8 * text.size(); ++bit) {
    std::string changed = text;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
    const Result<records::Secret> secret = secret_of_text(changed, "anne.key");
    if (secret) {  // its comment changed
      ASSERT_EQ(blob_of_secret(*secret), key.public_key().blob);
    }
  }
}

TEST_F(SigningKeys, ThatOthersCanReadAreRefused) {
  ASSERT_TRUE(made(1).write(file, "anne"));
  ::chmod(file.c_str(), 0644);
  EXPECT_THAT(refusal(file), HasSubstr("chmod 600"));
  EXPECT_THAT(refusal(private_text(folder.path() / "note", "my key")),
              HasSubstr("parcours key make"));
}

}  // namespace
}  // namespace parcours::formalities
