// For tests: a collector with a vault and a permit-keeper, and a practice with a CSV export, in a
// scratch folder. Made-up records only.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/files.h"
#include "post/contents.h"
#include "post/receipt.h"
#include "post/testing/sent.h"
#include "practice/join.h"
#include "practice/office.h"
#include "practice/pack.h"

namespace parcours::practice {

// Lines of the permit (formalities/testing/permit_text.h).
using Changes = std::map<std::string, std::string>;

class MadePractice {
 public:
  // Else the permit covers consultations and diagnoses J* from 2020 on, and holds today.
  explicit MadePractice(const Changes& changes = {});

  std::filesystem::path place(const std::string& name) const { return scratch_.path() / name; }
  std::filesystem::path folder() const { return place("practice"); }
  // Writes the permit anew and signs it; before join().
  void permit(const Changes& changes);

  JoinOptions options() const;
  Result<Joined> join() const { return practice::join(options(), Language::en); }
  Office open() const { return *Office::open(folder(), Language::en); }
  // Joins and agrees.
  const MadePractice& ready() const;

  // The practice's export: "id,born,sex,dept" and "id,date,kind,code,value".
  void exports(const std::string& patients, const std::string& events) const;
  Result<Packed> pack(const std::string& period = "2026-11-27") const;

  // What the vault reads in a package that waits.
  post::Contents opened(std::uint64_t number = 1) const;
  // The same in words: "J45.0 of P1 on 2024-01-02", in order; `numbers` are those of the patients.
  std::vector<std::string> events(std::uint64_t number, const std::vector<std::string>& numbers,
                                  const std::string& label = "all") const;
  // A receipt of the vault, in a file.
  std::filesystem::path receipt(std::uint64_t number,
                                std::optional<post::RefusedPackage> refused = {}) const;

 private:
  ScratchFolder scratch_;
  post::VaultKeys vault_ = post::vault_keys(1);
  formalities::SigningKey keeper_ = post::practice_key(77);
};

// The text of a mapping for exports().
extern const char* const made_mapping;

}  // namespace parcours::practice
