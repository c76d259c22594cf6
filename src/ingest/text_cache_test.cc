#include "ingest/text_cache.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>

namespace parcours::ingest {
namespace {

RC_GTEST_PROP(TextCache, HoldsWhatAMapHolds, (const std::vector<std::string>& texts)) {
  TextCache cache;
  std::map<std::string, std::uint32_t> map;
  for (const std::string& text : texts) {
    if (map.try_emplace(text, map.size()).second) {
      RC_ASSERT(cache.find(text) == nullptr);
      cache.insert(text, map.at(text));
    }
    RC_ASSERT(*cache.find(text) == map.at(text));
  }
}

TEST(TextCache, KeepsManyTextsOfEveryLength) {
  TextCache cache;
  std::string text;
  for (std::uint32_t i = 0; i < 3000; ++i) {
    text += static_cast<char>('a' + i % 26);
    cache.insert(text.substr(text.size() / 2), 2 * i);
    cache.insert(std::to_string(i), 2 * i + 1);
  }
  for (std::uint32_t i = 0; i < 3000; ++i) {
    ASSERT_EQ(*cache.find(std::to_string(i)), 2 * i + 1);
  }
  EXPECT_EQ(cache.find("3000"), nullptr);
}

}  // namespace
}  // namespace parcours::ingest
