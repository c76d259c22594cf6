// parcours vault compact: deletes what does not live any more, and merges files.
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>

#include "cli/command.h"
#include "cli/sizes.h"
#include "cli/vault_option.h"
#include "program/say.h"
#include "release/figures.h"
#include "vault/compact.h"
#include "vault/place.h"

namespace parcours::cli {
namespace {

struct TidyOptions {
  VaultOption vault;
  std::optional<int> receipts_older_than;  // days
};

Status tidy(const TidyOptions& options, const Session& session) {
  ASSIGN_OR_RETURN(const vault::VaultPlace vault, options.vault.unlocked());
  Progress progress(session.progress_manner());
  ASSIGN_OR_RETURN(const vault::CompactSummary summary,
                   vault::compact(vault, progress, session.stop,
                                  {.receipts_older_than = options.receipts_older_than}));
  if (session.json) {
    program::say_json(
        nlohmann::ordered_json({{"buckets", summary.buckets},
                                {"rows_removed", summary.rows_removed},
                                {"rows_purged", summary.rows_purged},
                                {"codes_removed", summary.codes_removed},
                                {"receipts_removed", summary.receipts_removed},
                                {"sealing_keys_destroyed", summary.sealing_keys_destroyed},
                                {"files_before", summary.files_before},
                                {"files_after", summary.files_after},
                                {"bytes_before", summary.bytes_before},
                                {"bytes_after", summary.bytes_after}}));
    return {};
  }
  if (summary.rows_purged > 0) {
    program::say("Deleted {} rows whose permit, retention or patient ended them.\n",
                 page::grouped(summary.rows_purged));
  }
  if (summary.codes_removed > 0) {
    program::say("Deleted {} codes that no row uses any more from the catalog.\n",
                 page::grouped(summary.codes_removed));
  }
  if (summary.receipts_removed > 0) {
    program::say(
        "Deleted {} receipts of packages from the catalog; a package that comes again gets one made "
        "anew.\n",
        page::grouped(summary.receipts_removed));
  }
  if (summary.sealing_keys_destroyed > 0) {
    program::say("Destroyed {} old sealing keys: packages that are sealed to them open no more.\n",
                 page::grouped(summary.sealing_keys_destroyed));
  }
  if (summary.buckets == 0) {
    program::say("Nothing to do: each bucket is one file and has no replaced rows.\n");
    return {};
  }
  program::say("Merged {} files of {} into {} of {}; deleted {} replaced rows.\n",
               page::grouped(summary.files_before), in_bytes(summary.bytes_before),
               page::grouped(summary.files_after), in_bytes(summary.bytes_after),
               page::grouped(summary.rows_removed));
  return {};
}

}  // namespace

void add_vault_compact(CLI::App& root, Session& session) {
  CLI::App* vault = vault_group(root);
  auto tidying = std::make_shared<TidyOptions>();
  CLI::App* verb = vault->add_subcommand(
      "compact", "Delete rows that a later package replaced, and merge files");
  add_vault_option(verb, "path", tidying->vault, "A vault")->required();
  verb->add_option(
          "--receipts-older-than", tidying->receipts_older_than,
          "Also delete the receipts of packages that came more days ago than this. The vault "
          "deletes by itself those that the practice's next package confirms")
      ->type_name("DAYS")
      ->check(CLI::Range(1, 36'500));
  finish(verb, session, "parcours vault compact panel.vault --receipts-older-than 90",
         [tidying](Session& s) { return tidy(*tidying, s); });
}

}  // namespace parcours::cli
