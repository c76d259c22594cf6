// A table in a CSV file, plain or gzip: read by our own reader, which knows the line of every row.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "base/byte_stream.h"
#include "base/csv.h"
#include "omop/table.h"

namespace parcours::omop {

// `bytes` opens the file from its beginning, as often as it is called. A file without a line of
// column names has those of the table that it is called after: of the version that has so many
// columns and that its first rows do not contradict. Only tests cut it into blocks of another size.
// Errors as of Tables::open.
Result<std::unique_ptr<TableRows>> open_csv_table(
    const std::function<ByteStream()>& bytes, const std::string& file_name, const TablePart& part,
    const std::vector<std::string>& columns, std::size_t needed, const ingest::Reading& reading,
    std::size_t block_bytes = CsvOptions().block_bytes);

}  // namespace parcours::omop
