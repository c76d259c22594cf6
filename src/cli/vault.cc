// parcours vault create, status, compact.
#include "vault/vault.h"

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
#include "cli/sizes.h"
#include "cli/vault_option.h"
#include "formalities/permit.h"
#include "formalities/signing_key.h"
#include "program/say.h"
#include "reception/sealing.h"
#include "release/figures.h"
#include "study/names.h"
#include "vault/catalog.h"
#include "vault/code_cover.h"
#include "vault/compact.h"
#include "vault/formal.h"
#include "vault/place.h"
#include "vault/status.h"

namespace parcours {
namespace {

using Json = nlohmann::ordered_json;

struct CreateOptions {
  std::filesystem::path path;
  KeyOptions key;
  bool encrypt = false;
  KeyOptions vault_key;
  std::string calendar = "dates";
  int buckets = VaultOptions{}.buckets;
  std::optional<std::filesystem::path> keeper;
  std::string keeper_name = "Permit keeper";
  std::optional<std::filesystem::path> permit;
};

constexpr std::array calendars = {Calendar::dates, Calendar::days, Calendar::order};

Result<Calendar> calendar_of(const std::string& name) {
  std::vector<std::string> known;
  for (const Calendar calendar : calendars) {
    if (calendar_name(calendar) == name) {
      return calendar;
    }
    known.emplace_back(calendar_name(calendar));
  }
  return bad_input(fmt::format("unknown calendar '{}'", name), "--calendar",
                   nearest_hint(name, known));
}

// Before anything is made: what the options name can be used.
Status check_formalities(const CreateOptions& options) {
  if (options.keeper) {
    RETURN_IF_ERROR(check_outside_vaults(*options.keeper));
  }
  if (!options.permit) {
    return {};
  }
  if (!options.keeper) {
    return bad_input("a permit needs the signature of a permit-keeper", "--permit",
                     "name the keeper's key with --keeper");
  }
  ASSIGN_OR_RETURN(const std::string text, read_file(*options.permit));
  RETURN_IF_ERROR(parse_permit(text, *options.permit));
  return {};
}

// The keeper and the permit that the options name, and the first key to seal packages to. Whether
// the keeper's key was made.
Result<bool> add_formalities(const CreateOptions& options, const VaultPlace& place,
                             const ProgrammeKey& programme) {
  if (!options.keeper) {
    return false;
  }
  ASSIGN_OR_RETURN(const bool made, found_keeper(place, *options.keeper, options.keeper_name));
  ASSIGN_OR_RETURN(const SigningKey key, SigningKey::read(*options.keeper));
  ASSIGN_OR_RETURN(std::string sealing, reception::begin_renewal(place, programme, {}));
  std::string sealed_by = key.sign(sealing, act_signature);
  RETURN_IF_ERROR(
      enter_act(place, std::move(sealing), std::move(sealed_by), options.keeper->string()));
  if (options.permit) {
    ASSIGN_OR_RETURN(std::string text, read_file(*options.permit));
    std::string signature = key.sign(text, act_signature);
    RETURN_IF_ERROR(
        enter_act(place, std::move(text), std::move(signature), options.permit->string()));
  }
  return made;
}

// A key file that was made, and that is in use nowhere.
void remove_made(const NewKey& key, const KeyOptions& options) {
  if (key.made) {
    std::error_code ignored;
    std::filesystem::remove(*options.file, ignored);
  }
}

Result<std::optional<KeySource>> vault_key_source(const CreateOptions& options) {
  ASSIGN_OR_RETURN(std::optional<KeySource> source,
                   maybe_key_source(options.vault_key, KeyOf::vault));
  if (options.encrypt != source.has_value()) {
    return options.encrypt ? bad_input("no key is given to encrypt the vault with", "--encrypt",
                                       "add --vault-key FILE (or --vault-key-command, "
                                       "--vault-passphrase-file, --vault-passphrase)")
                           : bad_input("a vault key is given, but the vault is not to be encrypted",
                                       {}, "add --encrypt, or leave out the vault key");
  }
  if (options.vault_key.file) {
    RETURN_IF_ERROR(check_outside_vaults(*options.vault_key.file));
  }
  return source;
}

// The vault's own key, and nothing for a vault that is not encrypted.
Result<std::optional<NewKey>> new_vault_key(const CreateOptions& options, const NewKey& programme) {
  ASSIGN_OR_RETURN(const std::optional<KeySource> source, vault_key_source(options));
  if (!source) {
    return std::nullopt;
  }
  ASSIGN_OR_RETURN(NewKey key, new_key(*source, options.path, KeyOf::vault));
  if (key.check.value == programme.check.value) {
    return bad_input(
        "the vault's key is the programme's key: whoever reads the vault could make "
        "pseudonyms",
        "--vault-key", "name another file; it is made if it does not exist");
  }
  return key;
}

struct Made {
  VaultPlace place;
  bool vault_key = false;  // its file was made too
};

// Makes the vault; where it cannot, the key files that were made for it go again.
Result<Made> make_vault(const CreateOptions& options, const NewKey& key, Calendar calendar) {
  Result<std::optional<NewKey>> vault_key = new_vault_key(options, key);
  if (!vault_key) {
    return std::unexpected(vault_key.error());
  }
  const VaultPlace place =
      *vault_key ? encrypted_place(options.path, **vault_key) : VaultPlace(options.path);
  const auto vault =
      Vault::create(place, key.check, {.calendar = calendar, .buckets = options.buckets});
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
  RETURN_IF_ERROR(check_outside_vaults(options.path));
  RETURN_IF_ERROR(check_formalities(options));
  ASSIGN_OR_RETURN(const KeySource source, key_source(options.key));
  if (options.key.file) {
    RETURN_IF_ERROR(check_outside_vaults(*options.key.file));
  }
  RETURN_IF_ERROR(vault_key_source(options));
  ASSIGN_OR_RETURN(const NewKey key, new_key(source, options.path));
  const Result<Made> made = make_vault(options, key, calendar);
  if (!made) {
    remove_made(key, options.key);
    return std::unexpected(made.error());
  }
  const VaultPlace& place = made->place;
  ASSIGN_OR_RETURN(const bool keeper_made, add_formalities(options, place, key.key));
  if (session.json) {
    say_json(Json({{"path", options.path.string()},
                   {"calendar", options.calendar},
                   {"buckets", options.buckets},
                   {"key_made", key.made},
                   {"encrypted", options.encrypt},
                   {"vault_key_made", made->vault_key},
                   {"keeper_made", keeper_made}}));
    return {};
  }
  say("Created an empty {}vault in {}.\n", options.encrypt ? "encrypted " : "",
      options.path.string());
  if (key.made) {
    say("Created a new key in {}. Every import needs it. Anyone who has both the key and the "
        "vault can recognise patients:\nkeep the key apart from the vault, and keep a copy in a "
        "locked place.\n",
        options.key.file->string());
  }
  if (made->vault_key) {
    say("Created a new key of the vault in {}. Every command that opens the vault needs it; without "
        "it, nobody can ever read\nthe vault: keep it apart from the vault and its backups, and "
        "keep a copy in a locked place.\n",
        options.vault_key.file->string());
  }
  if (keeper_made) {
    say("Created a new key of the permit-keeper in {}, and its public part beside it. Whoever has "
        "it decides what may be collected:\nkeep it apart from the vault and from its key.\n",
        *options.keeper);
  }
  if (options.keeper && options.permit) {
    say("Signed and entered {}; parcours permit list shows it.\n", *options.permit);
  } else {
    say("Nothing can be imported until a permit is entered: docs/permits.md\n");
  }
  return {};
}

Json day_as_json(Day day, Calendar calendar) {
  return calendar == Calendar::dates ? Json(to_string(day, calendar)) : Json(day.number);
}

Json as_json(const VaultStatus& status, const VaultPlace& place) {
  Json kinds = Json::object();
  for (const auto& entry : status.events_by_kind) {
    kinds[entry.first] = entry.second;
  }
  Json first;
  Json last;
  if (status.period) {
    first = day_as_json(status.period->first, status.calendar);
    last = day_as_json(status.period->last, status.calendar);
  }
  return {{"path", place.path().string()},
          {"calendar", calendar_name(status.calendar)},
          {"buckets", status.buckets},
          {"patients", status.patients},
          {"events", status.events},
          {"events_by_kind", std::move(kinds)},
          {"practices", status.practices},
          {"codes", status.codes},
          {"first_day", std::move(first)},
          {"last_day", std::move(last)},
          {"packages",
           {{"living", status.packages_living},
            {"replaced", status.packages_replaced},
            {"ended", status.packages_ended}}},
          {"objections", status.objections},
          {"files", status.files},
          {"bytes", status.bytes},
          {"dead_rows", status.dead_rows},
          {"encrypted", place.cipher() != nullptr}};
}

void print(const VaultStatus& status, const VaultPlace& place) {
  const auto line = [](std::string_view name, const std::string& value) {
    say("  {:<14}{:>16}\n", name, value);
  };
  say("{}\n", place.path().string());
  line("patients", grouped(status.patients));
  line("practices", grouped(status.practices));
  line("events", grouped(status.events));
  for (const auto& entry : status.events_by_kind) {
    line("  " + entry.first, grouped(entry.second));
  }
  line("codes", grouped(status.codes));
  if (status.period) {
    line("first day", to_string(status.period->first, status.calendar));
    line("last day", to_string(status.period->last, status.calendar));
  }
  line("packages", grouped(status.packages_living));
  line("replaced", grouped(status.packages_replaced));
  if (status.packages_ended > 0) {
    line("ended", grouped(status.packages_ended));
  }
  if (status.objections > 0) {
    line("objections", grouped(status.objections));
  }
  line("on disk", in_bytes(status.bytes));
  line("files", grouped(status.files));
  if (place.cipher() != nullptr) {
    line("encrypted", "yes");
  }
  if (status.dead_rows > 0) {
    say("  {} rows are dead: replaced, or without a permit; parcours vault compact deletes those that "
        "no permit can bring back.\n",
        grouped(status.dead_rows));
  }
}

Json as_json(const Covered& covered) {
  return {{"codes", covered.codes}, {"events", covered.events}};
}

Json as_json(const std::vector<KindCover>& cover) {
  Json kinds = Json::object();
  for (const KindCover& kind : cover) {
    kinds[kind.kind] = {{"all", as_json(kind.all)},
                        {"named", as_json(kind.named)},
                        {"grouped", as_json(kind.grouped)}};
  }
  return kinds;
}

void print(const std::vector<KindCover>& cover) {
  const auto share = [](std::uint64_t part, std::uint64_t whole) {
    return fmt::format("{:.1f} %", 100.0 * static_cast<double>(part) / static_cast<double>(whole));
  };
  say("\n  {:<14}{:>10}{:>12}{:>12}{:>14}{:>14}\n", "", "codes", "named", "grouped", "events named",
      "events grouped");
  for (const KindCover& kind : cover) {
    say("  {:<14}{:>10}{:>12}{:>12}{:>14}{:>14}\n", kind.kind, grouped(kind.all.codes),
        grouped(kind.named.codes), grouped(kind.grouped.codes),
        share(kind.named.events, kind.all.events), share(kind.grouped.events, kind.all.events));
  }
  say("  A code that is not named is printed as it is; one that is not grouped has no level but "
      "'code'.\n");
}

struct StatusOptions {
  VaultOption vault;
  bool codes = false;
  std::optional<std::string> names;  // a file whose [[names]] count
};

Status show_status(const StatusOptions& options, const Session& session) {
  ASSIGN_OR_RETURN(const VaultPlace place, options.vault.unlocked());
  ASSIGN_OR_RETURN(const Vault vault, Vault::open(place));
  ASSIGN_OR_RETURN(const VaultStatus status, status_of(vault));
  std::vector<KindCover> cover;
  if (options.names && !options.codes) {
    return bad_input("--names says which names count", "--names", "give --codes as well");
  }
  if (options.codes) {
    Vocabulary vocabulary = Vocabulary::built_in();
    if (options.names) {
      ASSIGN_OR_RETURN(vocabulary, vocabulary_of(*options.names, vault.catalog().codes));
    }
    ASSIGN_OR_RETURN(cover, code_cover(vault, vocabulary));
  }
  if (session.json) {
    Json json = as_json(status, place);
    if (options.codes) {
      json["codes_by_kind"] = as_json(cover);
    }
    say_json(json);
    return {};
  }
  print(status, place);
  if (options.codes) {
    print(cover);
  }
  return {};
}

struct TidyOptions {
  VaultOption vault;
  std::optional<int> receipts_older_than;  // days
};

Status tidy(const TidyOptions& options, const Session& session) {
  ASSIGN_OR_RETURN(const VaultPlace vault, options.vault.unlocked());
  Progress progress(session.progress_manner());
  ASSIGN_OR_RETURN(
      const CompactSummary summary,
      compact(vault, progress, session.stop, {.receipts_older_than = options.receipts_older_than}));
  if (session.json) {
    say_json(Json({{"buckets", summary.buckets},
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
    say("Deleted {} rows whose permit, retention or patient ended them.\n",
        grouped(summary.rows_purged));
  }
  if (summary.codes_removed > 0) {
    say("Deleted {} codes that no row uses any more from the catalog.\n",
        grouped(summary.codes_removed));
  }
  if (summary.receipts_removed > 0) {
    say("Deleted {} receipts of packages from the catalog; a package that comes again gets one made "
        "anew.\n",
        grouped(summary.receipts_removed));
  }
  if (summary.sealing_keys_destroyed > 0) {
    say("Destroyed {} old sealing keys: packages that are sealed to them open no more.\n",
        grouped(summary.sealing_keys_destroyed));
  }
  if (summary.buckets == 0) {
    say("Nothing to do: each bucket is one file and has no replaced rows.\n");
    return {};
  }
  say("Merged {} files of {} into {} of {}; deleted {} replaced rows.\n",
      grouped(summary.files_before), in_bytes(summary.bytes_before), grouped(summary.files_after),
      in_bytes(summary.bytes_after), grouped(summary.rows_removed));
  return {};
}

}  // namespace

void add_vault(CLI::App& root, Session& session) {
  CLI::App* vault =
      group(root, "vault", "Create, fill and maintain a vault of pseudonymised records");

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
  add_key_options(verb, options->vault_key, KeyOf::vault);
  finish(verb, session,
         "parcours vault create panel.vault --key programme.key --keeper keeper.key --permit "
         "permit.toml",
         [options](Session& s) { return create(*options, s); });

  auto status = std::make_shared<StatusOptions>();
  verb = vault->add_subcommand("status", "Show what a vault holds");
  add_vault_option(verb, "path", status->vault, "A vault")->required();
  verb->add_flag("--codes", status->codes,
                 "Also show how many codes and events of each kind the program can name and group "
                 "at a level; reads all events");
  verb->add_option(
          "--names", status->names,
          "With --codes: a study, or a file with [[names]] alone, whose names of codes count "
          "as well")
      ->type_name("FILE");
  finish(verb, session, "parcours vault status panel.vault",
         [status](Session& s) { return show_status(*status, s); });

  auto tidying = std::make_shared<TidyOptions>();
  verb = vault->add_subcommand("compact",
                               "Delete rows that a later package replaced, and merge files");
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

}  // namespace parcours
