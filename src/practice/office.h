// A practice's folder, open: everything that this program keeps on the practice's computer. Its
// owner alone can enter it.
//
//   practice.key                    signs packages; practice.key.pub is for the collector
//   objections.key, objections      who objects (objections.h)
//   keys/all.key                    of step one (step_one.h)
//   vault.card, permit.toml, permit.toml.sig
//   next/                           a permit that takes the place of it (permit_paper.h)
//   mapping.toml                    may be missing
//   log                             what was done (entry.h): all else follows from it
//   outbox/000001.package           until its receipt has come
//
// G1: what the log does not say did not happen: a package or a key that a stopped program left
//     behind is removed or finished when the folder is opened.
// G2: one program at a time works in the folder.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "formalities/permit.h"
#include "formalities/signing_key.h"
#include "post/vault_card.h"
#include "practice/language.h"
#include "practice/objections.h"
#include "practice/state.h"
#include "records/keys.h"

namespace parcours::practice {

class Office {
 public:
  // Error (Fault::rule) for a practice that has left.
  static Result<Office> open(const std::filesystem::path& folder, Language language);

  const std::filesystem::path& folder() const { return folder_; }
  Language language() const { return language_; }
  const State& state() const { return state_; }
  const formalities::Permit& permit() const { return permit_; }
  const post::VaultCard& card() const { return card_; }

  std::filesystem::path mapping() const { return folder_ / "mapping.toml"; }
  std::filesystem::path package(std::uint64_t number) const;

  Result<formalities::SigningKey> signing_key() const;
  Result<Objections> objections() const;
  // Of all labels that there are.
  Result<std::vector<records::KeyedHash>> pseudonyms() const;

  // Reads the card and the permit again. Error (Fault::rule): the permit's signature does not hold.
  Status read_papers();

  // Writes the card in the place of the one that is there, and then the log.
  Status take_card(const post::VaultCard& card);

  // Writes the entry into the log with the time of now; from then on it holds.
  Status note(Entry entry);

  // Does what entries demand of files: destroys keys and packages that the state does not have.
  Status tidy() const;

 private:
  Office(std::filesystem::path folder, Language language, FileLock lock)
      : folder_(std::move(folder)), language_(language), lock_(std::move(lock)) {}

  std::filesystem::path folder_;
  Language language_;
  FileLock lock_;
  State state_;
  formalities::Permit permit_;
  post::VaultCard card_;
};

// The entries of a folder's log, also of a practice that has left.
Result<std::vector<Entry>> read_log(const std::filesystem::path& folder, Language language);

}  // namespace parcours::practice
