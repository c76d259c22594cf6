// A bucket's file, its bytes held against the catalog.
//
// The file is read once, through one descriptor, into memory that no other program knows, and its
// digest is made of these bytes on the way; then DuckDB reads the rows out of this memory. So no
// change to the file, not even one made meanwhile, comes between the check and the reading.
//
// G1: what table() reads after read() are bytes of the size and the digest that the catalog gives.
#pragma once

#include <filesystem>
#include <string>

#include "base/error.h"
#include "base/input_file.h"
#include "duck/file_table.h"
#include "vault/catalog.h"

namespace parcours {

// What is to be done about a vault whose files are not as its catalog says.
inline constexpr const char* restore_hint = "restore the vault from a copy";

// Keeps its memory from one file to the next, which saves a third of the work. One for each worker.
class VerifiedFile {
 public:
  static Result<VerifiedFile> make();

  // In the place of what was read before. Errors: of the input where the file is missing, no file,
  // or of other bytes than the catalog says; of the machine where it cannot be read.
  Status read(const std::filesystem::path& vault, const BucketFile& file);

  // The rows, good until the next read.
  const duck::FileTable& table() const { return table_; }

 private:
  explicit VerifiedFile(InputFile memory)
      : memory_(memory), table_(duck::FileTable::parquet(std::move(memory))) {}
  Status take(const InputFile& source, const BucketFile& file);
  InputFile memory_;
  duck::FileTable table_;
};

}  // namespace parcours
