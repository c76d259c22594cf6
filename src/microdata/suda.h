// SUDA scores: how risky each record is by its minimal sample uniques, and how much of that each
// column brings.
//
// The score of a record is the sum over its minimal sample uniques of (m - size)!, m the number of
// columns: the fewer columns single it out, the more (M. J. Elliot, A. M. Manning, K. Mayes, J.
// Gurd, M. Bane, "SUDA: a program for detecting special uniques", UN/ECE work session on
// statistical data confidentiality, Geneva 2005). Past m = 20 these are doubles near the true whole
// numbers.
//
//   Three columns; a record with the minimal uniques {a} and {b, c}: score 2! + 1! = 3; a and b and
//   c bring 2/3, 1/3 and 1/3 of it.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "microdata/minimal_uniques.h"

namespace parcours::microdata {

struct Suda {
  std::vector<std::uint64_t> by_size;  // element i: how many minimal uniques of i + 1 columns
  std::vector<double> scores;          // by record; 0 where it has none
  std::vector<double> shares;  // by column: of all scores, what the minimal uniques with it bring
  double score_sum = 0;
  std::uint64_t uniques() const;  // minimal uniques, of all sizes
};

Suda suda_scores(std::span<const MinimalUnique> found, std::size_t columns, std::size_t records);

}  // namespace parcours::microdata
