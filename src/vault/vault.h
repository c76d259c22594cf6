// The vault: pseudonymised records, divided into buckets by a hash of the pseudonym, so that all
// events of a patient are in one bucket. docs/formats.md describes the format.
//
//   ASSIGN_OR_RETURN(const Vault vault, Vault::open(path));
//   ASSIGN_OR_RETURN(BucketReader reader, vault.reader({.practice = true}));     // one a worker
//   for (int b = 0; b < vault.buckets(); ++b) {
//     ASSIGN_OR_RETURN(const Bucket* bucket, reader.read(b));
//     for (std::size_t i = 0; i < bucket->patients(); ++i) ask(bucket->record(i));
//   }
//
// G1: an open vault is a snapshot; an import or a compaction that commits meanwhile does not change
//     what it reads.
// G2: rows that do not live (vault/living.h) are never returned.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/day.h"
#include "base/error.h"
#include "records/key_check.h"
#include "records/record.h"
#include "vault/place.h"
#include "vocabulary/code_book.h"

namespace parcours::vault {

struct CatalogContents;
struct Snapshot;

// One bucket in memory, its events grouped by patient. Personal data.
class Bucket {
 public:
  std::size_t patients() const { return people.size(); }
  std::size_t events() const { return codes.size(); }
  records::Record record(std::size_t i) const;

  std::vector<records::Patient> people;  // in order of pseudonym
  // Events of people[i] are starts[i] to starts[i + 1]; one longer than people.
  std::vector<std::uint32_t> starts;
  std::vector<vocabulary::CodeId> codes;
  std::vector<Day> days;
  std::vector<records::PracticeId> practices;
  std::vector<double> values;
};

// Reads buckets, one at a time; keeps its memory from one to the next. One for each worker.
class BucketReader {
 public:
  BucketReader(BucketReader&&) noexcept;
  ~BucketReader();

  // Valid until the next read.
  Result<const Bucket*> read(int bucket);

 private:
  friend class Vault;
  struct State;
  explicit BucketReader(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

struct VaultOptions {
  Calendar calendar = Calendar::dates;
  int buckets = 64;
};

struct Period {
  Day first;
  Day last;
};

class Vault {
 public:
  // Creates an empty vault, which stores `key` to recognise its key; encrypted where `place` is
  // (encrypted_place()).
  static Result<Vault> create(const VaultPlace& place, const records::KeyCheck& key,
                              const VaultOptions& options);
  // As what may be read on a day; nothing: today (clock.h, today_of()). Reading needs no
  // programme's key, but that of an encrypted vault (place.h, unlock()).
  static Result<Vault> open(const VaultPlace& place, std::optional<Day> day = {});
  Vault(Vault&&) noexcept;
  ~Vault();

  const VaultPlace& place() const;
  const std::filesystem::path& path() const { return place().path(); }
  // The day as of which it was opened: whatever asks what holds today asks this.
  Day day() const;
  Calendar calendar() const;
  int buckets() const;
  const vocabulary::CodeBook& codes() const;
  const std::vector<std::string>& practices() const;  // names, by PracticeId; empty: forgotten
  // Names of those of which a package lives that was collected under another permit. An import held
  // the others against this one, by their names at the source. Left out are those of a permit of
  // which this one lists all practices.
  std::vector<std::string> practices_beside(std::string_view permit) const;
  std::uint64_t patient_count()
      const;                          // of living packages, as sent; a patient of two counts twice
  std::uint64_t event_count() const;  // the same: with those of patients who objected since
  std::optional<Period> period() const;  // first and last day of any living event

  // Packages and files, as of the moment of opening (vault/catalog.h).
  const CatalogContents& catalog() const;

  Result<BucketReader> reader(records::EventColumns columns) const;

 private:
  explicit Vault(std::shared_ptr<const Snapshot> snapshot);
  std::shared_ptr<const Snapshot> snapshot_;  // readers keep it too, so they may outlive the vault
};

}  // namespace parcours::vault
