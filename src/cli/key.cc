// parcours key: makes a key that signs acts and packages, shows its public half, opens letters that
// were sealed for it.

#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "base/files.h"
#include "cli/command.h"
#include "formalities/signing_key.h"
#include "post/letter.h"
#include "post/vault_card.h"
#include "program/say.h"
#include "vault/place.h"

namespace parcours::cli {
namespace {

namespace fs = std::filesystem;

struct KeyMakeOptions {
  fs::path file;
  std::string name;
};

Status make_key(const KeyMakeOptions& options, Session& session) {
  RETURN_IF_ERROR(vault::check_outside_vaults(options.file));
  const formalities::SigningKey key = formalities::SigningKey::generate();
  RETURN_IF_ERROR(key.write(options.file, options.name));
  const std::string beside = options.file.string() + ".pub";
  if (session.json) {
    program::say_json(nlohmann::json{{"file", options.file.string()},
                                     {"public_file", beside},
                                     {"name", options.name},
                                     {"public_key", formalities::to_string(key.public_key())},
                                     {"fingerprint", formalities::fingerprint(key.public_key())}});
    return {};
  }
  program::say("{}: the private key of {}; keep it, and show it to nobody\n", options.file,
               options.name);
  program::say("{}: the public key, {}\n", beside, formalities::fingerprint(key.public_key()));
  return {};
}

Result<formalities::PublicKey> public_key_in(const fs::path& file) {
  if (file.extension() == ".pub") {
    ASSIGN_OR_RETURN(const std::string line, read_file(file, std::size_t{1} << 14));
    return formalities::parse_public_key(line, file.string());
  }
  ASSIGN_OR_RETURN(const formalities::SigningKey key, formalities::SigningKey::read(file));
  return key.public_key();
}

struct KeyOpenOptions {
  fs::path letter;
  fs::path key;
  std::optional<fs::path> card;
};

Status open_letter(const KeyOpenOptions& options, Session& session) {
  std::optional<formalities::PublicKey> vault;
  if (options.card) {
    ASSIGN_OR_RETURN(const std::string text, read_file(*options.card, std::size_t{1} << 20));
    ASSIGN_OR_RETURN(const post::VaultCard card, post::parse_card(text, *options.card));
    vault = card.receipt;
  }
  ASSIGN_OR_RETURN(const formalities::SigningKey key, formalities::SigningKey::read(options.key));
  ASSIGN_OR_RETURN(const std::string letter, read_file(options.letter, post::largest_letter));
  ASSIGN_OR_RETURN(const std::string text,
                   post::read_letter(letter, key, vault, options.letter.string()));
  if (session.json) {
    program::say_json(nlohmann::json{{"text", text}, {"signature_checked", vault.has_value()}});
    return {};
  }
  program::say_lines(text);
  return {};
}

Status show_key(const fs::path& file, Session& session) {
  ASSIGN_OR_RETURN(const formalities::PublicKey key, public_key_in(file));
  if (session.json) {
    program::say_json(nlohmann::json{{"file", file.string()},
                                     {"public_key", formalities::to_string(key)},
                                     {"fingerprint", formalities::fingerprint(key)}});
    return {};
  }
  program::say("{}\n{}\n", formalities::to_string(key), formalities::fingerprint(key));
  return {};
}

}  // namespace

void add_key(CLI::App& root, Session& session) {
  CLI::App* key =
      group(root, "key", "Make, show or use a key that signs permits and opens letters");

  auto made = std::make_shared<KeyMakeOptions>();
  CLI::App* make = key->add_subcommand(
      "make", "Make a key (Ed25519): a private file, and beside it FILE.pub for everybody");
  make->add_option("file", made->file, "The private key's new file")->required();
  make->add_option("--name", made->name, "Whose key it is: a person or a practice")->required();
  finish(make, session, "parcours key make anne.key --name \"Anne Martin\"",
         [made](Session& s) { return make_key(*made, s); });

  auto shown = std::make_shared<fs::path>();
  CLI::App* show = key->add_subcommand("show", "Print a key's public half and its fingerprint");
  show->add_option("file", *shown, "A private key, or the file .pub of a public one")->required();
  finish(show, session, "parcours key show anne.key",
         [shown](Session& s) { return show_key(*shown, s); });

  auto opened = std::make_shared<KeyOpenOptions>();
  CLI::App* open = key->add_subcommand(
      "open", "Open a letter that a vault sealed for a key, and print its text");
  open->add_option("letter", opened->letter, "The letter")->required();
  open->add_option("--key", opened->key, "The private key that it was sealed for")
      ->required()
      ->type_name("FILE");
  open->add_option(
          "--card", opened->card,
          "Check the vault's signature by its card; without it nobody vouches for the text")
      ->type_name("FILE");
  finish(open, session, "parcours key open answer.letter --key anne.key",
         [opened](Session& s) { return open_letter(*opened, s); });
}

}  // namespace parcours::cli
