// Reads and checks the rows of a bucket's file, one chunk at a time. All code that reads a file of
// the vault uses this class.
//
//   ASSIGN_OR_RETURN(FileReader reader, FileReader::make());   // one a worker
//   ASSIGN_OR_RETURN(auto rows, StoredRows<StoredEvents>::open(reader, vault, file, limits, {}));
//   RETURN_IF_ERROR(for_chunks(rows, [&](const StoredEvents& chunk) { ... chunk.codes[i] ... }));
//
// G1: the file's bytes have the digest that the catalog gives (verified_file.h).
// G2: all columns exist with their types, and no required value is missing.
// G3: every row is within the catalog's limits (row_limits.h).
// G4: the rows are in order of patient, each patient belongs to the file's bucket, and there are as
//     many rows as the catalog says.
// A file that breaks one of them is an input error, given before any row of the chunk is returned.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/each.h"
#include "base/error.h"
#include "duck/duck.h"
#include "vault/row_limits.h"
#include "vault/verified_file.h"

namespace parcours::vault {

// Which columns of the events are read; patient and code always are.
struct EventFields {
  bool day = false;
  bool practice = false;
  bool value = false;
  bool kind = false;
  bool package = false;
  bool provenance = false;

  static EventFields all() { return {true, true, true, true, true, true}; }
};

// What files are read with, one at a time. One for each worker.
class FileReader {
 public:
  static Result<FileReader> make();

 private:
  template <class Chunk>
  friend class StoredRows;
  FileReader(VerifiedFile bytes, duck::Connection duck)
      : bytes_(std::move(bytes)), duck_(std::move(duck)) {}
  VerifiedFile bytes_;
  duck::Connection duck_;
};

template <class Chunk>
class StoredRows {
 public:
  // What the reader opened before must have gone. The fields are for events; of patients all are
  // read.
  static Result<StoredRows> open(FileReader& reader, const VaultPlace& vault,
                                 const BucketFile& file, const RowLimits& limits,
                                 EventFields fields = EventFields::all());

  // nullptr at the end; what came before is gone.
  Result<const Chunk*> next();

 private:
  StoredRows(duck::Stream stream, BucketFile file, const RowLimits& limits, EventFields fields,
             std::string where)
      : stream_(std::move(stream)),
        file_(std::move(file)),
        limits_(&limits),
        fields_(fields),
        where_(std::move(where)) {}
  void take_columns();
  Status check_given() const;
  Status check_order();

  duck::Stream stream_;
  BucketFile file_;
  const RowLimits* limits_;
  EventFields fields_;
  std::string where_;
  Chunk chunk_;
  std::uint64_t rows_ = 0;  // before this chunk
  columns::Wide last_{};    // the patient of the last row
  std::vector<std::uint32_t> firsts_;
};

// Runs each(chunk) on every chunk that is left of a file.
template <class Chunk, class Each>
Status for_chunks(StoredRows<Chunk>& rows, Each each) {
  while (true) {
    ASSIGN_OR_RETURN(const Chunk* chunk, rows.next());
    if (chunk == nullptr) {
      return {};
    }
    RETURN_IF_ERROR(call_each(each, *chunk));
  }
}

}  // namespace parcours::vault
