// Numbers of published tables that may stand where nothing is known: -9, 999999. The sums decide.
//
//   F  -9      read as hidden: no count is below 0. The sums do not contradict it.
//   M  250
//   T  497
//
//   up  -1     read as a number: 5 is the sum of its parts with it
//   down 6
//   T    5
//
// -1, or -7, -8, -9 and their repeats (base/stand_ins.h), is hidden, unless the sums hold with it.
// 999 and up to nine nines is a number, unless a sum is off with it by more than half of it, or
// there are four nines and more, far above all other values, and no sum holds with them. Whatever
// was decided, the answer says so first; it says nothing of nines that the sums confirm.
#pragma once

#include <vector>

#include "audit/published_system.h"

namespace parcours::audit {

// By table: the reading in which its doubtful numbers are what the sums say. Nothing if every one
// was read so already.
struct Decided {
  bool changed = false;
  std::vector<Reading> readings;      // by table
  std::vector<tables::Label> doubts;  // sentences (assumed.h)
};
Decided decide(const PublishedSystem& published, const Reading& reading);

}  // namespace parcours::audit
