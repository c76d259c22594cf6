// Which records of two files are alike in the columns that both have, and which are joined, as
// linkage.h defines it. For link()'s own use.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "microdata/joined.h"

namespace parcours::microdata {

// By record of the first file.
struct RecordJoins {
  std::vector<std::optional<std::uint32_t>> second;  // the record that it is joined to
  std::vector<bool> alike;                           // a record of the second is like it
};

RecordJoins join_records(const Microdata& first, std::span<const std::size_t> chosen,
                         const SharedColumns& shared, int threads);

}  // namespace parcours::microdata
