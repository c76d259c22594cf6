// Values of columns that stand where nothing is known (base/stand_ins.h), and the same data without
// them.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "base/stand_ins.h"
#include "exports/column_role.h"
#include "microdata/microdata.h"

namespace parcours::microdata {

// In the order of the columns, and of the values as they came.
std::vector<StandIn> stand_ins(const Microdata& data);

// Of two files, in the columns of these names: what the values of both together give away, or those
// of one alone.
struct SharedStandIns {
  std::vector<StandIn> first;
  std::vector<StandIn> second;
};
SharedStandIns shared_stand_ins(const Microdata& first, const Microdata& second,
                                std::span<const std::string> columns);

// The values of a column of names that name nobody: UNKNOWN, N/A, -9.
std::vector<StandIn> naming_nobody(const Microdata& data, const std::string& column);

// The values of a column of that role that stand where nothing is known, whatever else stands in it
// (exports/impossible_numbers.h); none where the data have no such column.
std::vector<StandIn> stand_ins_of_role(const Microdata& data, const std::string& column,
                                       exports::ColumnRole role);

// The same data with the empty text in their place. Columns that `found` names and that the data do
// not have are passed over.
Microdata without_stand_ins(Microdata data, const std::vector<StandIn>& found);

}  // namespace parcours::microdata
