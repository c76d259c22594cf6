// A bucket's file, encrypted (cipher.h).
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/input_file.h"
#include "vault/catalog.h"
#include "vault/cipher.h"

namespace parcours::vault {

// Which file it is: none can stand in for another one, of another bucket or commit.
std::string purpose_of(const BucketFile& file);

// Encrypts all bytes of `plain` into a new file, which only its owner can read, and flushes it to
// the disk.
Result<FileBytes> write_encrypted(const Cipher& cipher, std::string_view purpose,
                                  const InputFile& plain, const std::filesystem::path& path);

}  // namespace parcours::vault
