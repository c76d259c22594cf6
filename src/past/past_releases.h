// The memory of releases: what was released before from a vault. It lies in the vault's folder
// `past`, sealed under the programme's key (sealed_file.h).
//
//   ASSIGN_OR_RETURN(PastReleases past, PastReleases::open(vault.place(), key, stop));
//   for (std::uint32_t n = 1; n <= past.count(); ++n) {
//     ASSIGN_OR_RETURN(const PastRelease release, past.read(n));
//   }
//   People people = past.people();
//   release.roll = people.enter(roll);
//   RETURN_IF_ERROR(past.add({release, people}));
//
// Files, by number: 000007.people has the people whom no release before had, 000007.release the
// rest, 000007.withdrawn that and why the release was withdrawn.
//
// The vault's catalog knows how many releases there are, and a digest of their files
// (vault/catalog.h, PastMark). add() writes the files, then the catalog. After a crash between the
// two the release is remembered: open() brings the catalog up to date.
//
// G1: who has it open for adding is alone: the next one waits, and then reads this one's release.
// G2: when add() returns, the release is on the disk; after a crash it is remembered or not.
// G3: read() returns what was added, or an error.
// G4: if the folder is missing, is older than the catalog, or is that of another vault or of
//     another copy of this one, open() gives an error.
//
// If the whole vault is an older copy, catalog and all, nothing in it shows that.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "base/files.h"
#include "base/stop.h"
#include "past/past_release.h"
#include "past/people.h"
#include "records/keys.h"
#include "vault/catalog.h"
#include "vault/place.h"

namespace parcours::past {

// A release to be remembered, and the register with whoever was not in it before.
struct NewRelease {
  PastRelease release;
  People people;
};

struct Withdrawal {
  std::string day;
  std::string reason;  // as the user gave it
};

class PastReleases {
 public:
  // The key must outlive it. Waits for another program that has it open.
  static Result<PastReleases> open(const vault::VaultPlace& vault, const records::ProgrammeKey& key,
                                   const Stop& stop);

  std::uint32_t count() const { return count_; }
  // With which people are told apart in all releases of the programme (Ties).
  records::KeyedHash fingerprints() const { return {*key_, records::KeyUse::crowd}; }
  const People& people() const { return people_; }
  Result<PastRelease> read(std::uint32_t number) const;
  Result<std::optional<Withdrawal>> withdrawal(std::uint32_t number) const;

  // Gives it the next number, whatever number it has. Its people are those of people() and more.
  Status add(NewRelease made);
  // An error if it was withdrawn before.
  Status withdraw(std::uint32_t number, const Withdrawal& withdrawal);

 private:
  PastReleases(vault::VaultPlace vault, std::filesystem::path folder,
               const records::ProgrammeKey& key, FileLock lock, const vault::PastMark& mark)
      : vault_(std::move(vault)),
        folder_(std::move(folder)),
        key_(&key),
        lock_(std::move(lock)),
        mark_(mark) {}
  Status check_files() const;
  Result<records::Digest> digest_of(std::uint32_t releases) const;
  Status mark(std::uint32_t releases);
  std::string purpose(std::uint32_t number, const char* what) const;
  Status read_people();
  Status check_number(std::uint32_t number) const;
  std::filesystem::path file(std::uint32_t number, const char* what) const;

  vault::VaultPlace vault_;
  std::filesystem::path folder_;
  const records::ProgrammeKey* key_;
  FileLock lock_;
  vault::PastMark mark_;  // as the catalog has it
  std::uint32_t count_ = 0;
  People people_;
};

}  // namespace parcours::past
