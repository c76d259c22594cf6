// The text form of a programme's key: one line that a person can recognise and copy.
//
//   parcours-key-1:<the 32 bytes, 64 hexadecimal digits>:<checksum, 8 hexadecimal digits>
//
// The checksum is 4 bytes of unkeyed BLAKE2b over the 32 bytes. It detects a key that was cut short
// or mistyped. key_check.h tells whether a key is the right one.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "records/keys.h"

namespace parcours::records {

// The line, with its line feed.
Secret text_of(const ProgrammeKey& key);

// Spaces and line feeds after the line are passed over. `where` stands in errors, which never show
// what was read.
Result<ProgrammeKey> key_of(std::string_view text, const std::string& where);

}  // namespace parcours::records
