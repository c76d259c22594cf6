// A column as the engines see it: for each record a number below `values`. Codes are all they need;
// no text, and so nothing personal, reaches them.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "microdata/microdata.h"

namespace parcours::microdata {

struct CodeColumn {
  std::span<const std::uint32_t> codes;  // one a record
  std::uint32_t values = 0;
};

std::vector<CodeColumn> code_columns(const Microdata& data, std::span<const std::size_t> chosen);

}  // namespace parcours::microdata
