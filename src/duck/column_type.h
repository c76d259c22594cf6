// The types of columns by DuckDB's own numbers (DUCKDB_TYPE).
#pragma once

#include <cstddef>

#include "duck/duck.h"

namespace parcours::duck {

int type_of(columns::Type type);

// How many bytes a value of DuckDB's type takes in a chunk; 0 where values do not lie side by side.
std::size_t width_of(int duckdb_type);

}  // namespace parcours::duck
