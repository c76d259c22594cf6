// What the packages of an import hold so far.
#pragma once

#include <cstddef>
#include <vector>

#include "rows/row.h"
#include "vault/catalog.h"

namespace parcours::vault {

class Tallies {
 public:
  // `first`: the number of the import's first package.
  explicit Tallies(rows::PackageId first) : first_(first) {}

  void count(const rows::EventRow& row);
  void count(const rows::PatientRow& row);
  // Takes back a row that was counted.
  void drop(const rows::PatientRow& row);
  void add(const Tallies& other);

  // Of so many packages: each row must name one of them.
  std::vector<PackageCounts> of_packages(std::size_t packages) const;

 private:
  PackageCounts& of(rows::PackageId package);
  rows::PackageId first_;
  std::vector<PackageCounts> counts_;  // by the package's number less the first one's
};

}  // namespace parcours::vault
