#include "vocabulary/code_book.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <map>
#include <thread>
#include <vector>

namespace parcours::vocabulary {
namespace {

Code diagnosis(const std::string& code) {
  return {find_kind("diagnosis"), "icd10", code};
}

TEST(CodeBook, ACodeKeepsItsNumber) {
  CodeBook book;
  const CodeId asthma = book.intern(diagnosis("J45.0"));
  const CodeId gout = book.intern(diagnosis("M10.9"));
  EXPECT_NE(asthma, gout);
  EXPECT_EQ(book.intern(diagnosis("J45.0")), asthma);
  EXPECT_EQ(book.at(asthma), diagnosis("J45.0"));
  EXPECT_EQ(book.size(), 2u);
}

TEST(CodeBook, AForgottenCodeLeavesItsNumberAndNothingMore) {
  CodeBook book;
  const CodeId asthma = book.intern(diagnosis("J45.0"));
  const CodeId first = book.skip();
  const CodeId second = book.skip();
  const CodeId gout = book.intern(diagnosis("M10.9"));
  EXPECT_EQ(first, asthma + 1);
  EXPECT_EQ(second, first + 1);
  EXPECT_EQ(gout, second + 1);
  EXPECT_EQ(book.size(), 4u);
  EXPECT_FALSE(book.find(Code()));
  EXPECT_TRUE(book.at(first).forgotten());
  EXPECT_FALSE(book.at(first).place() || book.at(asthma).forgotten());
}

TEST(CodeBook, FindingACodeDoesNotAddIt) {
  CodeBook book;
  EXPECT_FALSE(book.find(diagnosis("J45.0")));
  EXPECT_EQ(book.size(), 0u);
}

TEST(CodeBook, TheSameCodeUnderAnotherKindOrSystemIsAnother) {
  CodeBook book;
  const CodeId vaccine = book.intern({find_kind("vaccination"), "atc", "J07BB02"});
  EXPECT_NE(book.intern({find_kind("prescription"), "atc", "J07BB02"}), vaccine);
  EXPECT_NE(book.intern({find_kind("vaccination"), "local", "J07BB02"}), vaccine);
  EXPECT_NE(book.intern({std::nullopt, "atc", "J07BB02"}), vaccine);
}

TEST(CodeBook, SystemAndCodeDoNotRunTogether) {
  CodeBook book;
  EXPECT_NE(book.intern({std::nullopt, "ab", "c"}), book.intern({std::nullopt, "a", "bc"}));
}

TEST(CodeBook, ThreadsAgreeOnTheNumbers) {
  CodeBook book;
  constexpr int threads = 4;
  constexpr int codes = 500;
  std::vector<std::vector<CodeId>> numbers(threads);
  {
    std::vector<std::jthread> workers;
    for (int t = 0; t < threads; ++t) {
      workers.emplace_back([&, t] {
        for (int i = 0; i < codes; ++i) {
          numbers[t].push_back(book.intern(diagnosis(std::to_string((i * 7 + t) % codes))));
        }
      });
    }
  }
  EXPECT_EQ(book.size(), static_cast<std::size_t>(codes));
  for (int t = 0; t < threads; ++t) {
    for (int i = 0; i < codes; ++i) {
      EXPECT_EQ(book.at(numbers[t][i]).code, std::to_string((i * 7 + t) % codes));
    }
  }
}

RC_GTEST_PROP(CodeBook, ABookIsAMapFromCodesToTheirOrderOfArrival,
              (const std::vector<std::pair<std::string, std::string>>& entries)) {
  CodeBook book;
  std::map<std::pair<std::string, std::string>, CodeId> twin;
  for (auto [system, code] : entries) {
    std::erase(system, '\x1f');  // no system's name has it
    const auto [entry, fresh] = twin.try_emplace({system, code}, static_cast<CodeId>(twin.size()));
    RC_ASSERT(book.intern({KindId{1}, system, code}) == entry->second);
  }
  RC_ASSERT(book.size() == twin.size());
}

}  // namespace
}  // namespace parcours::vocabulary
