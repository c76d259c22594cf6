// Which rows of an import may enter: those that the permit of their package covers, of patients who
// did not object. What is not covered is cut and counted, or refuses the import where the permit
// says so.
//
// A patient of whom a fact was too old to enter, and of whom none entered, does not enter either.
// It takes all rows of an import to know that, so the import asks outlived() at its end.
//
// G1: no row enters that Living would not return on the same day.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <map>
#include <mutex>
#include <set>
#include <string>
#include <vector>

#include "base/error.h"
#include "formalities/acts.h"
#include "formalities/cover.h"
#include "rows/row.h"
#include "vault/catalog.h"
#include "vault/patient_set.h"

namespace parcours::vault {

// Rows that did not enter, by why.
struct CutRows {
  std::array<std::uint64_t, formalities::uncovered_reasons> uncovered{};  // by Uncovered
  std::uint64_t objected = 0;
  std::uint64_t expired = 0;  // whose retention is over already
  std::uint64_t fields = 0;   // patients who entered without a field that is not covered

  std::uint64_t not_covered() const;
  CutRows& operator+=(const CutRows& other);
  // "12 by its kind, 3 by its day": what was not covered.
  std::string reasons() const;
};

class Admission {
 public:
  // On a day: what is older than a retention by then does not enter.
  Admission(const CatalogContents& contents, rows::PackageId first_package, Day day);

  // The next package is collected under this permit. Safe to call from several threads.
  // Facts before `first` came with earlier sends whose retention is over (earlier_sends.h).
  void add_package(const formalities::KnownPermit& permit, bool practice_covered, Day first);
  // Who objects from now on.
  void object(const records::PatientId& patient) { objections_.insert(patient); }
  // Who does so no more.
  void withdraw(const records::PatientId& patient) { objections_.erase(patient); }

  // One thread's judging.
  class Judge {
   public:
    Judge(Admission& admission, const vocabulary::CodeBook& codes)
        : admission_(admission), codes_(codes) {}
    bool admits(rows::EventRow& row);
    // Takes from a patient the fields that are not covered.
    bool admits(rows::PatientRow& row);
    const std::vector<CutRows>& cut() const { return cut_; }  // by package, less the first one's
    // Of whom a fact is too old, whether the permit covers it or not, or whose package was sent
    // before.
    const PatientSet& outlived() const { return outlived_; }

   private:
    struct OfPackage {
      bool practice_covered = false;
      Day first{};  // older facts do not enter
      bool sent_before = false;
      formalities::Cover* cover = nullptr;
    };
    const OfPackage& of(rows::PackageId package);
    CutRows& cut_of(rows::PackageId package);

    Admission& admission_;
    const vocabulary::CodeBook& codes_;
    std::vector<OfPackage> packages_;
    std::map<std::string, formalities::Cover> covers_;  // by the permit's reference
    std::vector<CutRows> cut_;
    PatientSet outlived_;
  };

  // Sums what a thread cut.
  void take(const Judge& judge);
  const std::vector<CutRows>& cut() const { return cut_; }
  // The same of all threads, in order.
  const std::vector<records::PatientId>& outlived() { return outlived_.sort(); }
  // Whether a fact of some package can be too old.
  bool by_fact() const { return by_fact_.load(std::memory_order_relaxed); }
  // Error (Fault::rule): rows are not covered by a permit that refuses then.
  Status check() const;

 private:
  struct OfPackage {
    const formalities::KnownPermit* permit;
    bool practice_covered;
    Day first;
  };
  rows::PackageId first_package_;
  Day day_;
  bool dated_;
  std::set<records::PatientId> objections_;
  mutable std::mutex mutex_;
  std::vector<OfPackage> packages_;
  std::vector<CutRows> cut_;
  PatientSet outlived_;
  std::atomic<bool> by_fact_ = false;
};

}  // namespace parcours::vault
