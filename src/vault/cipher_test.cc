#include "vault/cipher.h"

#include <gtest/gtest.h>

#include "base/random.h"

namespace parcours::vault {
namespace {

struct Keyed {
  records::ProgrammeKey key = records::ProgrammeKey::generate();
  Cipher cipher{Encryption::fresh(records::check_of(key)), key};
};

std::string some_bytes(std::size_t size) {
  Random random(size);
  std::string bytes(size, '\0');
  for (char& byte : bytes) {
    byte = static_cast<char>(random.below(256));
  }
  return bytes;
}

bool is(const std::optional<WipedString>& found, const std::string& text) {
  return found && std::string_view(*found) == text;
}

// What a reader of a file gets that hands over blocks of this size.
std::optional<std::string> in_blocks(const Cipher& cipher, std::string_view bytes,
                                     std::size_t block) {
  Decrypter decrypter(cipher, "file");
  std::string text;
  for (; !bytes.empty(); bytes.remove_prefix(std::min(block, bytes.size()))) {
    const auto some = decrypter.take(bytes.substr(0, block));
    if (!some) {
      return std::nullopt;
    }
    text.append(some->data(), some->size());
  }
  const auto rest = decrypter.finish();
  return rest ? std::optional(text.append(rest->data(), rest->size())) : std::nullopt;
}

TEST(Cipher, G1_TheTextComesBackWhateverItsSizeAndTheBlocks) {
  const Keyed keyed;
  for (const std::size_t size : {std::size_t{0}, std::size_t{1}, chunk_bytes - 1, chunk_bytes,
                                 chunk_bytes + 1, 3 * chunk_bytes, 3 * chunk_bytes + 5}) {
    const std::string text = some_bytes(size);
    const std::string bytes = encrypted(keyed.cipher, "file", text);
    EXPECT_TRUE(is(decrypted(keyed.cipher, "file", bytes), text)) << size;
    for (const std::size_t block : {std::size_t{7}, std::size_t{1000}, chunk_bytes, bytes.size()}) {
      if (block > 7 || size < 1000) {
        EXPECT_EQ(in_blocks(keyed.cipher, bytes, block), text) << size << " in " << block;
      }
    }
  }
}

TEST(Cipher, G1_NoBitCanChange) {
  const Keyed keyed;
  std::string bytes = encrypted(keyed.cipher, "file", some_bytes(40));
  for (std::size_t bit = 0; bit < 8 * bytes.size(); ++bit) {
    const char was = bytes[bit / 8];
    bytes[bit / 8] = static_cast<char>(was ^ (1 << (bit % 8)));
    EXPECT_FALSE(decrypted(keyed.cipher, "file", bytes)) << bit;
    bytes[bit / 8] = was;
  }
}

TEST(Cipher, G1_NothingCanBeCutOffAddedOrPutInAnotherOrder) {
  const Keyed keyed;
  const std::string text = some_bytes(2 * chunk_bytes + 9);
  const std::string bytes = encrypted(keyed.cipher, "file", text);
  const std::size_t tag = crypto_secretstream_xchacha20poly1305_ABYTES;
  const std::size_t head = bytes.size() - text.size() - 3 * tag;
  const std::size_t chunk = chunk_bytes + tag;
  for (const std::size_t left : {std::size_t{0}, std::size_t{5}, head, head + 5, head + chunk,
                                 head + 2 * chunk, bytes.size() - 1}) {
    EXPECT_FALSE(decrypted(keyed.cipher, "file", bytes.substr(0, left))) << left;
  }
  EXPECT_FALSE(decrypted(keyed.cipher, "file", bytes + "x"));
  EXPECT_FALSE(decrypted(keyed.cipher, "file", bytes + bytes.substr(head)));
  const std::string exchanged = bytes.substr(0, head) + bytes.substr(head + chunk, chunk) +
                                bytes.substr(head, chunk) + bytes.substr(head + 2 * chunk);
  EXPECT_FALSE(decrypted(keyed.cipher, "file", exchanged));
  // A chunk that ends a file is the end of no other one.
  const std::string short_one = encrypted(keyed.cipher, "file", text.substr(0, 9));
  EXPECT_FALSE(decrypted(keyed.cipher, "file", short_one + bytes.substr(head + chunk)));
}

TEST(Cipher, G1_AFileIsNotThatOfAnotherKeyVaultOrPurpose) {
  const Keyed keyed;
  const std::string bytes = encrypted(keyed.cipher, "events 3 000004-00.encrypted", "text");
  EXPECT_FALSE(decrypted(keyed.cipher, "events 4 000004-00.encrypted", bytes));
  EXPECT_FALSE(decrypted(Keyed().cipher, "events 3 000004-00.encrypted", bytes));
  const Cipher another(Encryption::fresh(records::check_of(keyed.key)), keyed.key);
  EXPECT_FALSE(decrypted(another, "events 3 000004-00.encrypted", bytes));
}

TEST(Cipher, G2_TheSameTextIsEncryptedAnew) {
  const Keyed keyed;
  const std::string one = encrypted(keyed.cipher, "file", std::string(1000, 'a'));
  const std::string two = encrypted(keyed.cipher, "file", std::string(1000, 'a'));
  ASSERT_EQ(one.size(), two.size());
  std::size_t same = 0;
  for (std::size_t i = one.size() - 1017; i < one.size(); ++i) {
    same += one[i] == two[i] ? 1 : 0;
  }
  EXPECT_LT(same, 40);  // a byte of 256 by chance
  EXPECT_EQ(one.find("aaaa"), std::string::npos);
}

TEST(Encryption, ItsTextSaysHowTheKeyIsRecognised) {
  const records::ProgrammeKey key = records::ProgrammeKey::generate();
  for (const std::optional<records::PassphraseCost>& cost :
       {std::optional<records::PassphraseCost>(),
        std::optional(records::PassphraseCost::fresh())}) {
    const Encryption encryption = Encryption::fresh(records::check_of(key, cost));
    const std::string text = encryption.text();
    EXPECT_EQ(text.size(), Encryption::bytes);
    const Result<Encryption> read = Encryption::parse(text + "and more", "catalog");
    ASSERT_TRUE(read);
    EXPECT_EQ(read->vault, encryption.vault);
    EXPECT_EQ(read->key, encryption.key);
    EXPECT_FALSE(Encryption::parse(text.substr(0, text.size() - 1), "catalog"));
    EXPECT_FALSE(Encryption::parse("x" + text, "catalog"));
  }
}

TEST(Encryption, AnAbsurdCostIsRefused) {
  records::PassphraseCost cost = records::PassphraseCost::fresh();
  cost.memory_bytes = std::uint64_t{1} << 60;
  const Encryption encryption =
      Encryption::fresh(records::check_of(records::ProgrammeKey::generate(), cost));
  const Result<Encryption> read = Encryption::parse(encryption.text(), "vault/catalog.encrypted");
  ASSERT_FALSE(read);
  EXPECT_EQ(read.error().where, "vault/catalog.encrypted");
}

}  // namespace
}  // namespace parcours::vault
