// A vault, a folder into which packages come, a folder for receipts, and practices that send; for
// tests only.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "formalities/act_text.h"
#include "formalities/acts.h"
#include "formalities/signing_key.h"
#include "post/contents.h"
#include "post/receipt.h"
#include "post/vault_card.h"
#include "post/vault_keys.h"
#include "reception/receive.h"
#include "vault/testing/permits.h"
#include "vault/testing/worlds.h"

namespace parcours::reception {

class Panel {
 public:
  // Of dates; under broad_permit().
  static Panel make(int buckets = 2, vault::AtRest at_rest = vault::AtRest::plain);

  const vault::VaultPlace& vault() const { return small_.place(); }
  records::KeySource key() const { return small_.key(); }
  std::filesystem::path inbox() const { return folder("inbox"); }
  std::filesystem::path receipts() const { return folder("receipts"); }
  const post::VaultKeys& keys() const { return *keys_; }
  const records::ProgrammeKey& programme() const { return *key_; }
  const records::KeyedHash& pseudonyms() const { return *pseudonyms_; }  // step two
  std::string vault_name(const std::string& practice) const { return small_.practice(practice); }

  // Acts; each must be accepted. `key` is the seed of the practice's key.
  void admit(const std::string& practice, unsigned char key) const;
  void suspend(const std::string& practice) const;
  void leave(const std::string& practice) const;
  void enter(const std::string& permit) const;
  void enter(formalities::PracticeAct act) const;  // with its `after`
  // A new sealing key, on the card from now on; keys() stay those of before.
  void renew(int old_days) const;
  // The keys of today: as the vault opens packages and as its card says.
  post::VaultKeys keys_now() const;

  // Contents for this vault under a permit's text, with nothing in them.
  post::Contents contents(const std::string& practice, std::uint64_t number,
                          const std::string& permit = vault::broad_permit(Calendar::dates)) const;
  std::string package(const post::Contents& contents, unsigned char key) const;
  // The same, sealed as another card says.
  std::string package(const post::Contents& contents, unsigned char key,
                      const post::VaultCard& card) const;
  // Puts bytes into the inbox as NAME.package.
  void put(const std::string& name, const std::string& package) const;

  // On today's day, or on another one; it must succeed.
  ReceiveSummary receive(std::optional<Day> day = {}) const;
  Result<ReceiveSummary> try_to_receive(const ReceiveOptions& options) const;

  // The names of the files in a folder, in order.
  static std::vector<std::string> names_in(const std::filesystem::path& folder);
  // Of NAME.receipt, or of one that was refused of this name.
  std::string receipt_text(const std::string& name) const;
  // The same, read; it must be the vault's.
  post::Receipt receipt(const std::string& name) const;
  // "taken", or the name of why it was refused.
  std::string answer(const std::string& name) const;

  // All living rows, a line each, in order.
  std::vector<std::string> rows() const;

 private:
  explicit Panel(vault::SmallVault small) : small_(std::move(small)) {}
  std::filesystem::path folder(const char* name) const {
    return small_.path().parent_path() / name;
  }
  vault::SmallVault small_;
  std::optional<records::ProgrammeKey> key_;
  std::optional<post::VaultKeys> keys_;
  std::optional<records::KeyedHash> pseudonyms_;
};

// Adds a row, interning its code.
void add_event(post::Contents& contents, const records::PatientId& patient, std::int32_t day,
               const std::string& kind, const std::string& code, double value = records::no_value);
void add_patient(post::Contents& contents, const records::PatientId& patient, int birth_year,
                 records::Sex sex, const std::string& place = {});

// As Panel::rows() has them. `patient`: the pseudonym of the vault.
std::string event_line(const records::PatientId& patient, const std::string& practice,
                       std::int32_t day, const vocabulary::Code& code, double value);
std::string patient_line(const records::PatientId& patient, int birth_year, records::Sex sex,
                         const std::string& place);

}  // namespace parcours::reception
