// parcours vault forget: what came in by a slip, or may not be kept, goes from catalog and disk.
#include "vault/forget.h"

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/letters.h"
#include "cli/command.h"
#include "cli/key_options.h"
#include "cli/vault_option.h"
#include "ingest/entering_code.h"
#include "program/say.h"
#include "release/figures.h"
#include "vault/catalog.h"

namespace parcours::cli {
namespace {

using Json = nlohmann::ordered_json;

struct ForgetVerb {
  VaultOption vault;
  KeyOptions key;
  std::optional<std::string> package;
  std::optional<std::string> practice;
  std::optional<std::string> period;
  std::optional<std::string> codes;
};

// What the vault calls a practice: with the key its code at the source is known, without it the
// name in the vault is asked for.
Result<std::string> name_of(const ForgetVerb& verb, const vault::VaultPlace& vault,
                            const std::string& practice) {
  ASSIGN_OR_RETURN(const std::optional<records::KeySource> source, maybe_key_source(verb.key));
  if (!source) {
    return practice.starts_with("P-")
               ? Result<std::string>(practice)
               : bad_input("a practice's own code is known only with the key", {},
                           "add --key FILE, or give the practice's name in the vault: P-...");
  }
  ASSIGN_OR_RETURN(vault::Catalog catalog,
                   vault::Catalog::open(vault, vault::Sqlite::Access::read));
  ASSIGN_OR_RETURN(const vault::CatalogContents contents, catalog.read());
  ASSIGN_OR_RETURN(const records::ProgrammeKey key, known_key(*source, contents.key, vault.path()));
  return records::practice_name(records::practice_hash(key), practice);
}

// As an import writes it.
std::string stored_code(const std::string& system, std::string_view code) {
  return ingest::canonical_code({std::nullopt, system, vocabulary::code_system_called(system)},
                                trimmed(code));
}

// SYSTEM or SYSTEM:CODE, where both may hold colons: the longest beginning that is a system of the
// vault. A code is written as an import writes it.
Result<vault::ToForget> codes_of(const ForgetVerb& verb, const vault::VaultPlace& vault) {
  ASSIGN_OR_RETURN(vault::Catalog catalog,
                   vault::Catalog::open(vault, vault::Sqlite::Access::read));
  ASSIGN_OR_RETURN(const vault::CatalogContents contents, catalog.read());
  std::set<std::string, std::less<>> systems;
  for (vocabulary::CodeId id = 0; id < contents.codes.size(); ++id) {
    systems.insert(contents.codes.at(id).system);
  }
  const std::string& text = *verb.codes;
  if (!text.empty() && systems.contains(text)) {
    return vault::CodesToForget{text, std::nullopt};
  }
  for (std::size_t colon = text.rfind(':'); colon != std::string::npos && colon > 0;
       colon = text.rfind(':', colon - 1)) {
    const std::string system = text.substr(0, colon);
    if (systems.contains(system)) {
      return vault::CodesToForget{system, stored_code(system, text.substr(colon + 1))};
    }
  }
  // Nothing of it is there; forget() says so, once it has removed what a crash may have left.
  const std::size_t colon = text.find(':');
  return vault::CodesToForget{text.substr(0, colon), colon == std::string::npos
                                                         ? std::nullopt
                                                         : std::optional(text.substr(colon + 1))};
}

Result<vault::ToForget> what(const ForgetVerb& verb, const vault::VaultPlace& vault) {
  if (verb.practice) {
    ASSIGN_OR_RETURN(std::string name, name_of(verb, vault, *verb.practice));
    return vault::PracticeToForget{std::move(name)};
  }
  if (verb.period) {
    return vault::PeriodToForget{*verb.period};
  }
  if (verb.codes) {
    return codes_of(verb, vault);
  }
  const std::size_t slash = verb.package->rfind('/');  // a period holds none
  if (slash == std::string::npos) {
    return bad_input("this does not name a package", "--package",
                     "write a practice and a period: PRACTICE/PERIOD");
  }
  ASSIGN_OR_RETURN(std::string name, name_of(verb, vault, verb.package->substr(0, slash)));
  return vault::PackageToForget{std::move(name), verb.package->substr(slash + 1)};
}

Status run(const ForgetVerb& verb, Session& session) {
  const int asked = verb.package.has_value() + verb.practice.has_value() + verb.period.has_value() +
                    verb.codes.has_value();
  if (asked != 1) {
    return bad_input(
        asked == 0 ? "no option says what to forget" : "several options say what to forget", {},
        "give one of --package, --practice, --period, --codes");
  }
  ASSIGN_OR_RETURN(const vault::VaultPlace vault, verb.vault.unlocked());
  ASSIGN_OR_RETURN(const vault::ToForget to_forget, what(verb, vault));
  Progress progress(session.progress_manner());
  ASSIGN_OR_RETURN(const vault::ForgetSummary summary,
                   vault::forget(vault, to_forget, progress, session.stop));
  if (session.json) {
    program::say_json(Json({{"packages", summary.packages},
                            {"practices", summary.practices},
                            {"codes", summary.codes},
                            {"rows_removed", summary.rows_removed},
                            {"places_removed", summary.places_removed}}));
    return {};
  }
  const auto line = [](std::uint64_t number, std::string_view name) {
    program::say("{:>15}  {}\n", page::grouped(number), name);
  };
  program::say("forgotten in {}\n", vault.path().string());
  line(summary.packages, "packages");
  line(summary.practices, "practices that have no package left");
  line(summary.codes, "codes and places that no row uses any more");
  line(summary.rows_removed, "rows");
  if (summary.places_removed > 0) {
    line(summary.places_removed, "patients who no longer have a place");
  }
  program::say("Copies and snapshots of the folder still hold this data: delete them too.\n");
  return {};
}

}  // namespace

void add_forget(CLI::App& root, Session& session) {
  auto options = std::make_shared<ForgetVerb>();
  CLI::App* verb = vault_group(root)->add_subcommand(
      "forget", "Delete what may not be kept, from every byte of the vault");
  add_vault_option(verb, "vault", options->vault,
                   "The vault; no other command may use it meanwhile")
      ->required();
  verb->add_option("--package", options->package, "Delete what this practice sent for this period")
      ->type_name("PRACTICE/PERIOD");
  verb->add_option("--practice", options->practice,
                   "Delete all that this practice sent. Give the practice's own code together "
                   "with the key, or its name in the vault (P-...) without the key")
      ->type_name("PRACTICE");
  verb->add_option("--period", options->period, "Delete all that was sent for this period")
      ->type_name("PERIOD");
  verb->add_option("--codes", options->codes,
                   "Delete all codes or places of this code system, or one of them, and the "
                   "events that have them")
      ->type_name("SYSTEM[:CODE]");
  add_key_options(verb, options->key);
  finish(verb, session, "parcours vault forget panel.vault --period 2024-03",
         [options](Session& s) { return run(*options, s); });
}

}  // namespace parcours::cli
