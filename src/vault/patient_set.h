// Patients, each once, noted row by row. Rows of one patient mostly lie together, so a list that is
// sorted now and then stays near the size of the set. Personal data.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "records/patient.h"

namespace parcours::vault {

class PatientSet {
 public:
  void add(const records::PatientId& patient) {
    if (!list_.empty() && list_.back() == patient) {
      return;
    }
    list_.push_back(patient);
    if (list_.size() > 2 * sorted_ + few) {
      sort();
    }
  }
  void add(const PatientSet& other) {
    list_.insert(list_.end(), other.list_.begin(), other.list_.end());
    sort();
  }

  bool empty() const { return list_.empty(); }
  // In order, each once.
  const std::vector<records::PatientId>& sort() {
    std::ranges::sort(list_);
    const auto rest = std::ranges::unique(list_);
    list_.erase(rest.begin(), rest.end());
    sorted_ = list_.size();
    return list_;
  }

 private:
  static constexpr std::size_t few = 4096;
  std::vector<records::PatientId> list_;
  std::size_t sorted_ = 0;  // that many there were after the last sorting
};

}  // namespace parcours::vault
