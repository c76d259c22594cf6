// A table as a Parquet file: the columns of its CSV, typed.
#pragma once

#include <filesystem>

#include "base/error.h"
#include "tables/table.h"

namespace parcours::release {

Status write_parquet(const tables::Table& table, const std::filesystem::path& file);

}  // namespace parcours::release
