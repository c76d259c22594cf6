#include "vault/tallies.h"

#include <algorithm>

#include "base/check.h"

namespace parcours::vault {

PackageCounts& Tallies::of(rows::PackageId package) {
  PARCOURS_CHECK(package >= first_ && package < rows::most_packages);
  const std::size_t index = package - first_;
  if (index >= counts_.size()) {
    counts_.resize(index + 1);
  }
  return counts_[index];
}

void Tallies::count(const rows::EventRow& row) {
  PARCOURS_CHECK(row.kind < most_kinds);
  PackageCounts& counts = of(row.package);
  ++counts.events[row.kind];
  counts.days.take(row.day);
}

void Tallies::count(const rows::PatientRow& row) {
  ++of(row.package).patients;
}

void Tallies::drop(const rows::PatientRow& row) {
  PARCOURS_CHECK(of(row.package).patients > 0);
  --of(row.package).patients;
}

void Tallies::add(const Tallies& other) {
  counts_.resize(std::max(counts_.size(), other.counts_.size()));
  for (std::size_t i = 0; i < other.counts_.size(); ++i) {
    const PackageCounts& some = other.counts_[i];
    counts_[i].patients += some.patients;
    for (std::size_t kind = 0; kind < most_kinds; ++kind) {
      counts_[i].events[kind] += some.events[kind];
    }
    counts_[i].days.take(some.days);
  }
}

std::vector<PackageCounts> Tallies::of_packages(std::size_t packages) const {
  PARCOURS_CHECK(counts_.size() <= packages);
  std::vector<PackageCounts> all = counts_;
  all.resize(packages);
  return all;
}

}  // namespace parcours::vault
