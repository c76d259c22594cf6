// A bucket's file: writes rows to Parquet and reads them back, through DuckDB. docs/formats.md
// describes its columns.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "base/day.h"
#include "base/error.h"
#include "duck/duck.h"
#include "records/digest.h"
#include "rows/row.h"
#include "vault/living.h"
#include "vault/row_limits.h"
#include "vault/stored_rows.h"

namespace parcours {

class Vault;

// Writes files, one at a time. One for each worker.
class BucketFileWriter {
 public:
  static Result<BucketFileWriter> open(Calendar calendar);
  BucketFileWriter(BucketFileWriter&&) noexcept;
  BucketFileWriter& operator=(BucketFileWriter&&) noexcept;
  ~BucketFileWriter();

  // Writes rows that are in order to a new file and flushes it to the disk.
  Result<FileBytes> write(std::span<const EventRow> rows, const std::filesystem::path& path);
  Result<FileBytes> write(std::span<const PatientRow> rows, const std::filesystem::path& path);

 private:
  struct State;
  explicit BucketFileWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// What the catalog will say of a file of these rows, but for its bytes.
template <class Row>
BucketFile describe(std::span<const Row> rows, int bucket, Sequence written, int round);

// Appends the living rows of a file to `rows`, in the file's order; of patients without the fields
// that are masked.
Status read_rows(FileReader& reader, const std::filesystem::path& vault, const BucketFile& file,
                 const RowLimits& limits, const Living& living, std::vector<EventRow>& rows);
Status read_rows(FileReader& reader, const std::filesystem::path& vault, const BucketFile& file,
                 const RowLimits& limits, const Living& living, std::vector<PatientRow>& rows);

// All rows that a vault's files hold of one content, those of dead packages too, for a FROM.
Result<duck::FileTable> file_table(const Vault& vault, Content content);

}  // namespace parcours
