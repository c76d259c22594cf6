// Values of columns that stand where nothing is known (base/stand_ins.h), and the same data without
// them.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "microdata/microdata.h"

namespace parcours::microdata {

struct StandIn {
  std::string column;
  std::string value;  // of the list in base/stand_ins.h: it is nobody's
  std::uint64_t records = 0;
};

// In the order of the columns, and of the values as they came.
std::vector<StandIn> stand_ins(const Microdata& data);

// The same data with the empty text in their place. Columns that `found` names and that the data do
// not have are passed over.
Microdata without_stand_ins(Microdata data, const std::vector<StandIn>& found);

}  // namespace parcours::microdata
