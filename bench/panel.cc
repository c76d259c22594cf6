#include "bench/panel.h"

#include <cstdio>

#include "base/stop.h"
#include "cli/run.h"

namespace parcours::bench {
namespace {

namespace fs = std::filesystem;

// A command of parcours in a process of its own; what it prints is not shown.
Result<Measured> run(const std::vector<std::string>& words) {
  return in_child([&]() -> Result<std::string> {
    if (std::freopen("/dev/null", "w", stdout) == nullptr) {
      return machine_fault("no /dev/null");
    }
    Stop stop;
    RETURN_IF_ERROR(run_command(words, stop));
    return std::string();
  });
}

fs::path aside(const fs::path& path) {
  return path.string() + ".part";
}

}  // namespace

fs::path csv_of(const Setting& setting) {
  return setting.folder / (setting.full ? "panel-full" : "panel-small");
}

fs::path vault_of(const Setting& setting) {
  return csv_of(setting).string() + ".vault";
}

Result<Measured> generate(const Setting& setting) {
  const fs::path folder = csv_of(setting);
  fs::remove_all(folder);
  fs::remove_all(aside(folder));
  ASSIGN_OR_RETURN(
      const Measured measured,
      run({"synth", aside(folder).string(), "--patients", setting.full ? "4000000" : "200000",
           "--events", setting.full ? "60000000" : "3000000", "--detail", "25", "--seed", "1",
           "--threads", std::to_string(setting.threads), "--quiet"}));
  fs::rename(aside(folder), folder);
  return measured;
}

Result<Measured> import(const Setting& setting) {
  RETURN_IF_ERROR(need_csv(setting));
  const fs::path vault = vault_of(setting);
  fs::remove_all(vault);
  fs::remove_all(aside(vault));
  const std::string key = vault.string() + ".key";
  const std::string source = PARCOURS_SOURCE_DIR;
  fs::remove(vault.string() + ".keeper");
  fs::remove(vault.string() + ".keeper.pub");
  RETURN_IF_ERROR(
      run({"vault", "create", aside(vault).string(), "--key", key, "--keeper",
           vault.string() + ".keeper", "--permit", source + "/examples/panel/permit.toml"}));
  ASSIGN_OR_RETURN(const Measured measured,
                   run({"vault", "import", aside(vault).string(), "--key", key, "--mapping",
                        (csv_of(setting) / "mapping.toml").string(), "--threads",
                        std::to_string(setting.threads), "--quiet"}));
  fs::rename(aside(vault), vault);
  return measured;
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
