#include "fhir/find_word.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace parcours::fhir {
namespace {

RC_GTEST_PROP(FindWord, FindsWhatTheLibraryFinds, ()) {
  const auto letter = rc::gen::element('a', 'b');
  const std::string text = *rc::gen::container<std::string>(letter);
  const std::string more =
      *rc::gen::container<std::string>(*rc::gen::inRange<std::size_t>(0, 200), letter);
  const std::string word =
      *rc::gen::container<std::string>(*rc::gen::inRange<std::size_t>(2, 12), letter);
  RC_ASSERT(find_word(text + more, word) == (text + more).find(word));
}

TEST(FindWord, EveryPlaceIsSeen) {
  for (std::size_t before = 0; before < 100; ++before) {
    for (std::size_t after = 0; after < 60; ++after) {
      const std::string text = std::string(before, 'm') + "mode" + std::string(after, 'd');
      EXPECT_EQ(find_word(text, "mode"), before);
    }
  }
}

}  // namespace
}  // namespace parcours::fhir
