// The field of integers modulo the prime 2^61 - 1: exact sums and quotients in one machine word.
#pragma once

#include <cstdint>

#include "base/check.h"
#include "base/int128.h"

namespace parcours::sums {

// 0 <= element < field_prime.
using Element = std::uint64_t;
inline constexpr Element field_prime = (Element{1} << 61) - 1;

constexpr Element element_of(std::int64_t number) {
  const std::int64_t rest = number % static_cast<std::int64_t>(field_prime);
  return rest < 0 ? static_cast<Element>(rest + static_cast<std::int64_t>(field_prime))
                  : static_cast<Element>(rest);
}

// The number nearest to zero that is this element: what a small integer was.
constexpr std::int64_t integer_of(Element element) {
  return element > field_prime / 2 ? -static_cast<std::int64_t>(field_prime - element)
                                   : static_cast<std::int64_t>(element);
}

constexpr Element plus(Element a, Element b) {
  const Element sum = a + b;
  return sum >= field_prime ? sum - field_prime : sum;
}

constexpr Element minus(Element a) {
  return a == 0 ? 0 : field_prime - a;
}

constexpr Element times(Element a, Element b) {
  const Uint128 product = static_cast<Uint128>(a) * b;
  // 2^61 is 1 here, so the high bits are added to the low ones.
  return plus(static_cast<Element>(product & field_prime), static_cast<Element>(product >> 61));
}

// A sum of products of two elements each, of at most so many.
inline constexpr std::size_t most_products = 32;
constexpr Element element_of_products(Uint128 sum) {
  const Uint128 once = (sum & field_prime) + (sum >> 61);
  return plus(static_cast<Element>(once & field_prime), static_cast<Element>(once >> 61));
}

// Of a number that is not zero (Fermat: a^(p-2)).
constexpr Element inverse(Element a) {
  PARCOURS_CHECK(a != 0);
  Element result = 1;
  for (Element power = field_prime - 2; power != 0; power >>= 1) {
    if ((power & 1) != 0) {
      result = times(result, a);
    }
    a = times(a, a);
  }
  return result;
}

}  // namespace parcours::sums
