// parcours vault object: patients who object. Nothing of theirs is read from then on.
#include <unistd.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hex.h"
#include "cli/command.h"
#include "cli/key_options.h"
#include "program/say.h"
#include "records/private_file.h"
#include "release/figures.h"
#include "vault/catalog.h"
#include "vault/formal.h"

namespace parcours {
namespace {

struct ObjectVerb {
  std::filesystem::path vault;
  KeyOptions key;
  std::optional<std::string> patients;
  std::optional<std::string> pseudonyms;
};

// A list of the patients of a country who objected.
constexpr std::size_t most_list_bytes = std::size_t{16} << 20;

Result<Secret> secret_lines(const std::string& file) {
  return file == "-" ? read_secret(STDIN_FILENO, "standard input", most_list_bytes)
                     : read_private_file(file, most_list_bytes);
}

// Each line's text, without spaces around it; empty lines are left out.
std::vector<std::string_view> lines_in(std::string_view text) {
  constexpr std::string_view spaces = " \t\r";
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = text.substr(0, end);
    text.remove_prefix(std::min(end + 1, text.size()));
    line.remove_prefix(std::min(line.find_first_not_of(spaces), line.size()));
    line = line.substr(0, line.find_last_not_of(spaces) + 1);
    if (!line.empty()) {
      lines.push_back(line);
    }
  }
  return lines;
}

std::optional<PatientId> pseudonym_in(std::string_view hex) {
  std::array<unsigned char, 16> bytes{};
  if (!from_hex(hex, bytes)) {
    return std::nullopt;
  }
  PatientId id;
  for (std::size_t i = 0; i < 8; ++i) {
    id.high = id.high << 8 | bytes[i];
    id.low = id.low << 8 | bytes[8 + i];
  }
  return id;
}

Result<std::vector<PatientId>> who_objects(const ObjectVerb& verb, const ProgrammeKey& key) {
  const std::string& file = verb.patients ? *verb.patients : *verb.pseudonyms;
  ASSIGN_OR_RETURN(const Secret text, secret_lines(file));
  const KeyedHash hash = pseudonym_hash(key);
  std::vector<PatientId> patients;
  for (const std::string_view line : lines_in(text.text())) {
    const std::optional<PatientId> patient =
        verb.patients ? std::optional(pseudonym(hash, line)) : pseudonym_in(line);
    if (!patient) {
      return bad_input("a line is no pseudonym", file,
                       "write 32 hexadecimal digits a line, as the vault has them");
    }
    patients.push_back(*patient);
  }
  if (patients.empty()) {
    return bad_input("the file names nobody", file, "write one patient a line");
  }
  return patients;
}

Status run(const ObjectVerb& verb, Session& session) {
  if (verb.patients.has_value() == verb.pseudonyms.has_value()) {
    return bad_input("one file says who objects", "vault object",
                     "give one of --patient-file, --pseudonym-file");
  }
  ASSIGN_OR_RETURN(const KeySource source, key_source(verb.key));
  ASSIGN_OR_RETURN(Catalog catalog, Catalog::open(verb.vault, Sqlite::Access::read));
  ASSIGN_OR_RETURN(const CatalogContents contents, catalog.read());
  ASSIGN_OR_RETURN(const ProgrammeKey key, known_key(source, contents.key, verb.vault));
  ASSIGN_OR_RETURN(const std::vector<PatientId> patients, who_objects(verb, key));
  ASSIGN_OR_RETURN(const std::uint64_t fresh, note_objections(verb.vault, patients));
  if (session.json) {
    say_json(nlohmann::ordered_json({{"named", patients.size()}, {"noted", fresh}}));
    return {};
  }
  say("{} objections in the file; {} are new, and noted in {}.\nNothing of these patients is read "
      "or taken from now on. 'parcours vault compact' deletes their rows from the disk.\n",
      grouped(patients.size()), grouped(fresh), verb.vault);
  return {};
}

}  // namespace

void add_vault_object(CLI::App& root, Session& session) {
  auto options = std::make_shared<ObjectVerb>();
  CLI::App* verb =
      group(root, "vault", "Create, fill and maintain a vault of pseudonymised records")
          ->add_subcommand("object",
                           "Note that patients object: nothing of theirs is used any more");
  verb->add_option("vault", options->vault, "The vault")->required();
  verb->add_option("--patient-file", options->patients,
                   "A file that its owner alone can read, with the identifiers of the patients at "
                   "the source, one a line, at most 4096 bytes; - for standard input. For records "
                   "that 'vault import' brought; a practice that sends packages tells its "
                   "objections in them")
      ->type_name("FILE");
  verb->add_option("--pseudonym-file", options->pseudonyms,
                   "The same with the patients' pseudonyms in this vault, 32 hexadecimal digits a "
                   "line")
      ->type_name("FILE");
  add_key_options(verb, options->key);
  finish(verb, session,
         "parcours vault object panel.vault --key programme.key --patient-file objections.txt",
         [options](Session& s) { return run(*options, s); });
}

}  // namespace parcours
