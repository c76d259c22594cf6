// What a sum of ranges can be.
#pragma once

#include "audit/decimal.h"
#include "audit/published_table.h"
#include "base/int128.h"
#include "sums/system.h"
#include "tables/table.h"

namespace parcours::audit {

// No limit where the flag says so.
struct Reach {
  Int128 low = 0;
  Int128 high = 0;
  bool no_low = false;
  bool no_high = false;

  void add(const sums::Range& range, std::int32_t times) {
    const bool bottomless = range.low <= lowest_value;
    const bool limitless = range.high == sums::no_limit;
    const Int128 a = static_cast<Int128>(times) * (times > 0 ? range.low : range.high);
    const Int128 b = static_cast<Int128>(times) * (times > 0 ? range.high : range.low);
    no_low = no_low || (times > 0 ? bottomless : limitless);
    no_high = no_high || (times > 0 ? limitless : bottomless);
    low += no_low ? 0 : a;
    high += no_high ? 0 : b;
  }
  bool is_zero() const { return !no_low && !no_high && low == 0 && high == 0; }
  bool misses_zero() const { return misses_zero_by() > 0; }
  // How far the nearest value that it can be lies from 0.
  Int128 misses_zero_by() const {
    return !no_low && low > 0 ? low : !no_high && high < 0 ? -high : 0;
  }

  tables::Label text(int decimals) const {
    const std::string from = decimal_text(static_cast<std::int64_t>(low), decimals);
    const std::string to = decimal_text(static_cast<std::int64_t>(high), decimals);
    if (no_high) {
      return no_low ? tables::Label{"any number", "un nombre quelconque"}
                    : tables::Label{from + " or more", from + " ou plus"};
    }
    return low == high ? tables::Label{from, from}
                       : tables::Label{from + " to " + to, from + " à " + to};
  }
};

}  // namespace parcours::audit
