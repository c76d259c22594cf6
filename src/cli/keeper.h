// How a permit-keeper signs an act: with a key file, or by ssh-keygen, with any key that it has.
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <optional>
#include <string>

#include "base/error.h"
#include "formalities/public_key.h"
#include "vault/place.h"

namespace parcours::cli {

struct KeeperOptions {
  std::optional<std::filesystem::path> key;
  std::optional<std::filesystem::path> draft;
};

// --keeper, --draft.
void add_keeper_options(CLI::App* verb, KeeperOptions& options);

// An error where both are given, or neither.
Status check_signature_options(const KeeperOptions& options);

// Signs an act and enters it in the vault; or, with --draft, writes it for somebody to sign.
// Returns what was done, in a sentence.
Result<std::string> sign_and_enter(const vault::VaultPlace& vault, const std::string& act,
                                   const KeeperOptions& options);

// The public key in a file that OpenSSH wrote: FILE.pub.
Result<formalities::PublicKey> read_public_key(const std::filesystem::path& file);

// Makes the first permit-keeper of a new vault, who signs with this key file; the key is made where
// the file is not there. Whether it was made.
Result<bool> found_keeper(const vault::VaultPlace& vault, const std::filesystem::path& key,
                          const std::string& name);

}  // namespace parcours::cli
