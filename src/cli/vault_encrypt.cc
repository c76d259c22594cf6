// parcours vault encrypt: an encrypted copy of a vault.
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <system_error>

#include "cli/command.h"
#include "cli/key_options.h"
#include "cli/sizes.h"
#include "page/numbers.h"
#include "program/say.h"
#include "vault/encrypt.h"
#include "vault/vault_check.h"

namespace parcours::cli {
namespace {

struct EncryptVerb {
  std::filesystem::path vault;
  std::filesystem::path to;
  KeyOptions key;
};

Status check_it(const vault::VaultPlace& vault, Progress& progress, const Stop& stop) {
  ASSIGN_OR_RETURN(const vault::VaultCheck check,
                   vault::check_vault(vault, threads_here(), progress, stop));
  return check.whole() ? Status() : std::unexpected(check.damages.front());
}

Status run(const EncryptVerb& verb, Session& session) {
  ASSIGN_OR_RETURN(const std::optional<records::KeySource> source,
                   maybe_key_source(verb.key, records::KeyOf::vault));
  if (!source) {
    return bad_input("no key is given to encrypt the vault with", {},
                     "add --vault-key FILE (or --vault-key-command, --vault-passphrase-file, "
                     "--vault-passphrase)");
  }
  RETURN_IF_ERROR(vault::check_outside_vaults(verb.to));
  for (const auto& file : {verb.key.file, verb.key.passphrase_file}) {
    if (file) {
      RETURN_IF_ERROR(vault::check_outside_vaults(*file));
    }
  }
  ASSIGN_OR_RETURN(const bool encrypted, vault::is_encrypted(verb.vault));
  if (encrypted) {
    return bad_input("this vault is encrypted already", verb.vault.string());
  }
  ASSIGN_OR_RETURN(const records::NewKey key,
                   records::new_key(*source, verb.to, records::KeyOf::vault));
  const vault::VaultPlace to = vault::encrypted_place(verb.to, key);
  Progress progress(session.progress_manner());
  const Result<vault::EncryptSummary> done =
      vault::encrypt_vault(verb.vault, to, progress, session.stop);
  if (!done) {
    if (key.made) {
      std::error_code ignored;  // a key that is in use nowhere
      std::filesystem::remove(*verb.key.file, ignored);
    }
    return std::unexpected(done.error());
  }
  RETURN_IF_ERROR(check_it(to, progress, session.stop));
  if (session.json) {
    program::say_json(nlohmann::ordered_json({{"path", verb.to.string()},
                                              {"files", done->files},
                                              {"bytes", done->bytes},
                                              {"vault_key_made", key.made}}));
    return {};
  }
  program::say("Encrypted {} into {}: {} files of {}, read again and whole.\n", verb.vault, verb.to,
               page::grouped(done->files), in_bytes(done->bytes));
  if (key.made) {
    program::say(
        "Created a new key of the vault in {}. Every command that opens the vault needs it; without "
        "it, nobody can ever read\nthe vault: keep it apart from the vault and its backups, and "
        "keep a copy in a locked place.\n",
        *verb.key.file);
  }
  program::say(
      "{} is as it was. Use one of the two alone from now on: delete it, and its copies. A disk "
      "keeps what is deleted until it needs the room.\n",
      verb.vault);
  return {};
}

}  // namespace

void add_vault_encrypt(CLI::App& root, Session& session) {
  auto options = std::make_shared<EncryptVerb>();
  CLI::App* verb =
      vault_group(root)->add_subcommand("encrypt", "Make an encrypted copy of a vault");
  verb->add_option("vault", options->vault, "A vault that is not encrypted")->required();
  verb->add_option("to", options->to, "The folder of the copy; it must not exist yet")->required();
  add_key_options(verb, options->key, records::KeyOf::vault);
  finish(verb, session, "parcours vault encrypt panel.vault sealed.vault --vault-key vault.key",
         [options](Session& s) { return run(*options, s); });
}

}  // namespace parcours::cli
