#include "bench/panel.h"

#include <cstdio>

#include "base/stop.h"
#include "cli/run.h"

namespace parcours::bench {
namespace {

namespace fs = std::filesystem;

fs::path aside(const fs::path& path) {
  return path.string() + ".part";
}

fs::path vault_key_of(const fs::path& vault) {
  return vault.string() + ".vault-key";
}

// `how` is said to `vault create`, `key` to both verbs.
Result<Measured> import_into(const fs::path& vault, const Setting& setting,
                             const std::vector<std::string>& how,
                             const std::vector<std::string>& key) {
  RETURN_IF_ERROR(need_csv(setting));
  fs::remove_all(vault);
  fs::remove_all(aside(vault));
  const std::string programme_key = vault.string() + ".key";
  const std::string source = PARCOURS_SOURCE_DIR;
  fs::remove(vault.string() + ".keeper");
  fs::remove(vault.string() + ".keeper.pub");
  std::vector<std::string> create = {"vault",
                                     "create",
                                     aside(vault).string(),
                                     "--key",
                                     programme_key,
                                     "--keeper",
                                     vault.string() + ".keeper",
                                     "--permit",
                                     source + "/examples/panel/permit.toml"};
  create.insert(create.end(), how.begin(), how.end());
  create.insert(create.end(), key.begin(), key.end());
  RETURN_IF_ERROR(run_parcours(create));
  std::vector<std::string> import = {"vault",
                                     "import",
                                     aside(vault).string(),
                                     "--key",
                                     programme_key,
                                     "--mapping",
                                     (csv_of(setting) / "mapping.toml").string(),
                                     "--threads",
                                     std::to_string(setting.threads),
                                     "--quiet"};
  import.insert(import.end(), key.begin(), key.end());
  ASSIGN_OR_RETURN(const Measured measured, run_parcours(import));
  fs::rename(aside(vault), vault);
  return measured;
}

}  // namespace

std::function<Result<std::string>()> running_parcours(std::vector<std::string> words) {
  return [words = std::move(words)]() -> Result<std::string> {
    if (std::freopen("/dev/null", "w", stdout) == nullptr) {
      return machine_fault("no /dev/null");
    }
    Stop stop;
    RETURN_IF_ERROR(cli::run_command(words, stop));
    return std::string();
  };
}

Result<Measured> run_parcours(const std::vector<std::string>& words) {
  return in_child(running_parcours(words));
}

fs::path csv_of(const Setting& setting) {
  return setting.folder / (setting.full ? "panel-full" : "panel-small");
}

fs::path vault_of(const Setting& setting) {
  return csv_of(setting).string() + ".vault";
}

fs::path encrypted_vault_of(const Setting& setting) {
  return csv_of(setting).string() + ".encrypted.vault";
}

Result<vault::VaultPlace> unlocked_vault_of(const Setting& setting) {
  const fs::path vault = encrypted_vault_of(setting);
  return vault::unlock(vault, records::KeyFile{vault_key_of(vault)});
}

Result<Measured> generate(const Setting& setting) {
  const fs::path folder = csv_of(setting);
  fs::remove_all(folder);
  fs::remove_all(aside(folder));
  ASSIGN_OR_RETURN(const Measured measured,
                   run_parcours({"synth", aside(folder).string(), "--patients",
                                 setting.full ? "4000000" : "200000", "--events",
                                 setting.full ? "60000000" : "3000000", "--detail", "25", "--seed",
                                 "1", "--threads", std::to_string(setting.threads), "--quiet"}));
  fs::rename(aside(folder), folder);
  return measured;
}

Result<Measured> import(const Setting& setting) {
  return import_into(vault_of(setting), setting, {}, {});
}

Result<Measured> import_encrypted(const Setting& setting) {
  const fs::path vault = encrypted_vault_of(setting);
  const std::vector<std::string> key = {"--vault-key", vault_key_of(vault).string()};
  return import_into(vault, setting, {"--encrypt"}, key);
}

Status need_csv(const Setting& setting) {
  if (!fs::exists(csv_of(setting))) {
    RETURN_IF_ERROR(generate(setting));
  }
  return {};
}

Status need_vault(const Setting& setting) {
  if (!fs::exists(vault_of(setting))) {
    RETURN_IF_ERROR(import(setting));
  }
  return {};
}

}  // namespace parcours::bench
