#include "post/receipt.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "base/random.h"
#include "post/testing/sent.h"

namespace parcours::post {
namespace {

using testing::HasSubstr;

records::Digest some_digest() {
  records::Digester digester;
  digester.take(std::string_view("package"));
  return digester.finish();
}

Receipt taken_receipt() {
  Receipt receipt;
  receipt.vault = vault_number(1);
  receipt.practice = "cabinet-012";
  receipt.number = 7;
  receipt.package = some_digest();
  receipt.received_at = "2026-11-23T20:31:07Z";
  receipt.permit = "2026-DR-014";
  receipt.taken = {.patients = 1204,
                   .events = {{0, 2100}, {1, 940}, {9, 3}},
                   .cut = {{"its kind", 12}, {"its day", 1}},
                   .refused_rows = {{"an impossible \"day\"", 2}},
                   .objections = 4,
                   .withdrawn = 1,
                   .rows_of_objectors = 310};
  return receipt;
}

Receipt refused_receipt() {
  Receipt receipt = taken_receipt();
  receipt.taken = {};
  receipt.refused = {Refusal::package_missing, "This is package 7. Send package 5 first.", 5};
  return receipt;
}

formalities::SigningKey receipts_key() {
  return practice_key(77);
}

std::string sentence_of(std::string_view text) {
  const auto read = read_receipt(text, receipts_key().public_key(), "receipt.json");
  return read ? "read" : read.error().sentence();
}

TEST(Receipt, G3ReadsWhatItWrote) {
  Receipt anew = taken_receipt();
  anew.made_anew = true;
  EXPECT_NE(receipt_digest(anew), receipt_digest(taken_receipt()));
  for (const Receipt& receipt : {taken_receipt(), refused_receipt(), anew}) {
    const std::string text = write_receipt(receipt, receipts_key());
    const auto again = read_receipt(text, receipts_key().public_key(), "receipt.json");
    ASSERT_TRUE(again.has_value()) << again.error().sentence();
    EXPECT_EQ(*again, receipt);
  }
}

TEST(Receipt, G3ReadsEveryReasonAndEveryCount) {
  Random random(1);
  for (std::size_t i = 0; i < refusals; ++i) {
    Receipt receipt = refused_receipt();
    receipt.refused->why = static_cast<Refusal>(i);
    receipt.refused->next_number = random();
    receipt.permit = "";
    EXPECT_EQ(receipt_of_json(receipt_json(receipt), "").value_or(Receipt()), receipt);
    receipt = taken_receipt();
    receipt.taken = {};
    receipt.taken.events = {{static_cast<vocabulary::KindId>(i % 10), random()}};
    receipt.taken.cut = {{"É", random()}};
    EXPECT_EQ(receipt_of_json(receipt_json(receipt), "").value_or(Receipt()), receipt);
  }
}

TEST(Receipt, G2IsTheSameTextForTheSameReceipt) {
  EXPECT_EQ(write_receipt(taken_receipt(), receipts_key()),
            write_receipt(taken_receipt(), receipts_key()));
}

// A practice of today reads the receipts of every later vault of this format.
TEST(Receipt, StaysAsItIs) {
  EXPECT_EQ(receipt_json(refused_receipt()), R"({
  "format": 2,
  "vault": "01010101010101010101010101010101",
  "practice": "cabinet-012",
  "number": 7,
  "package": ")" + some_digest().hex() + R"(",
  "received_at": "2026-11-23T20:31:07Z",
  "permit": "2026-DR-014",
  "result": "refused",
  "reason": "package-missing",
  "sentence": "This is package 7. Send package 5 first.",
  "next_number": 5
}
)");
  EXPECT_THAT(receipt_json(taken_receipt()), HasSubstr(R"("result": "taken",
  "patients": 1204,
  "events": {
    "consultation": 2100,
    "diagnosis": 940,
    "procedure": 3
  },
  "cut": [
    {
      "reason": "its kind",
      "rows": 12
    },)"));
}

TEST(Receipt, G1EveryChangedByteIsAnError) {
  const std::string text = write_receipt(taken_receipt(), receipts_key());
  const formalities::PublicKey key = receipts_key().public_key();
  for (std::size_t at = 0; at < text.size(); ++at) {
    for (const int bit : {0, 5, 7}) {
      std::string changed = text;
      changed[at] = static_cast<char>(changed[at] ^ (1 << bit));
      EXPECT_FALSE(read_receipt(changed, key, "").has_value()) << at;
    }
    EXPECT_FALSE(read_receipt(text.substr(0, at), key, "").has_value()) << at;
  }
  EXPECT_FALSE(read_receipt(text + "\n", key, "").has_value());
}

TEST(Receipt, G1AnotherKeysSignatureIsRefused) {
  EXPECT_THAT(sentence_of(write_receipt(taken_receipt(), practice_key(78))),
              HasSubstr("receipt.json"));
  const std::string json = receipt_json(taken_receipt());
  EXPECT_NE(sentence_of(json + receipts_key().sign(json, formalities::package_signature)), "read");
  EXPECT_EQ(sentence_of(json + receipts_key().sign(json, formalities::receipt_signature)), "read");
}

TEST(Receipt, WhatIsSignedAndNoReceiptIsAnError) {
  const auto signed_text = [](std::string json) {
    return json + receipts_key().sign(json, formalities::receipt_signature);
  };
  const std::string json = receipt_json(taken_receipt());
  const auto changed = [&](std::string_view from, std::string_view to) {
    std::string text = json;
    return signed_text(text.replace(text.find(from), from.size(), to));
  };
  EXPECT_THAT(sentence_of(changed("\"format\": 2", "\"format\": 3")),
              HasSubstr("this receipt is of format 3; this program reads 2"));
  EXPECT_THAT(sentence_of(signed_text("{}\n")), HasSubstr("not a receipt"));
  EXPECT_THAT(sentence_of(signed_text("no JSON\n")), HasSubstr("not a receipt"));
  EXPECT_THAT(sentence_of(changed("\"number\": 7", "\"number\": -7")), HasSubstr("not a receipt"));
  EXPECT_THAT(sentence_of(changed("\"taken\"", "\"lost\"")), HasSubstr("not a receipt"));
  EXPECT_THAT(sentence_of(changed("\"procedure\"", "\"surgery\"")), HasSubstr("not a receipt"));
  EXPECT_THAT(sentence_of(changed("\"number\"", "\"more\": 1, \"number\"")),
              HasSubstr("not a receipt"));
  EXPECT_THAT(sentence_of(signed_text(std::string(100'000, '[') + "\n")),
              HasSubstr("not a receipt"));
}

}  // namespace
}  // namespace parcours::post
