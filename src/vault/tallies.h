// What the packages of an import hold so far.
#pragma once

#include <cstddef>
#include <vector>

#include "rows/row.h"
#include "vault/catalog.h"

namespace parcours {

class Tallies {
 public:
  // `first`: the number of the import's first package.
  explicit Tallies(PackageId first) : first_(first) {}

  void count(const EventRow& row);
  void count(const PatientRow& row);
  // Takes back a row that was counted.
  void drop(const PatientRow& row);
  void add(const Tallies& other);

  // Of so many packages: each row must name one of them.
  std::vector<PackageCounts> of_packages(std::size_t packages) const;

 private:
  PackageCounts& of(PackageId package);
  PackageId first_;
  std::vector<PackageCounts> counts_;  // by the package's number less the first one's
};

}  // namespace parcours
