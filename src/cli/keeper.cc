#include "cli/keeper.h"

#include <fmt/format.h>

#include <system_error>

#include "base/files.h"
#include "formalities/act_text.h"
#include "formalities/signing_key.h"
#include "vault/formal.h"
#include "vault/place.h"

namespace parcours::cli {

void add_keeper_options(CLI::App* verb, KeeperOptions& options) {
  const std::string group = "The permit-keeper's signature (choose one)";
  verb->add_option("--keeper", options.key,
                   "Sign with this private key: Ed25519, as OpenSSH writes it, without passphrase")
      ->type_name("FILE")
      ->group(group);
  verb->add_option("--draft", options.draft,
                   "Only write the act to this file. Choose it for a key with a passphrase or of "
                   "hardware: sign it with 'ssh-keygen -Y sign -n parcours-act -f KEY FILE', then "
                   "run 'parcours permit enter VAULT FILE'")
      ->type_name("FILE")
      ->group(group);
}

Status check_signature_options(const KeeperOptions& options) {
  return options.key.has_value() != options.draft.has_value()
             ? Status()
             : bad_input("an act needs one signature", "--keeper",
                         "name the keeper's key with --keeper, or write the act with --draft");
}

Result<std::string> sign_and_enter(const vault::VaultPlace& vault, const std::string& act,
                                   const KeeperOptions& options) {
  RETURN_IF_ERROR(check_signature_options(options));
  if (options.draft) {
    RETURN_IF_ERROR(vault::check_outside_vaults(*options.draft));
    RETURN_IF_ERROR(write_file(*options.draft, act));
    return fmt::format(
        "Wrote the act to {0}. Sign it: ssh-keygen -Y sign -n {1} -f KEY {0}\nThen enter it: "
        "parcours permit enter {2} {0}",
        options.draft->string(), formalities::act_signature, vault.path().string());
  }
  ASSIGN_OR_RETURN(const formalities::SigningKey key, formalities::SigningKey::read(*options.key));
  RETURN_IF_ERROR(vault::enter_act(vault, act, key.sign(act, formalities::act_signature),
                                   options.key->string()));
  return fmt::format("Entered in {}; it holds from now on.", vault.path().string());
}

Result<formalities::PublicKey> read_public_key(const std::filesystem::path& file) {
  ASSIGN_OR_RETURN(const std::string text, read_file(file));
  return formalities::parse_public_key(text, file.string());
}

Result<bool> found_keeper(const vault::VaultPlace& vault, const std::filesystem::path& key_file,
                          const std::string& name) {
  std::error_code unseen;
  const bool made = !std::filesystem::exists(key_file, unseen);
  if (made) {
    RETURN_IF_ERROR(formalities::SigningKey::generate().write(key_file, name));
  }
  ASSIGN_OR_RETURN(const formalities::SigningKey key, formalities::SigningKey::read(key_file));
  ASSIGN_OR_RETURN(const formalities::Formalities formalities, vault::formalities_of(vault));
  const std::string act = formalities::text_of(
      formalities::RoleAct{formalities::RoleAct::Action::grant,
                           {name, formalities::Role::permit_keeper, key.public_key()},
                           formalities.vault(),
                           formalities.acts()});
  RETURN_IF_ERROR(
      vault::enter_act(vault, act, key.sign(act, formalities::act_signature), key_file.string()));
  return made;
}

}  // namespace parcours::cli
