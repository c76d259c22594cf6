#include "formalities/public_key.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sodium.h>

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/files.h"
#include "formalities/signature.h"
#include "formalities/signing_key.h"
#include "formalities/testing/ssh_keygen.h"
#include "formalities/wire.h"

namespace parcours::formalities {
namespace {

namespace fs = std::filesystem;
using testing::HasSubstr;

SigningKey key_number(unsigned char number) {
  records::Secret seed(32);
  std::ranges::fill(seed.bytes(), number);
  return SigningKey::of_seed(seed);
}

const std::string act = "[status]\npermit = \"2026-DR-014\"\n";

// A hardware key made by hand: what its chip does, libsodium does here.
class HandmadeHardwareKey {
 public:
  explicit HandmadeHardwareKey(unsigned char number) {
    std::array<unsigned char, 32> seed{};
    seed.fill(number);
    crypto_sign_seed_keypair(point_.data(), secret_.data(), seed.data());
  }
  PublicKey public_key() const {
    const std::string type = "sk-ssh-ed25519@openssh.com";
    const std::string point(point_.begin(), point_.end());
    return {type, wire_text(type) + wire_text(point) + wire_text("ssh:")};
  }
  std::string sign(std::string_view text, std::string_view use, std::uint8_t flags = 1,
                   const std::string& hash = "sha512") const {
    Signature made{public_key(), std::string(use), hash, std::string(64, '\0'), flags, 7};
    const std::string message = *signed_bytes(made, text);
    crypto_sign_detached(reinterpret_cast<unsigned char*>(made.bytes.data()), nullptr,
                         reinterpret_cast<const unsigned char*>(message.data()), message.size(),
                         secret_.data());
    return to_text(made);
  }

 private:
  std::array<unsigned char, 32> point_{};
  std::array<unsigned char, 64> secret_{};
};

// Whether OpenSSH finds the signature good.
bool openssh_accepts(const std::string& text, const std::string& signature, const PublicKey& key,
                     const std::string& use) {
  const auto folder = *ScratchFolder::make(fs::temp_directory_path(), "verify-");
  const fs::path allowed = private_text(folder.path() / "allowed", "anne " + to_string(key) + "\n");
  const fs::path sig = private_text(folder.path() / "text.sig", signature);
  return ssh_keygen(
             "-Y verify -f " + allowed.string() + " -I anne -n " + use + " -s " + sig.string(),
             text)
             .code == 0;
}

Fault fault_of(const Status& status) {
  return status ? Fault::stopped : status.error().fault;
}

TEST(PublicKeys, AreReadAsTheyAreWritten) {
  const PublicKey key = key_number(1).public_key();
  const std::string line = to_string(key);
  EXPECT_THAT(line, testing::StartsWith("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI"));
  EXPECT_EQ(*parse_public_key(line, "a.pub"), key);
  EXPECT_EQ(*parse_public_key(line + " Anne Martin\n", "a.pub"), key);
  const PublicKey hardware = HandmadeHardwareKey(1).public_key();
  EXPECT_EQ(*parse_public_key(to_string(hardware), "a.pub"), hardware);
}

TEST(PublicKeys, OfOtherKindsAndCutOnesAreErrorsThatSayWhatToWrite) {
  const std::string line = to_string(key_number(1).public_key());
  for (const std::string& bad :
       {std::string(), std::string("ssh-ed25519"), "ssh-rsa " + line.substr(12),
        line.substr(0, line.size() - 1), line.substr(0, line.size() - 4), line + "AAAA",
        "sk-ssh-ed25519@openssh.com " + line.substr(12)}) {
    const Result<PublicKey> read = parse_public_key(bad, "a.pub");
    ASSERT_FALSE(read) << bad;
    EXPECT_EQ(read.error().fault, Fault::input);
    EXPECT_EQ(read.error().where, "a.pub");
    EXPECT_THAT(read.error().right, HasSubstr("ssh-ed25519 AAAA"));
  }
}

TEST(PublicKeys, HaveTheFingerprintThatOpenSshPrints) {
  if (!have_ssh_keygen()) {
    GTEST_SKIP() << "ssh-keygen is not installed";
  }
  const auto folder = *ScratchFolder::make(fs::temp_directory_path(), "print-");
  for (const PublicKey& key : {key_number(3).public_key(), HandmadeHardwareKey(3).public_key()}) {
    const fs::path file = private_text(folder.path() / "key.pub", to_string(key) + " c\n");
    EXPECT_THAT(ssh_keygen("-l -f " + file.string()).output, HasSubstr(fingerprint(key)));
  }
}

TEST(Signatures, G1AreAcceptedOfTheirKeyTheirTextAndTheirUseAlone) {
  const SigningKey key = key_number(1);
  const std::string signature = key.sign(act, act_signature);
  EXPECT_TRUE(check_signature(act, signature, key.public_key(), act_signature, "a.sig"));
  EXPECT_EQ(*signer_of(signature, "a.sig"), key.public_key());

  const auto refusal = [&](const std::string& text, const PublicKey& of, std::string_view use) {
    const Status checked = check_signature(text, signature, of, use, "a.sig");
    EXPECT_EQ(fault_of(checked), Fault::rule);
    return checked ? std::string() : checked.error().sentence();
  };
  EXPECT_THAT(refusal(act + " ", key.public_key(), act_signature), HasSubstr("not over this text"));
  EXPECT_THAT(refusal(act, key.public_key(), package_signature), HasSubstr("another use"));
  EXPECT_THAT(refusal(act, key_number(2).public_key(), act_signature), HasSubstr("another key"));
}

TEST(Signatures, G1WithAnyBitChangedAreRefused) {
  const SigningKey software = key_number(1);
  const HandmadeHardwareKey hardware(1);
  const std::vector<std::pair<PublicKey, std::string>> made = {
      {software.public_key(), software.sign(act, act_signature)},
      {hardware.public_key(), hardware.sign(act, act_signature)}};
  for (const auto& [key, signature] : made) {
    ASSERT_TRUE(check_signature(act, signature, key, act_signature, "a.sig"));
    // The line feed at the end is no part of it.
    for (std::size_t bit = 0; bit < 8 * (signature.size() - 1); ++bit) {
      std::string changed = signature;
      changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
      ASSERT_EQ(fault_of(check_signature(act, changed, key, act_signature, "a.sig")), Fault::rule)
          << "bit " << bit;
    }
    for (std::size_t bit = 0; bit < 8 * act.size(); ++bit) {
      std::string changed = act;
      changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << (bit % 8)));
      ASSERT_FALSE(check_signature(changed, signature, key, act_signature, "a.sig"));
    }
    for (std::size_t size = 0; size + 1 < signature.size(); ++size) {
      ASSERT_FALSE(signer_of(signature.substr(0, size), "a.sig")) << size;
    }
  }
}

TEST(Signatures, WhoseBytesHaveAnyBitChangedAreRefused) {
  const SigningKey key = key_number(1);
  const Signature signature = *parse_signature(key.sign(act, act_signature));
  for (std::size_t bit = 0; bit < 8 * signature.bytes.size(); ++bit) {
    Signature changed = signature;
    changed.bytes[bit / 8] = static_cast<char>(changed.bytes[bit / 8] ^ (1 << (bit % 8)));
    EXPECT_FALSE(check_signature(act, to_text(changed), key.public_key(), act_signature, "a.sig"));
  }
}

TEST(Signatures, MayHaveLinesOfAnyLengthAndOfWindows) {
  const SigningKey key = key_number(1);
  std::string signature = key.sign(act, act_signature);
  std::string windows;
  for (const char c : signature) {
    windows += c == '\n' ? "\r\n" : std::string(1, c);
  }
  EXPECT_TRUE(check_signature(act, windows, key.public_key(), act_signature, "a.sig"));
  signature.erase(signature.find('\n', 40), 1);
  EXPECT_TRUE(check_signature(act, signature, key.public_key(), act_signature, "a.sig"));
}

TEST(Signatures, OfHardwareNeedATouch) {
  const HandmadeHardwareKey key(5);
  EXPECT_TRUE(check_signature(act, key.sign(act, act_signature, 1), key.public_key(), act_signature,
                              "a.sig"));
  EXPECT_TRUE(check_signature(act, key.sign(act, act_signature, 5), key.public_key(), act_signature,
                              "a.sig"));  // touched, and who touched it is known
  const Status untouched = check_signature(act, key.sign(act, act_signature, 0), key.public_key(),
                                           act_signature, "a.sig");
  ASSERT_EQ(fault_of(untouched), Fault::rule);
  EXPECT_THAT(untouched.error().found, HasSubstr("touched"));
}

TEST(Signatures, MayBeOverSha256AndOverNoOtherHash) {
  const HandmadeHardwareKey key(5);
  EXPECT_TRUE(check_signature(act, key.sign(act, act_signature, 1, "sha256"), key.public_key(),
                              act_signature, "a.sig"));
  Signature other = *parse_signature(key.sign(act, act_signature));
  other.hash = "sha1";
  EXPECT_THAT(
      check_signature(act, to_text(other), key.public_key(), act_signature, "a.sig").error().found,
      HasSubstr("hash"));
}

TEST(Signatures, G1OpenSshAcceptsTheSame) {
  if (!have_ssh_keygen()) {
    GTEST_SKIP() << "ssh-keygen is not installed";
  }
  const SigningKey software = key_number(1);
  const HandmadeHardwareKey hardware(1);
  const std::string by_software = software.sign(act, act_signature);
  const std::string by_hardware = hardware.sign(act, act_signature);
  EXPECT_TRUE(openssh_accepts(act, by_software, software.public_key(), "parcours-act"));
  EXPECT_TRUE(openssh_accepts(act, by_hardware, hardware.public_key(), "parcours-act"));
  EXPECT_FALSE(openssh_accepts(act + " ", by_software, software.public_key(), "parcours-act"));
  EXPECT_FALSE(openssh_accepts(act, by_software, software.public_key(), "parcours-package"));
  EXPECT_FALSE(openssh_accepts(act + " ", by_hardware, hardware.public_key(), "parcours-act"));
}

TEST(Signatures, G1OfOpenSshAreAccepted) {
  if (!have_ssh_keygen()) {
    GTEST_SKIP() << "ssh-keygen is not installed";
  }
  const auto folder = *ScratchFolder::make(fs::temp_directory_path(), "sign-");
  const std::string file = (folder.path() / "key").string();
  ASSERT_EQ(ssh_keygen("-q -t ed25519 -N '' -C anne -f " + file).code, 0);
  std::ifstream line_file(file + ".pub");
  std::string line;
  std::getline(line_file, line);
  const PublicKey key = *parse_public_key(line, "key.pub");
  for (const std::string hash : {"sha512", "sha256"}) {
    const SshKeygen made =
        ssh_keygen("-q -Y sign -n parcours-act -O hashalg=" + hash + " -f " + file, act);
    ASSERT_EQ(made.code, 0) << made.output;
    const std::string signature = made.output.substr(made.output.find("-----BEGIN"));
    EXPECT_TRUE(check_signature(act, signature, key, act_signature, "a.sig")) << hash;
    EXPECT_FALSE(check_signature(act, signature, key, package_signature, "a.sig")) << hash;
  }
}

TEST(Signatures, OfNoFormAreErrorsThatSayHowToMakeOne) {
  const Result<PublicKey> signer = signer_of("my signature", "a.sig");
  ASSERT_FALSE(signer);
  EXPECT_EQ(signer.error().fault, Fault::input);
  EXPECT_THAT(signer.error().right, HasSubstr("ssh-keygen -Y sign"));
}

}  // namespace
}  // namespace parcours::formalities
