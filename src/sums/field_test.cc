#include "sums/field.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace parcours::sums {
namespace {

Element any_element() {
  return *rc::gen::inRange<Element>(0, field_prime);
}

TEST(Field, KeepsSmallIntegersApart) {
  for (std::int64_t number = -1000; number <= 1000; ++number) {
    EXPECT_EQ(integer_of(element_of(number)), number);
  }
}

RC_GTEST_PROP(Field, AddsAndMultipliesAsIntegersDo, ()) {
  const Element a = any_element();
  const Element b = any_element();
  RC_ASSERT(plus(a, b) == static_cast<Element>((static_cast<Uint128>(a) + b) % field_prime));
  RC_ASSERT(times(a, b) == static_cast<Element>(static_cast<Uint128>(a) * b % field_prime));
  RC_ASSERT(plus(a, minus(a)) == 0);
}

TEST(Field, MultipliesAtItsEdges) {
  for (const Element a : {Element{0}, Element{1}, field_prime - 2, field_prime - 1}) {
    for (const Element b : {Element{0}, Element{1}, field_prime - 2, field_prime - 1}) {
      EXPECT_EQ(times(a, b), static_cast<Element>(static_cast<Uint128>(a) * b % field_prime));
    }
  }
}

RC_GTEST_PROP(Field, Divides, ()) {
  const Element a = any_element();
  RC_PRE(a != 0);
  RC_ASSERT(times(a, inverse(a)) == 1);
}

}  // namespace
}  // namespace parcours::sums
