// How a programme's key is written down: one line of text, which a person recognises and can copy.
//
//   parcours-key-1:<the 32 bytes, 64 hexadecimal digits>:<checksum, 8 hexadecimal digits>
//
// The checksum is 4 bytes of BLAKE2b over the 32, keyed with nothing. It tells a key that was cut
// short or mistyped from a whole one; that a key is the right one, key_check.h tells.
#pragma once

#include <string>
#include <string_view>

#include "base/error.h"
#include "records/keys.h"

namespace parcours {

// The line, with its line feed.
Secret text_of(const ProgrammeKey& key);

// Spaces and line feeds after the line are passed over. `where` stands in errors, which never show
// what was read.
Result<ProgrammeKey> key_of(std::string_view text, const std::string& where);

}  // namespace parcours
