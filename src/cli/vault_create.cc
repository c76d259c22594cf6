// parcours vault create: an empty vault, with its keys, its keeper and its permit.
#include <fmt/format.h>

#include <array>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "base/files.h"
#include "base/nearest.h"
#include "cli/command.h"
#include "cli/keeper.h"
#include "cli/key_options.h"
#include "formalities/permit.h"
#include "formalities/signing_key.h"
#include "program/say.h"
#include "reception/sealing.h"
#include "vault/catalog.h"
#include "vault/formal.h"
#include "vault/place.h"
#include "vault/vault.h"

namespace parcours::cli {
namespace {

struct CreateOptions {
  std::filesystem::path path;
  KeyOptions key;
  bool encrypt = false;
  KeyOptions vault_key;
  std::string calendar = "dates";
  int buckets = vault::VaultOptions{}.buckets;
  std::optional<std::filesystem::path> keeper;
  std::string keeper_name = "Permit keeper";
  std::optional<std::filesystem::path> permit;
};

constexpr std::array calendars = {Calendar::dates, Calendar::days, Calendar::order};

Result<Calendar> calendar_of(const std::string& name) {
  std::vector<std::string> known;
  for (const Calendar calendar : calendars) {
    if (vault::calendar_name(calendar) == name) {
      return calendar;
    }
    known.emplace_back(vault::calendar_name(calendar));
  }
  return bad_input(fmt::format("unknown calendar '{}'", name), "--calendar",
                   nearest_hint(name, known));
}

// Before anything is made: what the options name can be used.
Status check_formalities(const CreateOptions& options) {
  if (options.keeper) {
    RETURN_IF_ERROR(vault::check_outside_vaults(*options.keeper));
  }
  if (!options.permit) {
    return {};
  }
  if (!options.keeper) {
    return bad_input("a permit needs the signature of a permit-keeper", "--permit",
                     "name the keeper's key with --keeper");
  }
  ASSIGN_OR_RETURN(const std::string text, read_file(*options.permit));
  RETURN_IF_ERROR(formalities::parse_permit(text, *options.permit));
  return {};
}

// The keeper and the permit that the options name, and the first key to seal packages to. Whether
// the keeper's key was made.
Result<bool> add_formalities(const CreateOptions& options, const vault::VaultPlace& place,
                             const records::ProgrammeKey& programme) {
  if (!options.keeper) {
    return false;
  }
  ASSIGN_OR_RETURN(const bool made, found_keeper(place, *options.keeper, options.keeper_name));
  ASSIGN_OR_RETURN(const formalities::SigningKey key,
                   formalities::SigningKey::read(*options.keeper));
  ASSIGN_OR_RETURN(std::string sealing, reception::begin_renewal(place, programme, {}));
  std::string sealed_by = key.sign(sealing, formalities::act_signature);
  RETURN_IF_ERROR(
      vault::enter_act(place, std::move(sealing), std::move(sealed_by), options.keeper->string()));
  if (options.permit) {
    ASSIGN_OR_RETURN(std::string text, read_file(*options.permit));
    std::string signature = key.sign(text, formalities::act_signature);
    RETURN_IF_ERROR(
        vault::enter_act(place, std::move(text), std::move(signature), options.permit->string()));
  }
  return made;
}

// A key file that was made, and that is in use nowhere.
void remove_made(const records::NewKey& key, const KeyOptions& options) {
  if (key.made) {
    std::error_code ignored;
    std::filesystem::remove(*options.file, ignored);
  }
}

Result<std::optional<records::KeySource>> vault_key_source(const CreateOptions& options) {
  ASSIGN_OR_RETURN(std::optional<records::KeySource> source,
                   maybe_key_source(options.vault_key, records::KeyOf::vault));
  if (options.encrypt != source.has_value()) {
    return options.encrypt ? bad_input("no key is given to encrypt the vault with", "--encrypt",
                                       "add --vault-key FILE (or --vault-key-command, "
                                       "--vault-passphrase-file, --vault-passphrase)")
                           : bad_input("a vault key is given, but the vault is not to be encrypted",
                                       {}, "add --encrypt, or leave out the vault key");
  }
  if (options.vault_key.file) {
    RETURN_IF_ERROR(vault::check_outside_vaults(*options.vault_key.file));
  }
  return source;
}

// The vault's own key, and nothing for a vault that is not encrypted.
Result<std::optional<records::NewKey>> new_vault_key(const CreateOptions& options,
                                                     const records::NewKey& programme) {
  ASSIGN_OR_RETURN(const std::optional<records::KeySource> source, vault_key_source(options));
  if (!source) {
    return std::nullopt;
  }
  ASSIGN_OR_RETURN(records::NewKey key,
                   records::new_key(*source, options.path, records::KeyOf::vault));
  if (key.check.value == programme.check.value) {
    return bad_input(
        "the vault's key is the programme's key: whoever reads the vault could make "
        "pseudonyms",
        "--vault-key", "name another file; it is made if it does not exist");
  }
  return key;
}

struct Made {
  vault::VaultPlace place;
  bool vault_key = false;  // its file was made too
};

// Makes the vault; where it cannot, the key files that were made for it go again.
Result<Made> make_vault(const CreateOptions& options, const records::NewKey& key,
                        Calendar calendar) {
  Result<std::optional<records::NewKey>> vault_key = new_vault_key(options, key);
  if (!vault_key) {
    return std::unexpected(vault_key.error());
  }
  const vault::VaultPlace place = *vault_key ? vault::encrypted_place(options.path, **vault_key)
                                             : vault::VaultPlace(options.path);
  const auto vault =
      vault::Vault::create(place, key.check, {.calendar = calendar, .buckets = options.buckets});
  if (!vault) {
    if (*vault_key) {
      remove_made(**vault_key, options.vault_key);
    }
    return std::unexpected(vault.error());
  }
  return Made{place, *vault_key && (*vault_key)->made};
}

Status create(const CreateOptions& options, const Session& session) {
  ASSIGN_OR_RETURN(const Calendar calendar, calendar_of(options.calendar));
  RETURN_IF_ERROR(vault::check_outside_vaults(options.path));
  RETURN_IF_ERROR(check_formalities(options));
  ASSIGN_OR_RETURN(const records::KeySource source, key_source(options.key));
  if (options.key.file) {
    RETURN_IF_ERROR(vault::check_outside_vaults(*options.key.file));
  }
  RETURN_IF_ERROR(vault_key_source(options));
  ASSIGN_OR_RETURN(const records::NewKey key, records::new_key(source, options.path));
  const Result<Made> made = make_vault(options, key, calendar);
  if (!made) {
    remove_made(key, options.key);
    return std::unexpected(made.error());
  }
  const vault::VaultPlace& place = made->place;
  ASSIGN_OR_RETURN(const bool keeper_made, add_formalities(options, place, key.key));
  if (session.json) {
    program::say_json(nlohmann::ordered_json({{"path", options.path.string()},
                                              {"calendar", options.calendar},
                                              {"buckets", options.buckets},
                                              {"key_made", key.made},
                                              {"encrypted", options.encrypt},
                                              {"vault_key_made", made->vault_key},
                                              {"keeper_made", keeper_made}}));
    return {};
  }
  program::say("Created an empty {}vault in {}.\n", options.encrypt ? "encrypted " : "",
               options.path.string());
  if (key.made) {
    program::say(
        "Created a new key in {}. Every import needs it. Anyone who has both the key and the "
        "vault can recognise patients:\nkeep the key apart from the vault, and keep a copy in a "
        "locked place.\n",
        options.key.file->string());
  }
  if (made->vault_key) {
    program::say(
        "Created a new key of the vault in {}. Every command that opens the vault needs it; without "
        "it, nobody can ever read\nthe vault: keep it apart from the vault and its backups, and "
        "keep a copy in a locked place.\n",
        options.vault_key.file->string());
  }
  if (keeper_made) {
    program::say(
        "Created a new key of the permit-keeper in {}, and its public part beside it. Whoever has "
        "it decides what may be collected:\nkeep it apart from the vault and from its key.\n",
        *options.keeper);
  }
  if (options.keeper && options.permit) {
    program::say("Signed and entered {}; parcours permit list shows it.\n", *options.permit);
  } else {
    program::say("Nothing can be imported until a permit is entered: docs/permits.md\n");
  }
  return {};
}

}  // namespace

void add_vault_create(CLI::App& root, Session& session) {
  CLI::App* vault = vault_group(root);
  auto options = std::make_shared<CreateOptions>();
  CLI::App* verb = vault->add_subcommand("create", "Create an empty vault");
  verb->add_option("path", options->path, "The folder to create; it must not exist yet")
      ->required();
  verb->add_option("--calendar", options->calendar,
                   "How the sources give days: dates (2024-03-06), days (since the patient's own "
                   "day 0), or order (which event came before which)")
      ->capture_default_str();
  verb->add_option("--buckets", options->buckets,
                   "Number of files that the patients are spread over. A command holds one bucket "
                   "per thread in memory: choose more than 64 for panels of over 10 million "
                   "patients")
      ->capture_default_str();
  verb->add_option("--keeper", options->keeper,
                   "The private key of the permit-keeper, who signs what may be collected; it is "
                   "made if the file does not exist. Without it, docs/permits.md says how a key "
                   "of hardware founds a vault")
      ->type_name("FILE");
  verb->add_option("--keeper-name", options->keeper_name, "The permit-keeper's name")
      ->capture_default_str();
  verb->add_option("--permit", options->permit,
                   "Sign this permit with the keeper's key, and enter it")
      ->type_name("FILE");
  verb->add_flag("--encrypt", options->encrypt,
                 "Encrypt all that the vault holds with a key of its own, which every command that "
                 "opens the vault then needs. Choose it where disks, copies or backups may fall "
                 "into other hands");
  add_key_options(verb, options->key);
  add_key_options(verb, options->vault_key, records::KeyOf::vault);
  finish(verb, session,
         "parcours vault create panel.vault --key programme.key --keeper keeper.key --permit "
         "permit.toml",
         [options](Session& s) { return create(*options, s); });
}

}  // namespace parcours::cli
