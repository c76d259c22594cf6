// The chance that a record is matched to the right person, by what the attacker is after and knows
// (K. El Emam, F. K. Dankar, "Protecting privacy using k-anonymity", JAMIA 15, 2008; K. El Emam,
// "Guide to the De-Identification of Personal Health Information", CRC Press 2013).
//
// The prosecutor knows that the person is in the file: the chance is 1 over the records alike. The
// journalist does not, and looks in a population that the file is a part of: 1 over the people
// alike in it. The marketer wants as many right matches as possible: the expected share of them.
//
//   Classes of 2, 1 and 1 records: the prosecutor's chances are 1/2, 1/2, 1, 1; the highest is 1,
//   the average 3/4, which is classes over records, and what a marketer gets right.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "base/error.h"
#include "microdata/classes.h"

namespace parcours::microdata {

struct MatchRisk {
  double highest = 0;
  double average = 0;  // over the records: what a marketer gets right
};

MatchRisk prosecutor_risk(const ClassSizes& sizes);

// Records of the file that have so many alike in the file and in the population.
struct KMapCell {
  std::uint32_t in_file;
  std::uint64_t in_population;
  std::uint64_t classes;
};

struct KMap {
  std::vector<KMapCell> cells;  // ascending
  // Records of classes with fewer people in the population than records in the file: the population
  // file is not what it should be, and these count as if the file's records were all of them.
  std::uint64_t not_covered = 0;

  // Records with fewer than k people alike in the population.
  std::uint64_t records_below(std::uint64_t k) const;
  MatchRisk journalist_risk() const;
};

// The population has columns of the same names as the file's chosen ones, and a line a person. An
// error where a column is missing.
Result<KMap> k_map(const Microdata& file, std::span<const std::size_t> chosen,
                   const Microdata& population, int threads);

// The same where no population file is there but the records have sampling weights: a class's
// people are the sum of its records' weights, rounded, and at least its records. `data.weights` is
// not empty.
KMap k_map_by_weights(const Microdata& data, std::span<const std::size_t> chosen, int threads);

}  // namespace parcours::microdata
