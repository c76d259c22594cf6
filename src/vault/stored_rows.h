// The rows of a bucket's file as they are believed, a chunk at a time. Whoever reads a file of the
// vault reads it through this: there is no other way.
//
//   ASSIGN_OR_RETURN(auto rows, StoredRows<StoredEvents>::open(duck, vault, file, limits, {}));
//   while (true) {
//     ASSIGN_OR_RETURN(const StoredEvents* chunk, rows.next());
//     if (chunk == nullptr) break;
//     ... chunk->codes[i] ...
//   }
//
// G1: the file's bytes are those that the catalog vouches for (verified_file.h).
// G2: the columns are there and of their types, and nothing is missing where nothing may be.
// G3: every row is within the catalog's limits (row_limits.h).
// G4: the rows lie in order of patient, each patient is of the file's bucket, and there are as many
//     rows as the catalog says.
// What breaks one of them is an error of the input, before any row of its chunk is handed out.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "base/error.h"
#include "duck/duck.h"
#include "vault/row_limits.h"
#include "vault/verified_file.h"

namespace parcours {

// Which columns of the events are read; patient and code always are.
struct EventFields {
  bool day = false;
  bool practice = false;
  bool value = false;
  bool kind = false;
  bool package = false;

  static EventFields all() { return {true, true, true, true, true}; }
};

// A connection to read files with: one thread, rows in the file's order.
Result<duck::Connection> connect_for_reading();

template <class Chunk>
class StoredRows {
 public:
  // `duck` is of connect_for_reading(). The fields are for events; of patients all are read.
  static Result<StoredRows> open(duck::Connection& duck, const std::filesystem::path& vault,
                                 const BucketFile& file, const RowLimits& limits,
                                 EventFields fields = EventFields::all());

  // nullptr at the end; what came before is gone.
  Result<const Chunk*> next();

 private:
  StoredRows(VerifiedFile bytes, duck::Stream stream, BucketFile file, const RowLimits& limits,
             EventFields fields, std::string where)
      : bytes_(std::move(bytes)),
        stream_(std::move(stream)),
        file_(std::move(file)),
        limits_(&limits),
        fields_(fields),
        where_(std::move(where)) {}
  void take_columns();
  Status check_given() const;
  Status check_order();

  VerifiedFile bytes_;
  duck::Stream stream_;
  BucketFile file_;
  const RowLimits* limits_;
  EventFields fields_;
  std::string where_;
  Chunk chunk_;
  std::uint64_t rows_ = 0;  // before this chunk
  duck::Wide last_{};       // the patient of the last row
};

}  // namespace parcours
