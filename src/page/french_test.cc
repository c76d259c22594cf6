#include "page/french.h"

#include <gtest/gtest.h>

#include "page/page.h"

namespace parcours::page {
namespace {

TEST(French, NoLineBeginsWithAMark) {
  EXPECT_EQ(french_spaces("un : deux ; trois ? oui ! 45 %"),
            "un\u00a0: deux\u202f; trois\u202f? oui\u202f! 45\u00a0%");
  EXPECT_EQ(french_spaces("dit « tous » ici"), "dit «\u00a0tous\u00a0» ici");
  EXPECT_EQ(french_spaces("10:30; a ! b"), "10:30; a\u202f! b");
  EXPECT_EQ(french_spaces(""), "");
}

TEST(French, PagesSetItAndLeaveEnglishAlone) {
  const auto shown = both({"so : so", "ainsi : oui"});
  EXPECT_EQ(shown["en"], "so : so");
  EXPECT_EQ(shown["fr"], "ainsi\u00a0: oui");
  EXPECT_EQ(both({"a : b", "a : b"})["fr"], "a : b");
  EXPECT_EQ(both({"word", ""})["fr"], "word");
}

}  // namespace
}  // namespace parcours::page
