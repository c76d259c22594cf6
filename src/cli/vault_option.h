// How a verb names a vault, and the key of one that is encrypted: the same for every verb. A verb
// that opens a vault needs a VaultPlace, and gets it here.
//
//   struct StatusOptions { VaultOption vault; };
//   add_vault_option(verb, "path", options->vault, "A vault")->required();
//   ...
//   ASSIGN_OR_RETURN(const VaultPlace place, options.vault.unlocked());
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <string>

#include "base/error.h"
#include "cli/key_options.h"
#include "vault/place.h"

namespace parcours::cli {

struct VaultOption {
  std::filesystem::path path;
  KeyOptions key;  // of an encrypted vault

  // Asks for a passphrase each time: call it once.
  Result<vault::VaultPlace> unlocked() const;
};

// The vault as `name` ("vault", "--vault"), and --vault-key, --vault-key-command,
// --vault-passphrase-file, --vault-passphrase.
CLI::Option* add_vault_option(CLI::App* verb, const std::string& name, VaultOption& vault,
                              const std::string& description);

}  // namespace parcours::cli
