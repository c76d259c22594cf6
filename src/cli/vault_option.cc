#include "cli/vault_option.h"

namespace parcours::cli {

Result<vault::VaultPlace> VaultOption::unlocked() const {
  ASSIGN_OR_RETURN(const std::optional<records::KeySource> source,
                   maybe_key_source(key, records::KeyOf::vault));
  return vault::unlock(path, source);
}

CLI::Option* add_vault_option(CLI::App* verb, const std::string& name, VaultOption& vault,
                              const std::string& description) {
  CLI::Option* option = verb->add_option(name, vault.path, description);
  add_key_options(verb, vault.key, records::KeyOf::vault);
  return option;
}

}  // namespace parcours::cli
