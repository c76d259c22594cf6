#include "vocabulary/postal_code.h"

#include <gtest/gtest.h>

namespace parcours::vocabulary {
namespace {

TEST(FhirPatient, ThePostalCodeTellsTheDepartment) {
  EXPECT_EQ(department_of("01000"), "01");
  EXPECT_EQ(department_of("75116"), "75");
  EXPECT_EQ(department_of("97400"), "974");
  EXPECT_EQ(department_of("20000"), "2A");
  EXPECT_EQ(department_of("20167"), "2A");
  EXPECT_EQ(department_of("20200"), "2B");
  EXPECT_EQ(department_of("20600"), "2B");
  for (const char* none : {"", "7511", "751160", "7511A", "00100", "99000", "98000", "20900"}) {
    EXPECT_EQ(department_of(none), "") << none;
  }
}

}  // namespace
}  // namespace parcours::vocabulary
