// A file's columns in codes, read by one of two readers. For read_microdata's own use.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/progress.h"
#include "base/stop.h"
#include "exports/export_file.h"
#include "microdata/microdata.h"

namespace parcours::microdata {

struct CodedColumnsWanted {
  std::vector<std::size_t> columns;  // places among the file's columns
  const Dictionary& missing;         // the texts that mean "missing"
  int threads;
};

// By the project's own CSV reader, on several threads. Nothing where it does not see the columns
// that DuckDB sees (lines before the header, a rare separator, names that come twice).
Result<std::optional<Microdata>> read_csv_columns(const exports::ExportFile& file,
                                                  const CodedColumnsWanted& wanted,
                                                  Progress& progress, const Stop& stop);

// By DuckDB, whatever the file.
Result<Microdata> read_sql_columns(exports::ExportFile& file, const CodedColumnsWanted& wanted,
                                   Progress& progress, const Stop& stop);

}  // namespace parcours::microdata
