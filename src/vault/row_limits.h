// Checks the rows of a vault's files against the vault's catalog. After this check, each stored
// number of a practice, a code or a package is a valid index.
//
//   const RowLimits limits(contents);
//   RETURN_IF_ERROR(limits.check(chunk, file, where));   // stored_rows.h does
//
// G1: a row that check() lets pass names a practice, a code or a place, and a package that the
//     catalog has; its day lies between the first and the last of all packages; its kind is its
//     code's.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "columns/columns.h"
#include "rows/row_columns.h"
#include "vault/catalog.h"

namespace parcours::vault {

// Rows of a file as columns, a chunk at a time; a column that was not asked for is empty. By
// `..._given`, bit row % 64 of word row / 64 is 0 where there is no value; nullptr: all are there.
struct StoredEvents {
  std::span<const columns::Wide> patients;
  std::span<const std::uint32_t> firsts;  // the rows with which another patient begins
  std::span<const vocabulary::CodeId> codes;
  std::span<const Day> days;
  std::span<const records::PracticeId> practices;
  std::span<const double> values;
  const std::uint64_t* values_given = nullptr;
  std::span<const vocabulary::KindId> kinds;
  std::span<const rows::PackageId> packages;
  std::span<const records::Provenance> provenances;
};

struct StoredPatients {
  std::span<const columns::Wide> patients;
  std::span<const std::uint32_t> firsts;
  std::span<const records::PracticeId> practices;
  std::span<const std::int32_t> birth_years;
  const std::uint64_t* birth_years_given = nullptr;
  std::span<const records::Sex> sexes;
  std::span<const vocabulary::CodeId> places;
  const std::uint64_t* places_given = nullptr;
  std::span<const rows::PackageId> packages;
};

class RowLimits {
 public:
  explicit RowLimits(const CatalogContents& catalog);

  Calendar calendar() const { return calendar_; }
  std::uint64_t buckets() const { return buckets_; }

  // An error of the input names the first row that is out of a limit. `before` rows of the file
  // came before the chunk's.
  Status check(const StoredEvents& chunk, const BucketFile& file, std::uint64_t before,
               const std::string& where) const;
  Status check(const StoredPatients& chunk, const BucketFile& file, std::uint64_t before,
               const std::string& where) const;

 private:
  Calendar calendar_;
  std::uint64_t buckets_;
  std::size_t practices_;
  DaySpan days_;
  std::vector<vocabulary::KindId> kinds_of_codes_;
};

}  // namespace parcours::vault
