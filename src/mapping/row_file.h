// A file whose rows a mapping describes: CSV in UTF-8 or Latin-1, plain or gzip; or Parquet, which
// is read as if it were CSV. A row of Parquet has its number as its line, the header being 1.
#pragma once

#include <filesystem>

#include "base/csv.h"

namespace parcours::ingest {

enum class Encoding : std::uint8_t { utf8, latin1 };

Result<CsvFile> open_row_file(const std::filesystem::path& path, const CsvOptions& options,
                              Encoding encoding);

}  // namespace parcours::ingest
