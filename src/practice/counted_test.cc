#include "practice/counted.h"

#include <gtest/gtest.h>

namespace parcours::practice {
namespace {

TEST(Counted, SaysTheNounAsTheNumberAsks) {
  EXPECT_EQ(counted(0, Noun::patient).en, "0 patients");
  EXPECT_EQ(counted(0, Noun::patient).fr, "0 patient");
  EXPECT_EQ(counted(1, Noun::event).en, "1 event");
  EXPECT_EQ(counted(1, Noun::event).fr, "1 événement");
  EXPECT_EQ(counted(2, Noun::row).en, "2 rows");
  EXPECT_EQ(counted(2, Noun::row).fr, "2 lignes");
}

}  // namespace
}  // namespace parcours::practice
