#include "post/access_request.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "post/testing/sent.h"

namespace parcours::post {
namespace {

using testing::HasSubstr;

constexpr unsigned char practice_seed = 50;

AccessRequest some_request() {
  return {.vault = vault_number(1),
          .practice = "cabinet-012",
          .asked_at = "2026-11-27T10:03:21Z",
          .french = true,
          .patients = {{1, 2}, {~0ULL, 0x0102030405060708}}};
}

std::string written(const AccessRequest& request) {
  const auto text = write_request(request, vault_card(vault_keys(1)), practice_key(practice_seed));
  EXPECT_TRUE(text.has_value()) << text.error().sentence();
  return text.value_or("");
}

Result<AccessRequest> read(std::string_view text, unsigned char vault = 1,
                           unsigned char practice = practice_seed) {
  return read_request(text, vault_keys(vault), practice_key(practice).public_key(), "a.request");
}

std::string sentence(const Result<AccessRequest>& found) {
  return found ? "read" : found.error().sentence();
}

TEST(AccessRequest, IsReadAsItWasWritten) {
  const std::string text = written(some_request());
  EXPECT_EQ(read(text).value_or(AccessRequest()), some_request());
  EXPECT_EQ(requesting_practice(text, "a.request").value_or(""), "cabinet-012");
}

TEST(AccessRequest, G1NoByteCanBeChanged) {
  const std::string text = written(some_request());
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string changed = text;
    changed[i] = static_cast<char>(changed[i] ^ 1);
    EXPECT_FALSE(read(changed).has_value()) << i;
  }
}

TEST(AccessRequest, G1AnotherPracticesKeyIsRefused) {
  const auto found = read(written(some_request()), 1, 51);
  ASSERT_FALSE(found.has_value());
  EXPECT_EQ(found.error().fault, Fault::rule);
}

TEST(AccessRequest, G2NobodyTellsOfWhomItAsks) {
  AccessRequest other = some_request();
  other.patients[0] = {3, 4};
  EXPECT_EQ(written(other).size(), written(some_request()).size());
  EXPECT_EQ(written(some_request()).find("0102030405060708"), std::string::npos);
}

TEST(AccessRequest, IsForOneVault) {
  EXPECT_THAT(sentence(read(written(some_request()), 2)), HasSubstr("is meant for the vault"));
}

TEST(AccessRequest, AsksForSomebody) {
  AccessRequest nobody = some_request();
  nobody.patients.clear();
  EXPECT_FALSE(
      write_request(nobody, vault_card(vault_keys(1)), practice_key(practice_seed)).has_value());
}

TEST(AccessRequest, WhatIsNoRequestIsSaid) {
  EXPECT_THAT(sentence(read("")), HasSubstr("not a request"));
  const std::string later = "{\"format\": 2}\n";
  EXPECT_THAT(sentence(read(
                  later + practice_key(practice_seed).sign(later, formalities::request_signature))),
              HasSubstr("of format 2"));
}

}  // namespace
}  // namespace parcours::post
