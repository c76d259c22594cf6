// A bucket's file: writes rows to Parquet and reads them back, through DuckDB. docs/formats.md
// describes its columns.
//
// G1: of an encrypted vault, Parquet is written to memory and read from memory alone: no byte of it
//     reaches the disk in the clear.
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
#include "vault/place.h"
#include "vault/row_limits.h"
#include "vault/stored_rows.h"

namespace parcours::vault {

class Vault;

// Writes files, one at a time. One for each worker.
class BucketFileWriter {
 public:
  static Result<BucketFileWriter> open(const VaultPlace& vault, Calendar calendar);
  BucketFileWriter(BucketFileWriter&&) noexcept;
  BucketFileWriter& operator=(BucketFileWriter&&) noexcept;
  ~BucketFileWriter();

  // What the catalog will say of a file of these rows, but for its bytes.
  template <class Row>
  BucketFile describe(std::span<const Row> rows, int bucket, Sequence written, int round) const;

  // Writes rows that are in order to a new file, flushes it to the disk, and notes its bytes in
  // `file`, which describes it.
  template <class Row>
  Status write(std::span<const Row> rows, const std::filesystem::path& path, BucketFile& file);

 private:
  struct State;
  explicit BucketFileWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Appends the living rows of a file to `rows`, in the file's order; of patients without the fields
// that are masked.
Status read_rows(FileReader& reader, const VaultPlace& vault, const BucketFile& file,
                 const RowLimits& limits, const Living& living, std::vector<rows::EventRow>& rows);
Status read_rows(FileReader& reader, const VaultPlace& vault, const BucketFile& file,
                 const RowLimits& limits, const Living& living,
                 std::vector<rows::PatientRow>& rows);

// All rows that a vault's files hold of one content, those of dead packages too, for a FROM. Error:
// the vault is encrypted.
Result<duck::FileTable> file_table(const Vault& vault, Content content);

}  // namespace parcours::vault
