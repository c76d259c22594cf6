// Which rows of a vault live on a day. A row lives if its package does (it was neither replaced nor
// forgotten), if the permit that stands today in the place of the one it was collected under is in
// force and covers it, as do those between the two, none of which had ended when the next one came,
// if its retention is not over, nor was so under a permit before when the next one came, and if its
// patient did not object. What is sent again is not kept longer for that (earlier_sends.h). Every
// reader of rows asks this class, so what may not be used is gone for all at once.
//
// A practice is covered by the name that the vault has for it, or where the permit of today lists
// all names that the permit of the package lists: the vault does not know which practice is behind
// a name at the source.
//
// A patient of whom a fact has outlived its retention, and of whom no fact lives, does not live
// either; nor one of whom no fact lives in a package that was sent before, in a send whose
// retention is over. It takes all facts of the patient to know that, so those who read the rows of
// a bucket ask outlived() of the dead ones: the reader of buckets, a purge, and the answer to a
// patient.
//
// G1: whoever judges each row by the words of the acts gets the same (living_test.cc).
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/day.h"
#include "formalities/cover.h"
#include "formalities/retention.h"
#include "rows/row.h"
#include "vault/catalog.h"
#include "vault/earlier_sends.h"

namespace parcours::vault {

class Living {
 public:
  Living(Living&&) = default;  // rows are judged through its own map, so it cannot be copied
  Living& operator=(Living&&) = default;

  // What may be read on a day.
  static Living on(const CatalogContents& contents, Day today);
  // What a compaction keeps: what may be read on this day, or on a later one once a suspended
  // permit is resumed or a permit begins.
  static Living kept_on(const CatalogContents& contents, Day today);
  // Every row that the files hold, for a check and for forgetting.
  static Living all(const CatalogContents& contents);
  // What was neither replaced nor forgotten.
  static Living unreplaced(const CatalogContents& contents);

  bool lives(const rows::EventRow& row) const {
    return lives_by_permit(row) && !objected(row.patient, row.package);
  }
  // The same but for objections, for who asks of them once a patient.
  bool lives_by_permit(const rows::EventRow& row) const {
    const OfPackage& package = packages_[row.package];
    return package.lives && (package.asks.nothing() || judge(package, row));
  }
  bool lives(const rows::PatientRow& row) const {
    return packages_[row.package].lives && !objected(row.patient.id, row.package);
  }
  // Whether a row is dead because its retention, counted from the fact, is over.
  bool outlived(const rows::EventRow& row) const {
    const OfPackage& package = packages_[row.package];
    return package.outlived || (package.lives && package.asks.day && row.day < package.first);
  }
  // Of such a patient it takes a living fact to live: the package of this row was sent before.
  bool outlived(const rows::PatientRow& row) const { return sent_before(row.package); }
  bool sent_before(rows::PackageId package) const { return packages_[package].sent_before; }
  // Takes from a living patient the fields that the permit of today does not cover; whether it took
  // one.
  bool mask(rows::PatientRow& row) const;

  bool package(rows::PackageId package) const { return packages_[package].lives; }
  // Whether it is dead because its retention, counted from the collection, is over. The catalog
  // keeps such a package without rows, so that the same period is not collected anew.
  bool over_by_collection(rows::PackageId package) const {
    return packages_[package].over_by_collection;
  }
  // Whether all of its rows live but those of patients who objected.
  bool whole(rows::PackageId package) const { return packages_[package].asks.nothing(); }
  bool masks(rows::PackageId package) const { return packages_[package].masks; }
  // What a row must say, so that it is known whether it lives: what the catalog says of its package
  // does not decide.
  struct Asks {
    bool package = false;
    bool day = false;
    bool code = false;  // and kind
    bool provenance = false;

    bool nothing() const { return !package && !day && !code && !provenance; }
  };
  // What each event of a file is asked, where it is the same for all: of which days, codes and
  // provenances it may be.
  struct OneTest {
    Day too_old;  // facts before it have outlived their retention
    Day first;    // of the days that live
    Day last;
    const formalities::Cover* cover = nullptr;  // nullptr: every code and provenance
  };
  struct FileAsks {
    Asks asks{};
    std::optional<OneTest> same{};  // nothing: a row's package decides
  };
  // Of a file's rows. Objections aside, but for those that were withdrawn: of these a row's package
  // decides.
  FileAsks asks(const BucketFile& file) const;

  // A patient of whom rows of packages below one are dead: of all, while they object.
  struct Objected {
    records::PatientId patient;
    rows::PackageId dead_below = rows::most_packages;
  };
  // Below which package the rows of a patient are dead; 0: none is.
  rows::PackageId dead_below(const records::PatientId& patient) const;
  // Those of a bucket, in order.
  const std::vector<Objected>& objections(int bucket) const {
    return objections_[static_cast<std::size_t>(bucket)];
  }
  bool objected(const records::PatientId& patient, rows::PackageId package) const {
    return package < dead_below(patient);
  }

 private:
  struct OfPackage {
    bool lives = false;
    Asks asks{};                      // of its rows, while it lives
    bool outlived = false;            // all its facts are too old, and it would live else
    bool sent_before = false;         // in a send whose retention is over
    bool over_by_collection = false;  // else it would live
    bool forgotten = false;
    Sequence died = 0;
    Day first{};         // older facts are dead; read where the rows are asked
    bool masks = false;  // some field is taken from its patients
    const formalities::Cover* cover = nullptr;  // nullptr: all that was collected is covered
  };

  struct Standing {
    bool lives = false;
    Reach reach{formalities::every_day, formalities::every_day};
    // Of the permits after that of the collection: what all of them cover, for rows (nullptr: all
    // that was collected is covered), and those that do not list all of its practices.
    const formalities::Cover* cover = nullptr;
    std::vector<const formalities::Covers*> practices{};
    std::array<bool, most_kinds> whole_kinds{};  // of which every code is covered
  };

  explicit Living(const CatalogContents& contents);
  static Living by_formalities(const CatalogContents& contents, Day today, bool forever);
  Standing standing_of(const CatalogContents& contents, const std::string& reference, Day today,
                       bool forever);
  void add_covers(Standing& standing, const CatalogContents& contents,
                  const formalities::KnownPermit& collected);
  void note_objections(const CatalogContents& contents);
  void judge_package(const Package& package, const std::string& practice, const Standing& standing,
                     Day first_by_sends);
  bool judge(const OfPackage& package, const rows::EventRow& row) const;
  // Whether the rows of two packages are held against the same.
  static bool alike(const OfPackage& one, const OfPackage& other) {
    return one.lives && other.lives && one.cover == other.cover && one.first == other.first;
  }

  std::vector<OfPackage> packages_;
  std::map<std::string, formalities::Cover, std::less<>>
      covers_;                                     // by the reference of the collection's permit
  std::vector<std::vector<Objected>> objections_;  // by bucket
  std::vector<bool> withdrawn_;                    // by bucket: one of them was
};

// Takes from a patient the fields that are not covered; whether it took one.
bool mask_fields(const formalities::Cover& cover, records::Patient& patient);

// Whether a permit's days are those of a vault: dates, or whole numbers of either sort.
bool days_fit(const formalities::Covers& covers, Calendar calendar);

}  // namespace parcours::vault
