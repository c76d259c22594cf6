// parcours permit: says in plain sentences what an act does, and signs it. A permit is an act, and
// so are a role, a practice's admission and a permit's status.

#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "base/files.h"
#include "cli/command.h"
#include "cli/succession.h"
#include "cli/vault_option.h"
#include "formalities/act_text.h"
#include "formalities/signing_key.h"
#include "program/say.h"
#include "vault/catalog.h"
#include "vault/clock.h"
#include "vault/place.h"

namespace parcours::cli {
namespace {

namespace fs = std::filesystem;

struct PermitReadOptions {
  fs::path file;
  std::string language = "en";
  VaultOption vault;
};

struct PermitSignOptions {
  fs::path file;
  fs::path key;
};

Status read_permit(const PermitReadOptions& options, Session& session) {
  ASSIGN_OR_RETURN(const std::string text,
                   read_file(options.file, formalities::largest_permit_file));
  ASSIGN_OR_RETURN(const formalities::ActText act,
                   formalities::parse_act(text, options.file.string()));
  const std::vector<Text> told = formalities::sentences(act);
  std::optional<vault::CatalogContents> contents;
  Succession succession;
  const auto* permit = std::get_if<formalities::Permit>(&act);
  if (permit != nullptr && !options.vault.path.empty()) {
    ASSIGN_OR_RETURN(const vault::VaultPlace place, options.vault.unlocked());
    ASSIGN_OR_RETURN(vault::Catalog catalog,
                     vault::Catalog::open(place, vault::Sqlite::Access::read));
    ASSIGN_OR_RETURN(contents, catalog.read());
    ASSIGN_OR_RETURN(const Day today, vault::today_of(*contents, place.path()));
    succession = succession_of(*permit, contents->formalities, today);
  }
  if (session.json) {
    nlohmann::json list = nlohmann::json::array();
    for (const Text& sentence : told) {
      list.push_back({{"en", sentence.en}, {"fr", sentence.fr}});
    }
    nlohmann::ordered_json json{{"file", options.file.string()}, {"sentences", list}};
    json.update(as_json(succession));
    program::say_json(json);
    return {};
  }
  for (const Text& sentence : told) {
    program::say("{}\n", options.language == "fr" ? sentence.fr : sentence.en);
  }
  say(succession, options.language == "fr");
  return {};
}

Status sign_permit(const PermitSignOptions& options, Session& session) {
  const fs::path signature = options.file.string() + ".sig";
  ASSIGN_OR_RETURN(const std::string text,
                   read_file(options.file, formalities::largest_permit_file));
  RETURN_IF_ERROR(formalities::parse_act(text, options.file.string()));
  RETURN_IF_ERROR(vault::check_outside_vaults(signature));
  RETURN_IF_ERROR(check_writable(signature, {options.file, options.key}));
  ASSIGN_OR_RETURN(const formalities::SigningKey key, formalities::SigningKey::read(options.key));
  RETURN_IF_ERROR(write_file(signature, key.sign(text, formalities::act_signature)));
  if (session.json) {
    program::say_json(nlohmann::json{{"file", options.file.string()},
                                     {"signature", signature.string()},
                                     {"fingerprint", formalities::fingerprint(key.public_key())}});
    return {};
  }
  program::say("{}: signed by {}\n", signature, formalities::fingerprint(key.public_key()));
  return {};
}

}  // namespace

void add_permit(CLI::App& root, Session& session) {
  CLI::App* permit = group(root, "permit", "Read and sign a permit, or another act");

  auto read = std::make_shared<PermitReadOptions>();
  CLI::App* reading = permit->add_subcommand(
      "read", "Say in plain sentences what a permit allows, to read before one signs it");
  reading->add_option("file", read->file, "The permit or another act (TOML)")->required();
  reading->add_option("--language", read->language, "Of the sentences")
      ->check(CLI::IsMember({"en", "fr"}))
      ->capture_default_str();
  add_vault_option(reading, "--vault", read->vault,
                   "Say too what the permit allows that the one of this vault, whose place it "
                   "takes, does not, and for which records");
  finish(reading, session,
         "parcours permit read permit.toml --language fr\n"
         "  parcours permit read next.toml --vault panel.vault",
         [read](Session& s) { return read_permit(*read, s); });

  auto sign = std::make_shared<PermitSignOptions>();
  CLI::App* signing = permit->add_subcommand(
      "sign", "Sign a permit or another act: writes FILE.sig, as `ssh-keygen -Y sign` does");
  signing->add_option("file", sign->file, "The permit or another act (TOML)")->required();
  signing->add_option("--key", sign->key, "The private key that signs (see `parcours key make`)")
      ->required();
  finish(signing, session, "parcours permit sign permit.toml --key anne.key",
         [sign](Session& s) { return sign_permit(*sign, s); });
}

}  // namespace parcours::cli
