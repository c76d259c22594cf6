// A letter: a text that a vault signs and seals for the holder of one key. An answer to a patient
// goes in one.
//
//   "parcours-letter 1\n"
//   sealed     seal.h: the text, the vault's signature of it, and line feeds up to the next 4096
//              bytes
//
// G1: without the holder's private key nothing of a letter can be read but its size.
// G2: what is read was signed by the vault's key, every byte of it.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "formalities/public_key.h"
#include "formalities/signing_key.h"

namespace parcours::post {

inline constexpr std::size_t largest_letter = std::size_t{1} << 28;  // bytes

// Error: the key is one of hardware, which cannot open a letter. `where` names the key.
Result<std::string> write_letter(std::string text, const formalities::SigningKey& vault,
                                 const formalities::PublicKey& to, const std::string& where);

// The text. `vault`: its key for receipts, as its card has it; nothing where the reader knows none,
// and then nobody vouches for the text.
// Errors: no letter; of a future format; for another key; not signed by the vault (Fault::rule).
Result<std::string> read_letter(std::string_view letter, const formalities::SigningKey& mine,
                                const std::optional<formalities::PublicKey>& vault,
                                const std::string& where);

}  // namespace parcours::post
