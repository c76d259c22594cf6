// A table as a Parquet file: the columns of its CSV, typed.
#pragma once

#include <filesystem>

#include "base/error.h"
#include "tables/table.h"

namespace parcours {

Status write_parquet(const Table& table, const std::filesystem::path& file);

}  // namespace parcours
