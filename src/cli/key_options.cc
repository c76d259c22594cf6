#include "cli/key_options.h"

#include <fmt/format.h>

#include <vector>

namespace parcours::cli {
namespace {

// "--key" or "--vault-key".
std::string named(records::KeyOf which, const char* name) {
  return fmt::format("--{}{}", which == records::KeyOf::vault ? "vault-" : "", name);
}

}  // namespace

void add_key_options(CLI::App* verb, KeyOptions& options, records::KeyOf which) {
  const bool vault = which == records::KeyOf::vault;
  const std::string group =
      vault ? "The key of an encrypted vault (choose one)" : "The programme's key (choose one)";
  verb->add_option(named(which, "key"), options.file,
                   "Read the key from this file. The file lies outside the vault, and nobody else "
                   "may read it")
      ->type_name("FILE")
      ->group(group);
  verb->add_option(named(which, "key-command"), options.command,
                   "Run this command with /bin/sh; it prints the key. Choose it where a key "
                   "manager holds the key")
      ->type_name("COMMAND")
      ->group(group);
  verb->add_option(named(which, "passphrase-file"), options.passphrase_file,
                   "Make the key from the passphrase on the first line of this file")
      ->type_name("FILE")
      ->group(group);
  verb->add_flag(named(which, "passphrase"), options.passphrase,
                 "Ask for a passphrase on the terminal, and make the key from it")
      ->group(group);
}

Result<std::optional<records::KeySource>> maybe_key_source(const KeyOptions& options,
                                                           records::KeyOf which) {
  std::vector<records::KeySource> sources;
  if (options.file) {
    sources.emplace_back(records::KeyFile{*options.file});
  }
  if (options.command) {
    sources.emplace_back(records::KeyCommand{*options.command});
  }
  if (options.passphrase_file) {
    sources.emplace_back(records::PassphraseFile{*options.passphrase_file});
  }
  if (options.passphrase) {
    sources.emplace_back(records::PassphrasePrompt{});
  }
  if (sources.size() > 1) {
    return bad_input(
        which == records::KeyOf::vault ? "several options give the vault's key"
                                       : "several options give the key",
        {},
        fmt::format("keep one of {}, {}, {}, {}", named(which, "key"), named(which, "key-command"),
                    named(which, "passphrase-file"), named(which, "passphrase")));
  }
  return sources.empty() ? std::nullopt : std::optional(std::move(sources.front()));
}

Result<records::KeySource> key_source(const KeyOptions& options) {
  ASSIGN_OR_RETURN(std::optional<records::KeySource> source, maybe_key_source(options));
  if (!source) {
    return bad_input(
        "no key is given", {},
        "add --key FILE (or --key-command, --passphrase-file, --passphrase); 'vault create' "
        "makes the key, and every import and release needs the same one");
  }
  return *std::move(source);
}

}  // namespace parcours::cli
