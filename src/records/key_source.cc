#include "records/key_source.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>
#include <optional>
#include <system_error>

#include "base/lies_in.h"
#include "records/key_command.h"
#include "records/key_text.h"
#include "records/private_file.h"
#include "records/terminal.h"

namespace parcours::records {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t shortest_passphrase = 20;

// The file that the source names, if it names one.
const fs::path* file_of(const KeySource& source) {
  if (const auto* key = std::get_if<KeyFile>(&source)) {
    return &key->path;
  }
  const auto* passphrase = std::get_if<PassphraseFile>(&source);
  return passphrase == nullptr ? nullptr : &passphrase->path;
}

// An option of the key that is meant: "key-command" is --key-command or --vault-key-command.
std::string option_of(KeyOf which, const char* name) {
  return fmt::format("--{}{}", which == KeyOf::vault ? "vault-" : "", name);
}

std::string where(const KeySource& source, KeyOf which) {
  const fs::path* file = file_of(source);
  return file != nullptr
             ? file->string()
             : option_of(which,
                         std::holds_alternative<KeyCommand>(source) ? "key-command" : "passphrase");
}

bool is_passphrase(const KeySource& source) {
  return std::holds_alternative<PassphraseFile>(source) ||
         std::holds_alternative<PassphrasePrompt>(source);
}

Status check_apart(const KeySource& source, const fs::path& vault, KeyOf which) {
  const fs::path* file = file_of(source);
  if (file == nullptr || !lies_in(*file, vault)) {
    return {};
  }
  return which == KeyOf::vault
             ? bad_input(
                   "the vault's key lies in the vault's folder: who copies the folder could "
                   "read it",
                   file->string(), "move it to a folder that is not copied with the vault")
             : bad_input(
                   "the key lies in the vault's folder: anyone who has both can recognise "
                   "patients",
                   file->string(), "move it to a folder that only the person who imports can read");
}

Result<Secret> first_line(const fs::path& file) {
  ASSIGN_OR_RETURN(Secret text, read_private_file(file));
  const std::string_view all = text.text();
  std::size_t end = std::min(all.find('\n'), all.size());
  end -= end > 0 && all[end - 1] == '\r' ? 1 : 0;
  text.shorten(end);
  return text;
}

Result<Secret> passphrase_of(const KeySource& source, KeyOf which) {
  const auto* file = std::get_if<PassphraseFile>(&source);
  return file != nullptr
             ? first_line(file->path)
             : ask_secret(which == KeyOf::vault ? "Passphrase that the vault is encrypted with: "
                                                : "Passphrase of the vault: ");
}

Result<Secret> new_passphrase_of(const KeySource& source, KeyOf which) {
  ASSIGN_OR_RETURN(Secret passphrase, passphrase_of(source, which));
  if (passphrase.size() < shortest_passphrase) {
    return bad_input(fmt::format("the passphrase has {} characters, and anyone who has the vault "
                                 "can guess a short one",
                                 passphrase.size()),
                     where(source, which),
                     fmt::format("use at least {} characters, such as six words drawn at random",
                                 shortest_passphrase));
  }
  if (std::holds_alternative<PassphrasePrompt>(source)) {
    ASSIGN_OR_RETURN(const Secret again, ask_secret("Repeat the passphrase: "));
    if (again.size() != passphrase.size() ||
        sodium_memcmp(again.data(), passphrase.data(), again.size()) != 0) {
      return bad_input("the two passphrases differ", option_of(which, "passphrase"),
                       "run the command again");
    }
  }
  return passphrase;
}

Result<ProgrammeKey> whole_key_of(const KeySource& source, KeyOf which) {
  if (const auto* command = std::get_if<KeyCommand>(&source)) {
    ASSIGN_OR_RETURN(const Secret text, output_of(command->command));
    return key_of(text.text(), where(source, which));
  }
  const fs::path& file = std::get<KeyFile>(source).path;
  ASSIGN_OR_RETURN(const Secret text, read_private_file(file));
  return key_of(text.text(), file.string());
}

bool nothing_at(const fs::path& path) {
  std::error_code failed;
  return fs::symlink_status(path, failed).type() == fs::file_type::not_found;
}

}  // namespace

Result<NewKey> new_key(const KeySource& source, const fs::path& vault, KeyOf which) {
  RETURN_IF_ERROR(check_apart(source, vault, which));
  if (is_passphrase(source)) {
    const PassphraseCost cost = PassphraseCost::fresh();
    ASSIGN_OR_RETURN(const Secret passphrase, new_passphrase_of(source, which));
    ASSIGN_OR_RETURN(ProgrammeKey key, key_from_passphrase(passphrase, cost));
    KeyCheck check = check_of(key, cost);
    return NewKey{std::move(key), check};
  }
  const auto* file = std::get_if<KeyFile>(&source);
  const bool made = file != nullptr && nothing_at(file->path);
  if (made) {
    RETURN_IF_ERROR(write_private_file(file->path, text_of(ProgrammeKey::generate())));
  }
  ASSIGN_OR_RETURN(ProgrammeKey key, whole_key_of(source, which));
  KeyCheck check = check_of(key);
  return NewKey{std::move(key), check, made};
}

Result<ProgrammeKey> known_key(const KeySource& source, const KeyCheck& check,
                               const fs::path& vault, KeyOf which) {
  RETURN_IF_ERROR(check_apart(source, vault, which));
  const char* made = which == KeyOf::vault ? "encrypted" : "created";
  if (is_passphrase(source) != check.passphrase.has_value()) {
    return check.passphrase
               ? bad_input(fmt::format("this vault was {} with a passphrase, not with a key", made),
                           where(source, which),
                           fmt::format("give {}, or {} FILE", option_of(which, "passphrase"),
                                       option_of(which, "passphrase-file")))
               : bad_input(fmt::format("this vault was {} with a key, not with a passphrase", made),
                           where(source, which),
                           fmt::format("give {} FILE, or {} 'COMMAND'", option_of(which, "key"),
                                       option_of(which, "key-command")));
  }
  std::optional<ProgrammeKey> key;
  if (check.passphrase) {
    ASSIGN_OR_RETURN(const Secret passphrase, passphrase_of(source, which));
    ASSIGN_OR_RETURN(key, key_from_passphrase(passphrase, *check.passphrase));
  } else {
    ASSIGN_OR_RETURN(key, whole_key_of(source, which));
  }
  if (!fits(check, *key)) {
    return bad_input(
        fmt::format("this is not the {} that this vault was {} with",
                    check.passphrase ? "passphrase" : "key", made),
        where(source, which),
        which == KeyOf::vault
            ? "use the vault's own key; if it is the right one, the vault was changed: "
              "restore it from a copy"
            : "use the vault's own key: with another, the same patients would get new "
              "pseudonyms");
  }
  return *std::move(key);
}

}  // namespace parcours::records
