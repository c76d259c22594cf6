// The options for a key, the same for every verb that needs it: the programme's, and that of an
// encrypted vault (vault_option.h).
#pragma once

#include <CLI/CLI.hpp>
#include <filesystem>
#include <optional>
#include <string>

#include "base/error.h"
#include "records/key_source.h"

namespace parcours::cli {

struct KeyOptions {
  std::optional<std::filesystem::path> file;
  std::optional<std::string> command;
  std::optional<std::filesystem::path> passphrase_file;
  bool passphrase = false;
};

// --key, --key-command, --passphrase-file, --passphrase; of a vault's own key --vault-key and so
// on.
void add_key_options(CLI::App* verb, KeyOptions& options,
                     records::KeyOf which = records::KeyOf::programme);

// An error where several are given.
Result<std::optional<records::KeySource>> maybe_key_source(
    const KeyOptions& options, records::KeyOf which = records::KeyOf::programme);

// An error where none is given either.
Result<records::KeySource> key_source(const KeyOptions& options);

}  // namespace parcours::cli
