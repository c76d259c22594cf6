#include "cli/key_options.h"

#include <vector>

namespace parcours {

void add_key_options(CLI::App* verb, KeyOptions& options) {
  const std::string group = "The programme's key, by one of";
  verb->add_option("--key", options.file, "A file that holds it, outside the vault's folder")
      ->type_name("FILE")
      ->group(group);
  verb->add_option("--key-command", options.command, "A command that prints it; /bin/sh runs it")
      ->type_name("COMMAND")
      ->group(group);
  verb->add_option("--passphrase-file", options.passphrase_file,
                   "A file whose first line is a passphrase, from which it is made")
      ->type_name("FILE")
      ->group(group);
  verb->add_flag("--passphrase", options.passphrase, "Ask for the passphrase on the terminal")
      ->group(group);
}

Result<std::optional<KeySource>> maybe_key_source(const KeyOptions& options) {
  std::vector<KeySource> sources;
  if (options.file) {
    sources.emplace_back(KeyFile{*options.file});
  }
  if (options.command) {
    sources.emplace_back(KeyCommand{*options.command});
  }
  if (options.passphrase_file) {
    sources.emplace_back(PassphraseFile{*options.passphrase_file});
  }
  if (options.passphrase) {
    sources.emplace_back(PassphrasePrompt{});
  }
  if (sources.size() > 1) {
    return bad_input("the key is given in several ways", {},
                     "keep one of --key, --key-command, --passphrase-file, --passphrase");
  }
  return sources.empty() ? std::nullopt : std::optional(std::move(sources.front()));
}

Result<KeySource> key_source(const KeyOptions& options) {
  ASSIGN_OR_RETURN(std::optional<KeySource> source, maybe_key_source(options));
  if (!source) {
    return bad_input("no key is given", {},
                     "add --key FILE, the key that the vault was created with (or --key-command, "
                     "--passphrase-file, --passphrase)");
  }
  return *std::move(source);
}

}  // namespace parcours
