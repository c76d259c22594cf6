// A bucket's file: rows to Parquet and back, through DuckDB. What its columns are is told in
// docs/formats.md.
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
#include "vault/rows.h"

namespace parcours {

class Vault;

// Tells, by PackageId, which packages live.
using LivingPackages = std::vector<bool>;
inline bool lives(const LivingPackages& living, PackageId package) {
  return package < living.size() && living[package];
}

// Writes files, one at a time. One for each worker.
class BucketFileWriter {
 public:
  static Result<BucketFileWriter> open(Calendar calendar);
  BucketFileWriter(BucketFileWriter&&) noexcept;
  BucketFileWriter& operator=(BucketFileWriter&&) noexcept;
  ~BucketFileWriter();

  // Writes rows that are in order to a new file and flushes it to the disk. The file's size in
  // bytes.
  Result<std::uint64_t> write(std::span<const EventRow> rows, const std::filesystem::path& path);
  Result<std::uint64_t> write(std::span<const PatientRow> rows, const std::filesystem::path& path);

 private:
  struct State;
  explicit BucketFileWriter(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// What the catalog will say of a file of these rows, but for its size.
template <class Row>
BucketFile describe(std::span<const Row> rows, int bucket, Sequence written, int round);

// Appends the living rows of a file to `rows`, in the file's order.
Status read_rows(duck::Connection& duck, const std::filesystem::path& path,
                 const LivingPackages& living, std::vector<EventRow>& rows);
Status read_rows(duck::Connection& duck, const std::filesystem::path& path,
                 const LivingPackages& living, std::vector<PatientRow>& rows);

// All rows that a vault's files hold of one content, those of dead packages too, for a FROM.
Result<duck::FileTable> file_table(const Vault& vault, Content content);

// The patient in a UUID column.
inline PatientId patient_id(duck::Wide wide) {
  return {duck::uuid_high(wide), duck::uuid_low(wide)};
}

// Whether a column's value is there, by what Stream::validity() gave.
inline bool is_set(const std::uint64_t* validity, std::size_t row) {
  return validity == nullptr || (validity[row / 64] >> (row % 64) & 1) != 0;
}

}  // namespace parcours
