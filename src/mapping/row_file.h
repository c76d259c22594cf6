// A file whose rows a mapping describes: CSV in UTF-8 or Latin-1, plain or gzip; or Parquet, which
// is read as if it were CSV. A row of Parquet has its number as its line, the header being 1.
#pragma once

#include <functional>
#include <memory>

#include "base/csv.h"
#include "base/named_file.h"

namespace parcours::mapping {

enum class Encoding : std::uint8_t { utf8, latin1 };

// Gives Parquet as CSV text between commas. duck/parquet_text.h does; a program without DuckDB has
// none, and refuses Parquet.
using ParquetText = std::function<Result<std::unique_ptr<ByteSource>>(InputFile file)>;

struct RowFileForm {
  CsvOptions csv;
  Encoding encoding = Encoding::utf8;
  ParquetText parquet;
};

Result<CsvFile> open_row_file(const NamedFile& named, const RowFileForm& form);

}  // namespace parcours::mapping
