// Classes of records alike: those with equal values in every chosen column (equivalence classes;
// P. Samarati, "Protecting respondents' identities in microdata release", IEEE TKDE 13, 2001).
//
//   sex age            class sizes 2, 1, 1: one class of two, two sample uniques
//   F   71
//   F   71
//   M   38
//   F   38
//
// G1: the sizes are those of the definition, whatever the columns and the number of threads
//     (row_keys.h says what "equal" can mean where there are very many columns).
//
// Time and memory: 8 or 16 bytes a record for the keys, twice; the records are cut by key into
// parts that fit the cache, each counted in a table of its own.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/share.h"
#include "microdata/code_column.h"

namespace parcours::microdata {

struct ClassSize {
  std::uint32_t records;  // in the class
  std::uint64_t classes;  // of this size
  friend bool operator==(const ClassSize&, const ClassSize&) = default;
};

struct ClassSizes {
  std::vector<ClassSize> sizes;  // the smallest first

  std::uint64_t records() const;
  std::uint64_t classes() const;
  std::uint64_t uniques() const { return of_size(1); }
  std::uint64_t of_size(std::uint32_t records) const;
  // Records in classes of fewer than k.
  std::uint64_t records_below(std::uint64_t k) const;
  Share share_below(std::uint64_t k) const {
    return Share::exact(static_cast<double>(records_below(k)), static_cast<double>(records()));
  }
};

// All columns have the same number of records; with no column all records are alike.
ClassSizes count_classes(std::span<const CodeColumn> columns, std::size_t records, int threads);
ClassSizes count_classes(const Microdata& data, std::span<const std::size_t> chosen, int threads);

// The same with one column after another left out: element i is without columns[i].
std::vector<ClassSizes> count_classes_without_each(std::span<const CodeColumn> columns,
                                                   std::size_t records, int threads);

// Which record is in which class. The classes' numbers are 0, 1, 2, ... in no telling order, the
// same for the same columns whatever the threads.
struct Classes {
  std::vector<std::uint32_t> class_of;  // by record
  std::vector<std::uint32_t> sizes;     // by class
  ClassSizes class_sizes() const;
};
Classes group(std::span<const CodeColumn> columns, std::size_t records, int threads);
Classes group(const Microdata& data, std::span<const std::size_t> chosen, int threads);

}  // namespace parcours::microdata
