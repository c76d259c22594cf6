#include "microdata/suda.h"

#include <numeric>

namespace parcours::microdata {

std::uint64_t Suda::uniques() const {
  return std::accumulate(by_size.begin(), by_size.end(), std::uint64_t{0});
}

Suda suda_scores(std::span<const MinimalUnique> found, std::size_t columns, std::size_t records) {
  std::vector<double> factorials(columns + 1, 1);
  for (std::size_t i = 1; i <= columns; ++i) {
    factorials[i] = factorials[i - 1] * static_cast<double>(i);
  }
  Suda suda{.by_size = std::vector<std::uint64_t>(columns, 0),
            .scores = std::vector<double>(records, 0),
            .shares = std::vector<double>(columns, 0)};
  for (const MinimalUnique& unique : found) {
    const std::size_t size = unique.columns.size();
    const double score = factorials[columns - size];
    ++suda.by_size[size - 1];
    suda.scores[unique.record] += score;
    for (std::size_t i = 0; i < columns; ++i) {
      suda.shares[i] += unique.columns.has(i) ? score : 0;
    }
  }
  for (const double score : suda.scores) {
    suda.score_sum += score;
  }
  for (double& share : suda.shares) {
    share = suda.score_sum > 0 ? share / suda.score_sum : 0;
  }
  return suda;
}

}  // namespace parcours::microdata
