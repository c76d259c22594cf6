// Where a key comes from: the programme's, or that of an encrypted vault (vault/cipher.h). The
// program accepts a key only through this file.
//
// Both lie outside the vault. A person who has the programme's key and the vault can recognise
// patients: with the key they can compute the pseudonym of any patient whose identifier at the
// source they know. Only commands that add to a vault need it, and `release`, which remembers in
// the vault what it published. The key of an encrypted vault is needed by every command that opens
// the vault.
//
// G1: a key in the vault's own folder is refused, and so is one in a file that others can read or
//     that is another user's.
// G2: a key that the vault was not created with is refused, whatever its source.
// G3: no error shows a key, a passphrase, or what a command printed.
#pragma once

#include <filesystem>
#include <string>
#include <variant>

#include "base/error.h"
#include "records/key_check.h"
#include "records/keys.h"

namespace parcours::records {

// A file that holds the key (key_text.h).
struct KeyFile {
  std::filesystem::path path;
};
// Its standard output is what a key file holds. /bin/sh runs it, and it may ask its own questions
// on the terminal: a password manager, a key service.
struct KeyCommand {
  std::string command;
};
// A file whose first line is the passphrase.
struct PassphraseFile {
  std::filesystem::path path;
};
// The passphrase is asked for on the terminal.
struct PassphrasePrompt {};

using KeySource = std::variant<KeyFile, KeyCommand, PassphraseFile, PassphrasePrompt>;

// Which key is meant. Errors name its options: --key or --vault-key.
enum class KeyOf { programme, vault };

struct NewKey {
  ProgrammeKey key;
  KeyCheck check;     // for the vault to keep
  bool made = false;  // the key file was not there, and holds a new key now
};

// The key for a new vault at `vault`. A key file that does not exist is created, readable only by
// its owner. A passphrase has at least 20 characters; the terminal asks for it twice.
Result<NewKey> new_key(const KeySource& source, const std::filesystem::path& vault,
                       KeyOf which = KeyOf::programme);

// The key of the vault at `vault`, which keeps `check` of it.
Result<ProgrammeKey> known_key(const KeySource& source, const KeyCheck& check,
                               const std::filesystem::path& vault, KeyOf which = KeyOf::programme);

}  // namespace parcours::records
