// Small vaults for tests: rows written by hand or drawn at random, imported into a temporary vault.
// For tests only, here and in the modules that read vaults.
//
//   SmallVault small = *SmallVault::make({.buckets = 4});
//   ASSERT_TRUE(small.import(
//       {{"P1", "2024", {{.id = {0, 7}}}, {{.patient = {0, 7}, .day = 12, .code = "J45"}}}}));
//   const Vault vault = *small.open();
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "duck/duck.h"
#include "records/record.h"
#include "vault/import.h"
#include "vault/vault.h"

namespace parcours::vault {

inline constexpr records::PatientId ann{1, 10};
inline constexpr records::PatientId ben{2, 11};

struct SmallPatient {
  records::PatientId id;
  std::int16_t birth_year = records::no_birth_year;
  records::Sex sex = records::Sex::unknown;
  std::string place;  // empty: not known
};

struct SmallEvent {
  records::PatientId patient;
  std::int32_t day = 0;
  std::string kind = "diagnosis";
  std::string code = "J45";
  double value = records::no_value;
  records::Provenance provenance = records::Provenance::entered;
};

struct SmallPackage {
  std::string practice;
  std::string period;
  std::vector<SmallPatient> patients;
  std::vector<SmallEvent> events;
};

// Codes and places of small worlds are allowed to look like identifiers. The system that the codes
// are interned under is "icd10"; places are "fr-department". `stop_at_the_end`: Ctrl-C comes once
// all rows were read.
Result<ImportSummary> import_packages(const VaultPlace& vault, const records::KeySource& key,
                                      const std::vector<SmallPackage>& packages,
                                      const ImportOptions& options, bool stop_at_the_end = false);

enum class AtRest { plain, encrypted };

class SmallVault {
 public:
  static Result<SmallVault> make(const VaultOptions& options, AtRest at_rest = AtRest::plain);

  Result<ImportSummary> import(const std::vector<SmallPackage>& packages) const;
  Result<Vault> open() const { return Vault::open(place()); }
  const VaultPlace& place() const { return place_; }
  const std::filesystem::path& path() const { return place_.path(); }
  // What the vault calls a practice.
  std::string practice(const std::string& source_code) const;
  // Beside the vault, in a file of its own.
  records::KeySource key() const { return records::KeyFile{folder_.path() / "key"}; }
  // The key of an encrypted one.
  records::KeySource vault_key() const { return records::KeyFile{folder_.path() / "vault-key"}; }

 private:
  explicit SmallVault(ScratchFolder folder)
      : folder_(std::move(folder)), place_(folder_.path() / "vault") {}
  ScratchFolder folder_;
  VaultPlace place_;
};

// The names of the files under a folder that hold a text anywhere in their bytes.
std::vector<std::string> files_holding(const std::filesystem::path& folder,
                                       const std::string& text);

}  // namespace parcours::vault
