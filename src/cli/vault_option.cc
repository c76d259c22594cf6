#include "cli/vault_option.h"

namespace parcours {

Result<VaultPlace> VaultOption::unlocked() const {
  ASSIGN_OR_RETURN(const std::optional<KeySource> source, maybe_key_source(key, KeyOf::vault));
  return unlock(path, source);
}

CLI::Option* add_vault_option(CLI::App* verb, const std::string& name, VaultOption& vault,
                              const std::string& description) {
  CLI::Option* option = verb->add_option(name, vault.path, description);
  add_key_options(verb, vault.key, KeyOf::vault);
  return option;
}

}  // namespace parcours
