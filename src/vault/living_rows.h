// Which events of a bucket's file live, chunk by chunk (living.h says which). Most files have none
// that is dead, or are asked the same of every row; both cost little.
//
//   LivingRows living(snapshot.living);
//   living.begin(file);
//   for each chunk with the columns of living.asks(): ... living.of(chunk).append(chunk.codes, to)
#pragma once

#include <cstddef>
#include <vector>

#include "vault/living.h"
#include "vault/row_limits.h"
#include "vault/stretches.h"

namespace parcours::vault {

class LivingRows {
 public:
  // It must outlive this.
  explicit LivingRows(const Living& living) : living_(&living) {}

  // The next file; `asks()` says which columns its chunks must have.
  void begin(const BucketFile& file);
  const Living::Asks& asks() const { return file_.asks; }

  // Of the next chunk of the file. Valid until the next one.
  const Stretches& of(const StoredEvents& chunk);

  // Patients who live only if a fact of theirs does (Living::outlived()); each may be there twice.
  std::vector<records::PatientId>& outlived() { return outlived_; }

 private:
  void keep_by_package(const StoredEvents& chunk);
  void keep_by_package_of(const StoredEvents& chunk, const Stretch& of_patient);
  void keep_without_objections(const StoredEvents& chunk);
  void keep_by_test(const StoredEvents& chunk, const Living::OneTest& test);
  template <class Lives, class TooOld>
  void keep_where(const StoredEvents& chunk, Lives lives, TooOld too_old);
  void note_outlived(const records::PatientId& patient);

  const Living* living_;
  int bucket_ = 0;
  Living::FileAsks file_;
  Stretches kept_;
  Stretches asked_of_;              // what is kept before each row is asked
  std::size_t next_objection_ = 0;  // of the bucket's
  std::vector<records::PatientId> outlived_;
};

}  // namespace parcours::vault
