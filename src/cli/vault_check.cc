// parcours vault check: is a vault whole?
#include "vault/vault_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <nlohmann/json.hpp>
#include <thread>

#include "cli/command.h"
#include "cli/sizes.h"
#include "cli/vault_option.h"
#include "program/say.h"
#include "release/figures.h"

namespace parcours::cli {
namespace {

using Json = nlohmann::ordered_json;
namespace fs = std::filesystem;

struct VaultCheckOptions {
  VaultOption vault;
  int threads = threads_here();
};

std::string times(std::uint64_t count, const char* one, const char* several) {
  return fmt::format("{} {}", page::grouped(count), count == 1 ? one : several);
}

Json as_json(const vault::VaultCheck& check, const fs::path& path, double seconds) {
  Json damages = Json::array();
  for (const Error& damage : check.damages) {
    damages.push_back({{"where", damage.where}, {"found", damage.found}});
  }
  Json strangers = Json::array();
  for (const fs::path& stranger : check.strangers) {
    strangers.push_back(stranger.string());
  }
  return {{"path", path.string()},
          {"whole", check.whole()},
          {"files", check.files},
          {"bytes", check.bytes},
          {"rows", check.rows},
          {"damages", std::move(damages)},
          {"strangers", std::move(strangers)},
          {"seconds", seconds}};
}

void print(const vault::VaultCheck& check, const fs::path& path, double seconds) {
  if (check.whole()) {
    program::say(
        "{} is whole. The catalog, {} ({}) and {} are unchanged since they were written: digests, "
        "values, order and counts agree. {:.1f} s.\n",
        path.string(), times(check.files, "file", "files"), in_bytes(check.bytes),
        times(check.rows, "row", "rows"), seconds);
  } else {
    program::say("{} is damaged:\n", path.string());
    for (const Error& damage : check.damages) {
      program::say("  {}: {}\n", damage.where, damage.found);
    }
    program::say("Checked {} of {} in {:.1f} s.\n", times(check.files, "file", "files"),
                 in_bytes(check.bytes), seconds);
  }
  if (!check.strangers.empty()) {
    program::say("Other files in the folder, which the vault does not use:\n");
    for (const fs::path& stranger : check.strangers) {
      program::say("  {}\n", stranger.string());
    }
  }
}

Status check(const VaultCheckOptions& options, const Session& session) {
  const int threads = std::min(options.threads, 256);
  ASSIGN_OR_RETURN(const vault::VaultPlace vault, options.vault.unlocked());
  const auto begin = std::chrono::steady_clock::now();
  Progress progress(session.progress_manner());
  ASSIGN_OR_RETURN(const vault::VaultCheck found,
                   vault::check_vault(vault, threads, progress, session.stop));
  const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
  if (session.json) {
    program::say_json(as_json(found, vault.path(), took.count()));
  } else {
    print(found, vault.path(), took.count());
  }
  if (found.whole()) {
    return {};
  }
  const bool machines = std::ranges::all_of(
      found.damages, [](const Error& damage) { return damage.fault == Fault::machine; });
  return std::unexpected(
      Error{machines ? Fault::machine : Fault::input,
            "the vault is damaged: " + times(found.damages.size(), "damage", "damages"),
            vault.path().string(),
            machines ? found.damages.front().found : "restore the vault from a copy"});
}

}  // namespace

void add_vault_check(CLI::App& root, Session& session) {
  CLI::App* vault = vault_group(root);
  auto options = std::make_shared<VaultCheckOptions>();
  CLI::App* verb = vault->add_subcommand(
      "check", "Read every byte and every row of a vault, and report what is damaged");
  add_vault_option(verb, "path", options->vault, "A vault")->required();
  add_threads(*verb, options->threads);
  finish(verb, session, "parcours vault check panel.vault",
         [options](Session& s) { return check(*options, s); });
}

}  // namespace parcours::cli
