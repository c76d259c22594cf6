// A mapping tied to its files: every file is opened once and every column is found. Mistakes in the
// mapping or the files' headers are found here, before any row is read.
#pragma once

#include <cstddef>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/csv.h"
#include "base/named_file.h"
#include "mapping/joined.h"
#include "mapping/mapping.h"
#include "mapping/row_file.h"

namespace parcours::mapping {

// A column's place in a file.
using ColumnIndex = std::size_t;
inline constexpr ColumnIndex no_column = ~ColumnIndex{0};

struct BoundSection {
  ColumnIndex patient = no_column;
  ColumnIndex practice = no_column;  // none: a constant
  ColumnIndex provenance = no_column;
  std::vector<ColumnIndex> where;  // by condition
};

struct BoundPatients : BoundSection {
  const PatientsSection* section = nullptr;
  ColumnIndex born = no_column;
  ColumnIndex sex = no_column;
  ColumnIndex place = no_column;
};

struct BoundEvents : BoundSection {
  const EventsSection* section = nullptr;
  std::size_t number = 0;  // of the section, within the mapping
  ColumnIndex day = no_column;
  ColumnIndex kind = no_column;
  ColumnIndex code = no_column;
  ColumnIndex value = no_column;
  std::vector<ColumnIndex> code_columns;
};

struct FilePlan {
  NamedFile file;
  RowFileForm form;  // with the separator
  ColumnNames header;
  std::vector<Join> joins;
  std::vector<JoinedColumn> joined;  // columns beyond the header's
  std::uint64_t bytes = 0;           // as it lies on the disk
  std::optional<BoundPatients> patients;
  std::vector<BoundEvents> events;
};

struct Plan {
  std::shared_ptr<const Mapping> mapping;
  std::vector<FilePlan> patient_files;
  std::vector<FilePlan> event_files;

  std::uint64_t bytes() const;
};

// `data` is the folder of the files. In a file's name, after the last '/', each '*' stands for any
// characters; the files that fit are taken in order of name, and are shown by their place in this
// order, as their names may be patients': "visits-*.csv#3". `parquet` reads the files that are
// Parquet; without it they are an error.
Result<Plan> make_plan(Mapping mapping, const std::filesystem::path& data, ParquetText parquet,
                       const CsvOptions& options = {});

}  // namespace parcours::mapping
