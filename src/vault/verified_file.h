// Reads a bucket's file and compares its bytes with the catalog.
//
// It reads the file once, through one descriptor, into memory that no other program can open, and
// computes the digest of these bytes; those of an encrypted file are decrypted on the way. DuckDB
// then reads the rows from this memory. So no change to the file can come between the check and the
// reading, and nothing that was decrypted lies on the disk.
//
// G1: after read(), table() reads bytes that have the size and the digest in the catalog, or what
//     these were encrypted from.
#pragma once

#include <string>

#include "base/error.h"
#include "base/input_file.h"
#include "duck/file_table.h"
#include "vault/catalog.h"
#include "vault/place.h"

namespace parcours::vault {

// What is to be done about a vault whose files are not as its catalog says.
inline constexpr const char* restore_hint = "restore the vault from a copy";

// Keeps its memory from one file to the next, which saves a third of the work. One for each worker.
class VerifiedFile {
 public:
  static Result<VerifiedFile> make();

  // In the place of what was read before. Errors: of the input where the file is missing, no file,
  // or of other bytes than the catalog says; of the machine where it cannot be read.
  Status read(const VaultPlace& vault, const BucketFile& file);

  // The rows, good until the next read.
  const duck::FileTable& table() const { return table_; }
  // The bytes of the Parquet file, good as long.
  const InputFile& memory() const { return memory_; }

 private:
  explicit VerifiedFile(InputFile memory)
      : memory_(memory), table_(duck::FileTable::parquet(std::move(memory))) {}
  Status take(const InputFile& source, const BucketFile& file, const Cipher* cipher);
  InputFile memory_;
  duck::FileTable table_;
};

}  // namespace parcours::vault
