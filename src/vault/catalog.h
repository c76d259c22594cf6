// The catalog (catalog_file.h): the list of what a vault holds. A file or a package that it does
// not name is not part of the vault. Its transaction commits every import and compaction.
//
// G1: commit() is all or nothing, and is on the disk when it returns.
// G2: two writers that read the same catalog cannot both commit.
// G3: read() returns what was committed (catalog_seal.h), with every number in its range and all
//     rows consistent (catalog_sense.h), or an error.
// G4: nothing is committed that read() would refuse.
//     Each act is verified once for each opening: when it is read again, byte for byte, after the
//     same acts, only what follows is verified.
// G5: when a commit returns, the data that it deleted is overwritten in the file, or, in an
//     encrypted vault, is in no file any more.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/day.h"
#include "base/error.h"
#include "formalities/acts.h"
#include "records/digest.h"
#include "records/key_check.h"
#include "records/patient.h"
#include "rows/row.h"
#include "vault/catalog_file.h"
#include "vault/forgotten.h"
#include "vault/sqlite.h"
#include "vocabulary/code_book.h"

namespace parcours::vault {

inline constexpr int most_buckets = 4096;
// So many rows of one content in one bucket are too many: places among them are numbers of 32 bits.
inline constexpr std::uint32_t most_bucket_rows = ~std::uint32_t{0};

// Grows by one with every commit.
using Sequence = std::uint64_t;

enum class Content : std::uint8_t { patients, events };
std::string_view folder_name(Content content);

// "dates", "days" or "order".
std::string_view calendar_name(Calendar calendar);

// First and last day of some events; nothing where there are none.
class DaySpan {
 public:
  void take(Day day);
  void take(const DaySpan& other);
  bool empty() const { return last_ < first_; }
  Day first() const { return first_; }
  Day last() const { return last_; }

 private:
  Day first_{std::numeric_limits<std::int32_t>::max()};
  Day last_{std::numeric_limits<std::int32_t>::min()};
};

inline constexpr std::size_t most_kinds = 16;

// What a package was when it came.
struct PackageCounts {
  std::uint64_t patients = 0;
  std::array<std::uint64_t, most_kinds> events{};  // by kind
  DaySpan days;

  std::uint64_t all_events() const;
};

// How a package came that a practice sealed and sent itself (post/package.h).
struct Delivery {
  std::uint64_t number = 0;  // of the practice's packages
  records::Digest digest;    // of the package's file
  std::string made_at;       // by the practice's clock, in UTC; in its forgotten packages too
  // What was answered. Empty: it is kept no more, as the practice has confirmed it, its time is
  // over (compact.h), or the package is forgotten.
  std::string receipt;
};

// One practice's data of one period.
struct Package {
  rows::PackageId id = 0;
  records::PracticeId practice = 0;
  std::string period;
  std::string imported_at;  // UTC: "2026-11-23T20:18:00Z"
  std::optional<rows::PackageId> replaced_by;
  Sequence died = 0;  // the commit that replaced it
  PackageCounts counts;
  bool forgotten = false;   // of it only the numbers and the practice's are left
  std::string permit = {};  // the reference of the one that it was collected under
  std::optional<Delivery> delivery = {};
  bool ended = false;  // its permit or its retention is over; an open vault says so (vault.h)

  bool living() const { return !replaced_by && !forgotten && !ended; }
};

// A patient, and who told that they object: a practice by its name in the vault, or, where it is
// empty, whoever keeps the vault. Only who told it can tell that it is withdrawn.
struct Objector {
  records::PatientId patient;
  std::string told_by = {};
  friend auto operator<=>(const Objector&, const Objector&) = default;
};

// While an objection stands nothing of its patient lives, whatever came or comes. Once it is
// withdrawn, what came before stays dead until a compaction deletes it, and the objection with it.
struct Objection {
  Objector who;
  std::string noted_at;      // UTC
  std::string withdrawn_at;  // UTC; empty: it stands
  rows::PackageId dead_below =
      0;                // of one that was withdrawn: rows of packages below this stay dead
  bool purged = false;  // no file holds a row of theirs

  bool stands() const { return withdrawn_at.empty(); }
};

// What the vault holds of a patient was told to the holder of a key. Of whom it was is not kept.
struct AccessAnswer {
  std::string at;     // UTC
  std::string asker;  // the key's fingerprint: "SHA256:..."
};

// The secret half of a key to which practices seal packages. Whoever keeps it here has closed it
// under the programme's key (reception/sealing.h): the catalog alone opens no package.
struct SealingSecret {
  formalities::SealKey key{};
  std::string closed;  // hexadecimal digits
};

// A file as it was flushed to the disk.
struct FileBytes {
  std::uint64_t bytes = 0;
  records::Digest digest;
};

// How the names of bucket files end.
inline constexpr std::string_view parquet_ending = ".parquet";
inline constexpr std::string_view encrypted_ending = ".encrypted";

struct BucketFile {
  Content content = Content::events;
  int bucket = 0;
  std::string name;  // within its bucket's folder
  Sequence written =
      0;  // the commit that brought it; it holds no row of a package that had died by then
  std::uint64_t rows = 0;
  std::uint64_t bytes = 0;
  rows::PackageId first_package = 0;  // of its rows
  rows::PackageId last_package = 0;
  records::Digest digest;  // of its bytes

  std::filesystem::path path(const std::filesystem::path& vault) const;
};

// What the vault knows of its memory of releases (past/past_releases.h), so that another folder in
// its place, or an older one, is noticed.
struct PastMark {
  std::array<unsigned char, 16> vault{};  // drawn when the vault is created: no other one has it
  std::uint32_t releases = 0;             // how many are remembered
  records::Digest files;                  // of their files; of no release all zeros
  friend bool operator==(const PastMark&, const PastMark&) = default;
};

struct CatalogContents {
  Calendar calendar = Calendar::dates;
  int buckets = 0;
  Sequence sequence = 0;
  std::string noted_at;  // UTC: the newest moment at which it was written to (clock.h)
  records::KeyCheck key;
  PastMark past;
  std::vector<std::string> practices;  // by PracticeId; empty: forgotten
  vocabulary::CodeBook codes;
  std::vector<Package> packages;  // by PackageId
  std::vector<BucketFile> files;
  std::vector<formalities::Act> acts;
  formalities::Formalities formalities{""};  // what the acts say together
  std::vector<Objection> objections;         // in order of who
  std::vector<AccessAnswer> answers;         // in order of time
  // Of the keys that acts name and that still open packages, and of the one that waits for its act.
  std::vector<SealingSecret> sealing;
};

// What a commit adds and takes away. A new living package replaces an older living one of its
// practice and period.
struct CatalogChange {
  std::vector<std::string> practices;
  std::vector<vocabulary::Code> codes;
  std::vector<Package> packages;
  std::vector<BucketFile> added;
  std::vector<BucketFile> removed;
  Forgotten forgotten;
  std::vector<rows::PackageId> receipts;  // of these packages, that are kept no more
  std::vector<Objector> objections;       // that are new
  std::vector<Objector> withdrawn;        // that stand no more for the packages of this commit
  bool purged = false;                    // no row is left of who objected before
};

class Catalog {
 public:
  static Status create(const VaultPlace& vault, const records::KeyCheck& key, Calendar calendar,
                       int buckets);
  static Result<Catalog> open(const VaultPlace& vault, Sqlite::Access access);

  // All of it, as of one moment.
  Result<CatalogContents> read();

  // Lays the file out anew, so that no free page holds what was taken out of it.
  Status scrub();

  // Notes that the vault was there at this moment (clock.h); nothing else changes.
  Status note_now();

  // Makes what was read as `after` into the next one. How many packages it replaced.
  Result<std::uint64_t> commit(const CatalogChange& change, Sequence after);

  // Enters a formal act. The number of commits stays as it is. Errors: those of Formalities::add();
  // the vault does not keep the secret half of a sealing key; those of check_correction()
  // (clock.h).
  Status enter(const formalities::Act& act, const std::string& where);

  // Notes an answer to a patient. The number of commits stays as it is.
  Status note(const AccessAnswer& answer);

  // Keeps the secret of a new sealing key for the act that is to name it, in the place of one that
  // waited before.
  Status keep(const SealingSecret& secret);
  // Destroys the secrets of keys that acts close by a day. How many.
  Result<std::uint64_t> destroy_closed(Day day);

  // Notes what is remembered now, where `before` was. The records stay as they are, and so does the
  // number of commits.
  Status mark_past(const PastMark& before, const PastMark& now);

  // Makes the catalog of an encrypted vault at `to` that says the same, but of files that hold the
  // same rows.
  Status copy_to(const VaultPlace& to, const std::vector<BucketFile>& files);

 private:
  explicit Catalog(CatalogFile file) : file_(std::move(file)) {}
  Status check_format();
  Result<CatalogContents> read_all();
  Status apply_mark(const PastMark& before, const PastMark& now);
  // Commits what `write` does, with the moment at which it does so; read back before, unless it
  // changes files alone.
  enum class Back : std::uint8_t { read, unread };
  Status change(const std::function<Status()>& write, Back back = Back::read);
  // Whether what was just written can be read, before it is committed.
  Status read_back();
  CatalogFile file_;
  // The acts of the last reading, which were verified, and what they say together.
  struct Verified {
    std::vector<formalities::Act> acts;
    formalities::Formalities formalities;
  };
  std::optional<Verified> verified_;
  Status verify_acts(CatalogContents& contents);
};

}  // namespace parcours::vault
