// What an attacker learns of a sensitive column without singling a person out: how varied its
// values are within the equivalence classes.
//
//   sex | illness       The class F has three values in four records: it is distinct 3-diverse; its
//   F   | A             entropy is that of (1/2, 1/4, 1/4), 1.04, so it is as varied as exp(1.04) =
//   F   | A             2.83 equally frequent values.
//   F   | B
//   F   | C             Both of M have D: if an attacker knows that a man is in the file, he has D
//   M   | D             (group disclosure).
//   M   | D
//
// l-diversity: A. Machanavajjhala, D. Kifer, J. Gehrke, M. Venkitasubramaniam, "l-diversity:
// privacy beyond k-anonymity", ACM TKDD 1, 2007. t-closeness: N. Li, T. Li, S. Venkatasubramanian,
// "t-closeness: privacy beyond k-anonymity and l-diversity", ICDE 2007: the earth mover's distance
// between the values of a class and those of all records, where all values are equally far apart,
// or, for numbers, as many steps as lie between them in their order, over the most there can be.
//
// A missing value is a value (microdata.h).
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "microdata/classes.h"

namespace parcours::microdata {

struct Diversity {
  std::uint32_t fewest_values = 0;    // distinct ones, of a class
  double least_effective_values = 0;  // exp of the least entropy (natural logarithm) of a class
  double farthest_equal = 0;          // t: the farthest class from all records
  std::optional<double> farthest_ordered;  // where the values are numbers
  // Group disclosure: classes of at least two records all of which have the same value.
  std::uint64_t same_value_records = 0;
};

// `chosen` are the columns that the attacker knows, `sensitive` the one to be learnt, not among
// them.
Diversity diversity(const Microdata& data, std::span<const std::size_t> chosen,
                    std::size_t sensitive, int threads);

}  // namespace parcours::microdata
